package updategateway.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.place.IpAddress;
import updategateway.region.testing.MmdbWriter;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GeoIpDatabaseTest {
  @TempDir private Path folder;
  private GeoIpDatabase city;
  private GeoIpDatabase flat;
  private GeoIpDatabase ipv4Only;

  GeoIpDatabaseTest() throws IOException {
    Path files = Files.createTempDirectory("databases");
    city = GeoIpDatabase.open(cityDatabase().write(files.resolve("city.mmdb")));
    flat = GeoIpDatabase.open(flatDatabase().write(files.resolve("flat.mmdb")));
    ipv4Only =
        GeoIpDatabase.open(
            new MmdbWriter("four", 4)
                .put("8.8.8.0/24", Map.of("country", "DE"))
                .write(files.resolve("four.mmdb")));
    folder = files;
  }

  @BeforeAll
  void areOpen() {
    assertThat(city.type()).isEqualTo("GeoIP2-City");
    assertThat(city.builtAt()).isEqualTo(Instant.parse("2026-06-17T00:00:00Z"));
  }

  private static MmdbWriter cityDatabase() {
    return new MmdbWriter("GeoIP2-City", 6)
        .put("1.0.0.0/24", Map.of("registered_country", Map.of("iso_code", "AU")))
        .put("1.0.1.0/24", country("US"))
        .put(
            "1.0.2.0/24",
            Map.of(
                "country", Map.of("iso_code", "GB"),
                "subdivisions", List.of(Map.of("iso_code", "ENG"), Map.of("iso_code", "LND"))))
        .put(
            "1.0.3.0/24",
            Map.of(
                "country", Map.of("iso_code", "DE"),
                "registered_country", Map.of("iso_code", "US"),
                "represented_country", Map.of("iso_code", "US", "type", "military")))
        .put("1.0.4.0/24", traits("FR", "is_anonymous_proxy"))
        .put("1.0.5.0/24", traits("FR", "is_anycast"))
        .put("1.0.6.0/24", traits("FR", "is_anonymous"))
        .put("1.0.7.0/24", traits("FR", "is_anonymous_vpn"))
        .put("1.0.8.0/24", traits("FR", "is_tor_exit_node"))
        .put("1.0.9.0/24", traits("FR", "is_satellite_provider"))
        .put("1.0.10.0/24", traits("FR", "is_hosting_provider"))
        .put("1.0.11.0/24", traits("FR", "is_residential_proxy"))
        .put("1.0.12.0/24", traits("FR", "is_public_proxy"))
        .put("1.0.13.0/24", Map.of("continent", Map.of("code", "EU")))
        .put("1.0.14.0/24", country("EU"))
        .put("1.0.15.0/24", country("PR"))
        .put("1.0.16.0/24", country(""))
        .put("1.0.17.0/24", country("XK"))
        .put("1.0.18.0/24", country("UK"))
        .put(
            "1.0.19.0/24",
            Map.of(
                "country", Map.of("iso_code", "UA"),
                "subdivisions", List.of(Map.of("iso_code", "a long one"))))
        .put(
            "1.0.20.0/24",
            Map.of("represented_country", Map.of("iso_code", "US", "type", "military")))
        .put(
            "1.0.21.0/24",
            Map.of(
                "country", Map.of("iso_code", "DE"),
                "represented_country", Map.of("iso_code", "US"),
                "traits", Map.of("is_anycast", true)))
        .put("1.0.22.0/24", Map.of("country", Map.of("iso_code", 7)))
        .put("1.0.24.0/24", represented("ZZ", Map.of("iso_code", "DE")))
        .put("1.0.25.0/24", represented("DE", Map.of("iso_code", "USA")))
        .put("1.0.26.0/24", represented("DE", Map.of("type", "military")))
        .put("1.0.27.0/24", represented("DE", Map.of("iso_code", "")))
        .put("1.0.28.0/24", represented("DE", "US"))
        .put("1.0.29.0/24", represented("DE", Map.of("iso_code", "us")))
        .put("1.0.30.0/24", Map.of("country", Map.of("iso_code", "FR"), "is_anonymous", true))
        .put("1.0.31.0/24", Map.of("country", Map.of("iso_code", "FR"), "is_anycast", true))
        .put(
            "1.0.32.0/24",
            Map.of(
                "country",
                Map.of("iso_code", "FR"),
                "anonymizer",
                Map.of("is_residential_proxy", true)))
        .put("1.0.33.0/24", Map.of("country_code", "FR"))
        .put("1.0.34.0/24", Map.of("country", "FR"))
        .put("1.0.35.0/24", Map.of("country", Map.of("iso_code", "DE"), "country_code", "US"))
        .put("1.0.36.0/24", Map.of("country", Map.of("iso_code", "DE"), "country_code", "de"))
        .put("1.0.37.0/24", Map.of("country", Map.of("iso_code", "DE"), "country_code", "None"))
        .put("1.0.38.0/24", Map.of("country", Map.of("iso_code", "ZZ"), "country_code", "US"))
        .put("1.0.39.0/24", Map.of("country", Map.of("geoname_id", 7), "country_code", "US"))
        .put(
            "1.0.40.0/24",
            Map.of("country", Map.of("iso_code", "DE"), "country_code", "US", "is_anycast", true))
        .put("203.0.113.0/24", country("AU"))
        .put("192.168.0.0/16", country("DE"))
        .put("2001:db8::/32", country("JP"))
        .put("2a00::/16", country("NL"))
        .put("2001:0:1::/48", country("US"));
  }

  private static MmdbWriter flatDatabase() {
    return new MmdbWriter("country ipvAll", 6)
        .flat("1.0.0.0/24", "AU")
        .flat("1.0.1.0/24", "None")
        .flat("1.0.2.0/24", "ZZ")
        .flat("1.0.3.0/24", "de")
        .put("1.0.5.0/24", Map.of("country_code", "FR", "is_anonymous_vpn", true))
        .put("1.0.6.0/24", Map.of("country_code", "FR", "is_anycast", true))
        .put("1.0.7.0/24", Map.of("country_code", "FR", "is_anycast", false))
        .put("1.0.8.0/24", Map.of("country_code", "FR", "country", "France", "asn", 7))
        .put("1.0.9.0/24", flagged("is_tor_exit_node"))
        .put("1.0.10.0/24", flagged("is_public_proxy"))
        .put("1.0.11.0/24", flagged("is_residential_proxy"))
        .put("1.0.12.0/24", flagged("is_satellite_provider"))
        .put("1.0.13.0/24", flagged("is_anonymous_proxy"))
        .put("1.0.14.0/24", flagged("is_hosting_provider"))
        .put("1.0.15.0/24", Map.of("country_code", "FR", "traits", Map.of("is_anonymous", true)))
        .put("1.0.16.0/24", Map.of("country_code", "DE", "represented_country", "US"))
        .put("1.0.17.0/24", Map.of("country_code", "DE", "represented_country", "USA"))
        .put("1.0.18.0/24", Map.of("country_code", "DE", "represented_country", ""))
        .put(
            "1.0.19.0/24",
            Map.of("country_code", "DE", "represented_country", Map.of("iso_code", "US")))
        .put("1.0.20.0/24", Map.of("represented_country", "DE"))
        .put("1.0.21.0/24", Map.of("country_code", "FR", "is_anonymous", "true"))
        .put("1.0.22.0/24", Map.of("country", Map.of("iso_code", "FR")))
        .flat("2a00::/16", "NL");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "1.0.0.7,             NOT_LISTED",
    "1.0.1.7,             US",
    "1.0.2.7,             GB-LND",
    "1.0.3.7,             DE & perhaps US: STANDS_FOR",
    "1.0.4.7,             perhaps FR: ANONYMOUS",
    "1.0.5.7,             perhaps FR: ANYCAST",
    "1.0.6.7,             perhaps FR: ANONYMOUS",
    "1.0.7.7,             perhaps FR: ANONYMOUS",
    "1.0.8.7,             perhaps FR: ANONYMOUS",
    "1.0.9.7,             perhaps FR: ANONYMOUS",
    "1.0.10.7,            FR",
    "1.0.11.7,            perhaps FR: ANONYMOUS",
    "1.0.12.7,            perhaps FR: ANONYMOUS",
    "1.0.13.7,            NOT_LISTED",
    "1.0.14.7,            NOT_A_COUNTRY",
    "1.0.15.7,            PR",
    "1.0.16.7,            NOT_LISTED",
    "1.0.17.7,            XK",
    "1.0.18.7,            GB",
    "1.0.19.7,            UA not a long one",
    "1.0.20.7,            NOT_LISTED & perhaps US: STANDS_FOR",
    "1.0.21.7,            perhaps DE: ANYCAST & perhaps US: STANDS_FOR",
    "1.0.22.7,            UNREADABLE",
    "1.0.23.7,            NOT_LISTED",
    // Standing for a country places nobody, and one that cannot be read is no silence.
    "1.0.24.7,            NOT_A_COUNTRY & perhaps DE: STANDS_FOR",
    "1.0.25.7,            perhaps DE: STANDS_FOR_NO_COUNTRY",
    "1.0.26.7,            perhaps DE: STANDS_FOR_NO_COUNTRY",
    "1.0.27.7,            perhaps DE: STANDS_FOR_NO_COUNTRY",
    "1.0.28.7,            DE & perhaps US: STANDS_FOR",
    "1.0.29.7,            DE & perhaps US: STANDS_FOR",
    // Wherever a record says it.
    "1.0.30.7,            perhaps FR: ANONYMOUS",
    "1.0.31.7,            perhaps FR: ANYCAST",
    "1.0.32.7,            perhaps FR: ANONYMOUS",
    "1.0.33.7,            FR",
    "1.0.34.7,            FR",
    // One that names two countries says nowhere which of them counts.
    "1.0.35.7,            DE & US",
    "1.0.36.7,            DE",
    "1.0.37.7,            DE",
    "1.0.38.7,            NOT_A_COUNTRY & US",
    "1.0.39.7,            US",
    "1.0.40.7,            perhaps DE: ANYCAST & perhaps US: ANYCAST",
    "2a00::7,             NL",
    "2a01::7,             NOT_LISTED",
    // What is carried inside counts.
    "::ffff:1.0.1.7,      US",
    "2002:100:107::,      US",
    "64:ff9b::1.0.1.7,    US",
    // What is nowhere, the database cannot place.
    "203.0.113.1,         SPECIAL_PURPOSE",
    "192.168.1.1,         SPECIAL_PURPOSE",
    "2001:db8::1,         SPECIAL_PURPOSE",
    "2001:0:1::1,         SPECIAL_PURPOSE",
    "::ffff:192.168.1.1,  SPECIAL_PURPOSE",
    "2002:c0a8:101::1,    SPECIAL_PURPOSE",
    "64:ff9b::203.0.113.1, SPECIAL_PURPOSE",
    "::1.0.1.7,           SPECIAL_PURPOSE",
    "127.0.0.1,           SPECIAL_PURPOSE",
  })
  void aDatabaseOfGeoIp2SaysWhereAnAddressIs(String address, String expected) {
    assertThat(words(city, address)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "1.0.0.7, AU",
    "1.0.1.7, NOT_A_COUNTRY",
    "1.0.2.7, NOT_A_COUNTRY",
    "1.0.3.7, DE",
    "1.0.4.7, NOT_LISTED",
    "1.0.5.7, perhaps FR: ANONYMOUS",
    "1.0.6.7, perhaps FR: ANYCAST",
    "1.0.7.7, FR",
    "1.0.8.7, FR",
    "1.0.9.7, perhaps FR: ANONYMOUS",
    "1.0.10.7, perhaps FR: ANONYMOUS",
    "1.0.11.7, perhaps FR: ANONYMOUS",
    "1.0.12.7, perhaps FR: ANONYMOUS",
    "1.0.13.7, perhaps FR: ANONYMOUS",
    "1.0.14.7, FR",
    "1.0.15.7, perhaps FR: ANONYMOUS",
    "1.0.16.7, DE & perhaps US: STANDS_FOR",
    "1.0.17.7, perhaps DE: STANDS_FOR_NO_COUNTRY",
    "1.0.18.7, DE",
    "1.0.19.7, DE & perhaps US: STANDS_FOR",
    "1.0.20.7, NOT_LISTED & perhaps DE: STANDS_FOR",
    "1.0.21.7, perhaps FR: ANONYMOUS",
    "1.0.22.7, FR",
    "2a00::7, NL",
  })
  void aFlatDatabaseDoesToo(String address, String expected) {
    assertThat(words(flat, address)).isEqualTo(expected);
  }

  @Test
  void aDatabaseOfIpv4KnowsNothingOfIpv6() {
    assertThat(words(ipv4Only, "8.8.8.8")).isEqualTo("DE");
    assertThat(words(ipv4Only, "::ffff:8.8.8.8")).isEqualTo("DE");
    assertThat(words(ipv4Only, "2a00::7")).isEqualTo("NOT_LISTED");
    assertThat(ipv4Only.network(IpAddress.parse("2a00::7").orElseThrow())).isEmpty();
    assertThat(ipv4Only.network(IpAddress.parse("8.8.8.8").orElseThrow())).contains("8.8.8.0/24");
  }

  @Test
  void sourcesHaveTheirNames() {
    assertThat(city.lookup(IpAddress.parse("1.0.3.7").orElseThrow()))
        .extracting(LocationEvidence::source)
        .containsExactly("address-database", "address-database-represented-country");
  }

  @Test
  void whatIsNoDatabaseOfCountriesIsSaid() throws IOException {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> GeoIpDatabase.open(folder.resolve("none.mmdb")))
        .withMessageContaining("is no file");
    Path text = Files.writeString(folder.resolve("text.mmdb"), "country,US\n".repeat(100));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> GeoIpDatabase.open(text))
        .withMessageContaining("is no database in the MaxMind DB format");
    Path empty = Files.createFile(folder.resolve("empty.mmdb"));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> GeoIpDatabase.open(empty));
    Path networks =
        new MmdbWriter("GeoLite2-ASN", 6)
            .put("1.0.0.0/24", Map.of("autonomous_system_number", 13335))
            .write(folder.resolve("asn.mmdb"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> GeoIpDatabase.open(networks))
        .withMessageContaining("has no countries in its records (GeoLite2-ASN)");
    byte[] whole = cityDatabase().bytes();
    Path half = Files.write(folder.resolve("half.mmdb"), java.util.Arrays.copyOf(whole, 500));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> GeoIpDatabase.open(half));
  }

  @Test
  void aDatabaseWithoutADateIsRefused() throws IOException {
    for (Instant unusable : new @Nullable Instant[] {null, Instant.ofEpochSecond(1L << 40)}) {
      Path file = cityDatabase().builtAt(unusable).write(folder.resolve("undated.mmdb"));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> GeoIpDatabase.open(file))
          .withMessageContaining("does not say when it was made: its metadata need a build_epoch");
    }
  }

  @ParameterizedTest(name = "at {0}: {1}")
  @CsvSource({
    "2026-06-15T23:59:59Z, true",
    "2026-06-16T00:00:00Z, false",
    "2026-06-17T00:00:00Z, false",
    "2026-06-27T00:00:00Z, false",
    "2026-06-27T00:00:01Z, true",
  })
  void itsDateIsReliedOnForAWhileAndNotBeforeItHasCome(Instant now, boolean stale) {
    assertThat(city.isStale(Duration.ofDays(10), now)).isEqualTo(stale);
  }

  @Test
  void aBrokenFileNeverThrowsWhenAsked() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    byte[] whole = cityDatabase().bytes();
    int opened = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] broken = whole.clone();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      GeoIpDatabase database;
      try {
        database = GeoIpDatabase.open(Files.write(folder.resolve("broken.mmdb"), broken));
      } catch (IOException e) {
        continue;
      }
      opened++;
      for (int third = 0; third < 24; third++) {
        assertThat(database.lookup(IpAddress.parse("1.0." + third + ".7").orElseThrow()))
            .isNotEmpty();
      }
    }
    assertThat(opened).isGreaterThan(100);
  }

  private static Map<String, Object> country(String code) {
    return Map.of("country", Map.of("iso_code", code, "names", Map.of("en", "A country")));
  }

  private static Map<String, Object> represented(String country, Object represented) {
    return Map.of("country", Map.of("iso_code", country), "represented_country", represented);
  }

  private static Map<String, Object> flagged(String flag) {
    return Map.of("country_code", "FR", flag, true);
  }

  private static Map<String, Object> traits(String code, String trait) {
    return Map.of("country", Map.of("iso_code", code), "traits", Map.of(trait, true));
  }

  private static String words(GeoIpDatabase database, String address) {
    return String.join(
        " & ",
        database.lookup(IpAddress.parse(address).orElseThrow()).stream()
            .map(GeoIpDatabaseTest::words)
            .toList());
  }

  static String words(LocationEvidence whereabouts) {
    return switch (whereabouts) {
      case LocationEvidence.Trusted known ->
          known.code() + (known.unassigned() == null ? "" : " not " + known.unassigned());
      case LocationEvidence.Untrusted doubtful ->
          "perhaps " + doubtful.place().code() + ": " + doubtful.reason();
      case LocationEvidence.Absent unknown -> unknown.reason().name();
    };
  }
}
