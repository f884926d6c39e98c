package updategateway.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SubdivisionsTest {
  /** As many as the table has. */
  private static final int ALL = 5040;

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

  @Test
  void everyLineOfTheTableIsTrueOfThePlaces() throws Exception {
    Map<String, Integer> seen = new TreeMap<>();
    for (String line : table()) {
      String[] fields = line.split("\t", -1);
      Place one = Place.parse(fields[0]);
      seen.merge(fields[1], 1, Integer::sum);
      switch (fields[1]) {
        case "has" -> {
          for (String part : fields[2].split(" ", -1)) {
            Place inside = Place.parse(one.country() + "-" + part);
            assertThat(inside.isPartOf(one)).as(line).isTrue();
            assertThat(inside.parent()).as(line).contains(one);
            assertThat(one.isPartOf(inside)).as(line).isFalse();
          }
        }
        case "within" -> assertThat(one.isPartOf(Place.parse(fields[2]))).as(line).isTrue();
        case "is" -> {
          Place other = Place.parse(fields[2]);
          assertThat(one.isSame(other)).as(line).isTrue();
          assertThat(one.covers(other) && other.covers(one)).as(line).isTrue();
          assertThat(one.canonical()).as(line).isEqualTo(other);
          if (fields[0].length() > 2) {
            Place country = Place.parse(fields[0].substring(0, 2));
            assertThat(country.covers(one)).as(line).isEqualTo(other.largest().equals(country));
          }
        }
        case "was" -> {
          assertThat(Subdivisions.contain(fields[0])).as(line).isFalse();
          assertThat(Subdivisions.formerly(fields[0])).as(line).contains(Place.parse(fields[2]));
        }
        default -> throw new AssertionError(line);
      }
    }
    assertThat(seen)
        .hasEntrySatisfying("has", many -> assertThat(many).isGreaterThan(300))
        .hasEntrySatisfying("is", many -> assertThat(many).isGreaterThan(25))
        .hasEntrySatisfying("was", many -> assertThat(many).isGreaterThan(100))
        .containsEntry("within", 2);
  }

  @Test
  void theTableIsSortedAndSaysWhereItIsFrom() throws Exception {
    assertThat(table()).isSorted().doesNotHaveDuplicates();
    try (InputStream in = SubdivisionsTest.class.getResourceAsStream("subdivisions.tsv")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .contains("cldr-core 48.2.0", "Unicode-3.0", "2026-03-25")
          .doesNotContain("\r", "\uFFFD");
    }
  }

  @Test
  void theConstantHasTheLinesOfTheTable() throws Exception {
    assertThat(SubdivisionText.LINES.lines().toList()).isEqualTo(table());
    assertThat(SubdivisionText.LINES).endsWith("\n");
  }

  private static List<String> table() throws Exception {
    try (InputStream in = SubdivisionsTest.class.getResourceAsStream("subdivisions.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
