package updategateway.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceTest {
  @ParameterizedTest
  @CsvSource({
    "US,    US",
    "DE,    DE",
    "XK,    XK",
    "UA-43, UA-43",
    "PR,    US-PR",
    "US-PR, US-PR",
    "GU,    US-GU",
    "VI,    US-VI",
    "AS,    US-AS",
    "MP,    US-MP",
    "UM,    US-UM",
    "PR-01, US-PR",
    "AZ,    AZ",
    "ZA,    ZA",
    "ES-A,  ES-A",
    "ES-Z,  ES-Z",
    "FR-90, FR-90",
    "FR-09, FR-09",
  })
  void aPlaceHasOneCanonicalCode(String written, String canonical) {
    assertThat(Place.parse(written).code()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "U", "us", "USA", "ZZ", "UK", "US-", "US-abcd", "US-ABCD", "US_CA", " US", "A1", "EU",
        "Uſ", "@A", "A[", "ES-@", "ES-[", "ES-/", "ES-:", "ES-Z@", "FR-9/", "FR-9:"
      })
  void whatIsNoPlaceIsRefused(String written) {
    assertThatIllegalArgumentException().isThrownBy(() -> Place.parse(written));
  }

  @ParameterizedTest
  @CsvSource({
    "US,    US,    true",
    "US,    PR,    true",
    "US,    US-CA, true",
    "PR,    US-PR, true",
    "US-CA, US,    false",
    "US-CA, US-NY, false",
    "PR,    US,    false",
    "US,    FM,    false",
    "DE,    US,    false",
  })
  void aCountryCoversItsParts(String wide, String narrow, boolean covers) {
    assertThat(Place.parse(wide).covers(Place.parse(narrow))).isEqualTo(covers);
  }
}
