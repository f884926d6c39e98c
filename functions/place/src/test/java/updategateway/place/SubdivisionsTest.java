package updategateway.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SubdivisionsTest {
  /** As many as the package has of which they are. */
  private static final int ALL = 5070;

  private static final List<String> COUNTRIES = List.of(Locale.getISOCountries());

  @Test
  void allAreThereAndNothingElse() {
    List<String> all = new ArrayList<>();
    COUNTRIES.forEach(country -> all.addAll(Subdivisions.in(country)));
    assertThat(all).hasSize(ALL).doesNotHaveDuplicates();
    for (String code : all) {
      assertThat(code).matches("[A-Z]{2}-[A-Z0-9]{1,3}");
      assertThat(Subdivisions.contain(code)).as(code).isTrue();
      for (String other : List.of(code + "X", code.substring(0, code.length() - 1), code + " ")) {
        assertThat(Subdivisions.contain(other)).as(other).isEqualTo(all.contains(other));
      }
    }
    assertThat(all).contains("UA-43", "US-PR", "CH-ZH", "GB-ENG", "FR-2A", "IR-03");
  }

  @Test
  void whatSpansSeveralIsNone() {
    for (String code :
        List.of("", "US", "US-", "US--PR", "US_PR", "XX-01", "US-AL AK", "US- AL", "us-pr")) {
      assertThat(Subdivisions.contain(code)).as(code).isFalse();
    }
  }
}
