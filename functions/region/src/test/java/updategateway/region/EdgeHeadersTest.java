package updategateway.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EdgeHeadersTest {
  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "US,      -,       US",
        "US,      NY,      US-NY",
        "US,      PR,      US-PR",
        "PR,      -,       PR",
        "UA,      43,      UA-43",
        "XK,      -,       XK",
        "UK,      ENG,     GB-ENG",
        "US,      '',      US",
        "US,      ny,      US not ny",
        "US,      NY1A,    US not NY1A",
        "US,      'NY,CA', 'US not NY,CA'",
        "-,       -,       ABSENT",
        "'',      -,       ABSENT",
        "-,       NY,      ABSENT",
        "us,      -,       MALFORMED",
        "'us,ca', -,       MALFORMED",
        "UA,      43,      UA-43",
        "UA,      9,       UA not 9",
        "UA,      99,      UA not 99",
        "UA,      ZZ,      UA not ZZ",
        "UA,      XX,      UA not XX",
        "UA,      999,     UA not 999",
        "UA,      KRM,     UA not KRM",
        "UA,      a-text-that-is-too-long, UA not a-text-that-",
        "UA,      '',      UA",
        "FR,      J,       FR-IDF",
        "IN,      TG,      IN-TS",
        "NP,      1,       NP not 1",
        "GB,      EDH,     GB-EDH",
        "FR,      974,     RE",
        "CN,      HK,      HK",
        "NO,      21,      NO-21",
        "'US,CA', -,       MALFORMED",
        "'US ',   -,       MALFORMED",
        "' US',   -,       MALFORMED",
        "USA,     -,       MALFORMED",
        "U,       -,       MALFORMED",
        "QQ,      -,       MALFORMED",
        "ＵＳ,    -,       MALFORMED",
        "1A,      -,       MALFORMED",
        "A1,      -,       NO_COUNTRY",
        "A2,      -,       NO_COUNTRY",
        "AP,      -,       NO_COUNTRY",
        "EU,      -,       NO_COUNTRY",
        "O1,      -,       NO_COUNTRY",
        "T1,      -,       NO_COUNTRY",
        "XX,      -,       NO_COUNTRY",
        "ZZ,      -,       NO_COUNTRY",
      })
  void aProvenEdgeSaysWhereTheViewerIs(String country, String subdivision, String expected) {
    assertThat(word(EdgeHeaders.read(true, country, subdivision))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"US", "DE", "XX", "''"})
  void withoutProofTheHeadersSayNothing(String country) {
    assertThat(word(EdgeHeaders.read(false, country, null))).isEqualTo("UNPROVEN");
  }

  @Test
  void everyCountryOfTheStandardIsKnown() {
    assertThat(Locale.getISOCountries())
        .hasSizeGreaterThanOrEqualTo(249)
        .allSatisfy(code -> assertThat(word(EdgeHeaders.read(true, code, null))).isEqualTo(code));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "203.0.113.7:44321,          203.0.113.7",
        "203.0.113.7:1,              203.0.113.7",
        "203.0.113.7:65535,          203.0.113.7",
        "2001:db8::7:44321,          2001:db8::7",
        "::1:44321,                  ::1",
        "::ffff:203.0.113.7:44321,   ::ffff:203.0.113.7",
        "1:2:3:4:5:6:7:8:443,        1:2:3:4:5:6:7:8",
        "203.0.113.7:0,              -",
        "203.0.113.7:65536,          -",
        "203.0.113.7:044,            -",
        "203.0.113.7:+44,            -",
        "203.0.113.7:4 4,            -",
        "203.0.113.7:99999999999999, -",
        "203.0.113.7:,               -",
        "203.0.113.7,                -",
        "':44321',                   -",
        "'',                         -",
        "'203.0.113.7:1,198.51.100.7:1', -",
        "'203.0.113.7 :1',           -",
        "[2001:db8::7]:44321,        -",
        "2001:db8::7,                -",
        "010.0.0.1:443,              -",
        "134744072:443,              -",
        "localhost:443,              -",
        "fe80::1%eth0:443,           -",
        "203.0.113.7:\u0664\u0664, -",
      })
  void aViewersAddressEndsAtTheLastColon(String header, String expected) {
    assertThat(EdgeHeaders.viewerAddress(header).map(Object::toString).orElse(null))
        .isEqualTo(expected);
  }

  private static String word(LocationEvidence whereabouts) {
    return switch (whereabouts) {
      case LocationEvidence.Trusted known ->
          known.code() + (known.unassigned() == null ? "" : " not " + known.unassigned());
      case LocationEvidence.Untrusted doubtful -> "perhaps " + doubtful.place().code();
      case LocationEvidence.Absent unknown -> unknown.reason().name();
    };
  }
}
