package updategateway.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
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
    // As written, so that policy sets keep their digests.
    "CN-HK, CN-HK",
    "FR-974, FR-974",
  })
  void aPlaceKeepsTheCodeThatPolicySetsHave(String written, String code) {
    assertThat(Place.parse(written).code()).isEqualTo(code);
  }

  @ParameterizedTest(name = "{0}+{1} is {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "UA, 43,  UA-43",
        "UA, 9,   -",
        "UA, 09,  UA-09",
        "UA, 99,  -",
        "UA, ZZ,  -",
        "UA, KRM, -",
        "NP, 1,   -",
        "NP, P1,  NP-P1",
        "FR, J,   FR-IDF",
        "FR, 75,  FR-75C",
        "FR, H,   FR-20R",
        "FR, RE,  RE",
        "FR, 974, RE",
        "CN, HK,  HK",
        "CN, 91,  HK",
        "IN, TG,  IN-TS",
        "IN, TS,  IN-TS",
        "US, PR,  US-PR",
        "PR, SJU, -",
        "NL, BQ1, BQ-BO",
        "NO, 21,  NO-21",
        "FI, 01,  AX",
        "GB, UKM, GB",
        "US, ny,  -",
        "US, '',  -",
      })
  void whatASourceReportsIsAPlaceIfIsoHasOrHadTheCode(
      String country, String subdivision, @Nullable String expected) {
    assertThat(Place.find(country, subdivision).map(Place::code).orElse(null)).isEqualTo(expected);
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
    // Parts of parts.
    "GB-SCT, GB-EDH, true",
    "GB-EDH, GB-SCT, false",
    "GB-ENG, GB-EDH, false",
    "GB-GBN, GB-EDH, true",
    "GB-GBN, GB-NIR, false",
    "GB-UKM, GB-NIR, true",
    "GB,     GB-EDH, true",
    "ES-CT,  ES-B,   true",
    "IT-25,  IT-MI,  true",
    "FR-IDF, FR-75C, true",
    "BE-VLG, BE-VAN, true",
    // Places with two codes, which no other country covers.
    "CN-HK,  HK,     true",
    "HK,     CN-HK,  true",
    "CN,     HK,     false",
    "CN,     CN-HK,  false",
    "FR-974, RE,     true",
    "RE,     FR-974, true",
    "FR,     FR-974, false",
    "NL-BQ1, BQ-BO,  true",
    "BQ,     NL-BQ1, true",
    "NL,     NL-BQ1, false",
    "FI-01,  AX,     true",
    "FI,     AX,     false",
    "SJ,     NO-21,  true",
    "SJ,     NO-22,  true",
    "NO-21,  SJ,     false",
    "NO,     NO-21,  false",
    // What ISO 3166-2 does not have is an unnamed part of the country.
    "UA,     UA-99,  true",
    "UA-43,  UA-99,  false",
  })
  void aPlaceCoversItsParts(String wide, String narrow, boolean covers) {
    assertThat(Place.parse(wide).covers(Place.parse(narrow))).isEqualTo(covers);
  }
}
