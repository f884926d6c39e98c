package updategateway.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import updategateway.place.IpAddress;
import updategateway.region.testing.MmdbWriter;

/** Members of types that they cannot have, as databases in the wild have them. */
final class MalformedRecordsTest {
  /** {@code ü} in ISO 8859-1, which is no UTF-8. */
  private static final Object LATIN_1 = MmdbWriter.rawText(0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68);

  @TempDir private Path folder = Path.of("");

  static Stream<Arguments> flags() {
    return Stream.of(
        Arguments.of(true, "perhaps US: ANYCAST"),
        Arguments.of("true", "perhaps US: ANYCAST"),
        Arguments.of("True", "perhaps US: ANYCAST"),
        Arguments.of("yes", "perhaps US: ANYCAST"),
        Arguments.of("1", "perhaps US: ANYCAST"),
        Arguments.of((short) 1, "perhaps US: ANYCAST"),
        Arguments.of(1, "perhaps US: ANYCAST"),
        Arguments.of(1L, "perhaps US: ANYCAST"),
        Arguments.of((byte) 1, "perhaps US: ANYCAST"),
        Arguments.of(BigInteger.ONE, "perhaps US: ANYCAST"),
        Arguments.of(1.0, "perhaps US: ANYCAST"),
        Arguments.of(false, "US"),
        Arguments.of("false", "US"),
        Arguments.of("FALSE", "US"),
        Arguments.of("no", "US"),
        Arguments.of("", "US"),
        Arguments.of("0", "US"),
        Arguments.of((short) 0, "US"),
        Arguments.of(0, "US"),
        Arguments.of(0L, "US"),
        Arguments.of(BigInteger.ZERO, "US"),
        Arguments.of(0.0, "US"),
        Arguments.of("maybe", "perhaps US: ODD_RECORD"),
        Arguments.of(7, "perhaps US: ODD_RECORD"),
        Arguments.of(BigInteger.TWO.pow(100), "perhaps US: ODD_RECORD"),
        Arguments.of(0.5, "perhaps US: ODD_RECORD"),
        Arguments.of(1.5f, "perhaps US: ODD_RECORD"),
        Arguments.of(new byte[] {1}, "perhaps US: ODD_RECORD"),
        Arguments.of(List.of(), "perhaps US: ODD_RECORD"),
        Arguments.of(Map.of("value", true), "perhaps US: ODD_RECORD"),
        Arguments.of(LATIN_1, "perhaps US: ODD_RECORD"));
  }

  @ParameterizedTest
  @MethodSource("flags")
  void aFlagIsReadHoweverItIsWritten(Object flag, String expected) throws IOException {
    assertThat(found(Map.of("country_code", "US", "is_anycast", flag))).isEqualTo(expected);
    if (!flag.equals(LATIN_1)) {
      for (String member : List.of("traits", "anonymizer")) {
        assertThat(
                found(
                    Map.of(
                        "country",
                        Map.of("iso_code", "US"),
                        member,
                        Map.of("is_satellite_provider", flag, "is_hosting_provider", "what"))))
            .isEqualTo(expected.replace("ANYCAST", "ANONYMOUS"));
      }
    }
  }

  static Stream<Arguments> members() {
    Map<String, Object> us = Map.of("iso_code", "US");
    Map<String, Object> ua = Map.of("iso_code", "UA");
    return Stream.of(
        Arguments.of(Map.of("country_code", "US", "traits", "datacenter"), "perhaps US"),
        Arguments.of(Map.of("country_code", "US", "traits", List.of("datacenter")), "perhaps US"),
        Arguments.of(Map.of("country_code", "US", "traits", ""), "US"),
        Arguments.of(Map.of("country_code", "US", "traits", Map.of()), "US"),
        Arguments.of(Map.of("country_code", "US", "anonymizer", 7), "perhaps US"),
        Arguments.of(Map.of("country", us, "subdivisions", "Berlin"), "perhaps US"),
        Arguments.of(Map.of("country", us, "subdivisions", ""), "US"),
        Arguments.of(Map.of("country", us, "subdivisions", List.of()), "US"),
        Arguments.of(Map.of("country", ua, "subdivisions", Map.of("iso_code", "43")), "perhaps UA"),
        Arguments.of(
            Map.of("country", ua, "subdivisions", List.of(Map.of("iso_code", 43))), "perhaps UA"),
        Arguments.of(Map.of("country", ua, "subdivisions", List.of("43", 7)), "perhaps UA-43"),
        Arguments.of(Map.of("country", ua, "subdivisions", List.of(Map.of("geoname_id", 7))), "UA"),
        Arguments.of(Map.of("country", 7, "country_code", "US"), "perhaps US"),
        Arguments.of(Map.of("country", List.of("US"), "country_code", "US"), "perhaps US"),
        Arguments.of(Map.of("country", us, "country_code", 840), "perhaps US"),
        Arguments.of(Map.of("country", us, "represented_country", 7), "perhaps US"),
        Arguments.of(Map.of("country", us, "represented_country", List.of("DE")), "perhaps US"),
        Arguments.of(Map.of("country", us, "represented_country", ""), "US"),
        Arguments.of(Map.of("country", us, "registered_country", 7, "city", 7), "US"),
        // Text that is not UTF-8: beside what is read, in it, and where nobody looks.
        Arguments.of(Map.of("country", LATIN_1, "country_code", "US"), "perhaps US"),
        Arguments.of(
            Map.of("country", Map.of("iso_code", "US", "names", Map.of("de", LATIN_1))),
            "perhaps US"),
        Arguments.of(Map.of("country", "US", "is_anycast", LATIN_1), "perhaps US"),
        Arguments.of(
            Map.of(
                "country",
                ua,
                "subdivisions",
                List.of(Map.of("iso_code", "43", "names", Map.of("de", LATIN_1)))),
            "perhaps UA-43"),
        Arguments.of(
            Map.of("country", us, "subdivisions", List.of(Map.of("names", LATIN_1))), "perhaps US"),
        Arguments.of(Map.of("country", us, "city", LATIN_1), "US"),
        Arguments.of(
            Map.of(
                "country", us, "traits", LATIN_1, "represented_country", Map.of("iso_code", "DE")),
            "perhaps US & perhaps DE"),
        Arguments.of(Map.of("country_code", LATIN_1), "UNREADABLE"),
        // What names no country that can be read.
        Arguments.of(Map.of("country_code", 840), "UNREADABLE"),
        Arguments.of(Map.of("country", List.of("US")), "UNREADABLE"),
        Arguments.of(Map.of("country", Map.of("iso_code", 840)), "UNREADABLE"),
        Arguments.of(Map.of("is_anycast", "maybe"), "UNREADABLE"),
        Arguments.of("US", "UNREADABLE"),
        Arguments.of(List.of("US"), "UNREADABLE"));
  }

  @ParameterizedTest
  @MethodSource("members")
  void anOddMemberIsDoubtAndHidesNoCountry(Object record, String expected) throws IOException {
    assertThat(found(record).replaceAll(": [A-Z_]+", "")).isEqualTo(expected);
  }

  @Test
  void everyFlagOfEveryRecordMayBeOdd() throws IOException {
    for (String flag :
        List.of(
            "is_anonymous",
            "is_anonymous_proxy",
            "is_anonymous_vpn",
            "is_public_proxy",
            "is_residential_proxy",
            "is_tor_exit_node",
            "is_satellite_provider",
            "is_anycast")) {
      String set = flag.equals("is_anycast") ? "ANYCAST" : "ANONYMOUS";
      Map<String, Object> written = Map.of("country_code", "US", flag, "yes");
      assertThat(found(written)).as(flag).isEqualTo("perhaps US: " + set);
      Map<String, Object> odd = Map.of("country_code", "US", flag, List.of());
      assertThat(found(odd)).as(flag).isEqualTo("perhaps US: ODD_RECORD");
    }
  }

  @Test
  void aDatabaseOfWhichMostRecordsCannotBeReadIsRefusedWhenItIsOpened() throws IOException {
    MmdbWriter odd = new MmdbWriter("Test-Traits", 6);
    for (int third = 0; third < 200; third++) {
      Map<String, Object> record = new HashMap<>(Map.of("country_code", "US"));
      record.put("traits", third % 2 == 0 || third > 190 ? "datacenter" : Map.of());
      odd.put("1.0." + third + ".0/24", record);
    }
    // Half of the first hundred.
    assertThat(GeoIpDatabase.open(odd.write(folder.resolve("half.mmdb"))).type())
        .isEqualTo("Test-Traits");
    odd.put("0.5.0.0/24", Map.of("country_code", "US", "traits", "datacenter"));
    Path more = odd.write(folder.resolve("more.mmdb"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> GeoIpDatabase.open(more))
        .withMessageStartingWith(
            "has records that cannot be read (Test-Traits), 51 of the first 100, such as that of"
                + " 0.5.0.0/24 because of traits: country_code is a text");
    for (Object record : List.of("US", List.of("US"), Map.of("country_code", LATIN_1))) {
      Path file =
          new MmdbWriter("Test", 4).put("1.0.0.0/24", record).write(folder.resolve("none.mmdb"));
      assertThatExceptionOfType(IOException.class)
          .as(record.toString())
          .isThrownBy(() -> GeoIpDatabase.open(file))
          .withMessageStartingWith("has records that cannot be read (Test), 1 of the first 1");
    }
  }

  @Test
  void aDatabaseOfWhichNoRecordHasTheCodeOfACountryIsRefusedWhenItIsOpened() throws IOException {
    for (String code : List.of("USA", "United States", "840", "XX", "")) {
      MmdbWriter writer = new MmdbWriter("Test", 4).flat("1.0.0.0/24", code);
      Path none = writer.write(folder.resolve("none.mmdb"));
      assertThatExceptionOfType(IOException.class)
          .as(code)
          .isThrownBy(() -> GeoIpDatabase.open(none))
          .withMessageStartingWith("has no countries in its records (Test)")
          .withMessageContaining("two letters");
      Path one = writer.flat("1.0.1.0/24", "us").write(folder.resolve("one.mmdb"));
      assertThat(GeoIpDatabase.open(one).type()).as(code).isEqualTo("Test");
    }
  }

  private String found(Object record) throws IOException {
    MmdbWriter writer = new MmdbWriter("Test", 6).put("1.0.0.0/24", record);
    for (int third = 1; third < 4; third++) {
      writer.flat("1.0." + third + ".0/24", "DE");
    }
    GeoIpDatabase database = GeoIpDatabase.open(writer.write(folder.resolve("odd.mmdb")));
    return String.join(
        " & ",
        database.lookup(IpAddress.parse("1.0.0.7").orElseThrow()).stream()
            .map(GeoIpDatabaseTest::words)
            .toList());
  }
}
