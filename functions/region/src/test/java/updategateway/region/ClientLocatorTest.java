package updategateway.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.place.IpAddress;
import updategateway.region.testing.MmdbWriter;

final class ClientLocatorTest {
  private static final String SECRET = "the-secret-of-the-edge";
  private static final GeoIpDatabase DATABASE = database();
  private static final LocationSource SIGNED =
      new LocationSource.Edge(new EdgeAuthentication.SignedRequest());

  private static GeoIpDatabase database() {
    try {
      return GeoIpDatabase.open(
          new MmdbWriter("test", 6)
              .put("1.0.0.0/24", Map.of("country", Map.of("iso_code", "US")))
              .put("1.0.1.0/24", Map.of("country", Map.of("iso_code", "DE")))
              .put(
                  "1.0.2.0/24",
                  Map.of(
                      "country", Map.of("iso_code", "US"),
                      "subdivisions", List.of(Map.of("iso_code", "NY"))))
              .put("1.0.3.0/24", Map.of("country", Map.of("iso_code", "PR")))
              .put(
                  "1.0.4.0/24",
                  Map.of(
                      "country", Map.of("iso_code", "DE"),
                      "represented_country", Map.of("iso_code", "US")))
              .put(
                  "1.0.5.0/24",
                  Map.of(
                      "country", Map.of("iso_code", "US"),
                      "traits", Map.of("is_anonymous", true)))
              .put("2a00::/16", Map.of("country", Map.of("iso_code", "NL")))
              .write(Files.createTempFile("locator", ".mmdb")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "edge {0} {1}, viewer {2}: {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        "DE, -,  1.0.1.7:443,   DE & DE,                        false",
        "DE, -,  1.0.0.7:443,   DE & US,                        true",
        "US, -,  1.0.1.7:443,   US & DE,                        true",
        "US, -,  1.0.2.7:443,   US & US-NY,                     false",
        "US, CA, 1.0.2.7:443,   US-CA & US-NY,                  true",
        "US, PR, 1.0.3.7:443,   US-PR & PR,                     false",
        "PR, -,  1.0.0.7:443,   PR & US,                        false",
        "DE, -,  1.0.4.7:443,   DE & DE & perhaps US: STANDS_FOR, false",
        "DE, -,  1.0.5.7:443,   DE & perhaps US: ANONYMOUS,     true",
        "-,  -,  1.0.1.7:443,   ABSENT & DE,                    false",
        "XX, -,  1.0.1.7:443,   NO_COUNTRY & DE,                false",
        "'US,DE', -, 1.0.1.7:443, MALFORMED & DE,               false",
        "DE, -,  -,             DE & NO_ADDRESS,                false",
        "DE, -,  '',            DE & NO_ADDRESS,                false",
        "DE, -,  203.0.113.7:1, DE & SPECIAL_PURPOSE,                   false",
        "DE, -,  9.9.9.9:443,   DE & NOT_LISTED,                false",
        "-,  -,  -,             ABSENT & NO_ADDRESS,            false",
        "DE, -,  2a00::7:443,   DE & NL,                        true",
        "DE, -,  '1.0.0.7:1,1.0.1.7:1', DE & MALFORMED_ADDRESS, false",
      })
  void aProvenEdgeAndTheDatabaseAreBothHeard(
      String country, String subdivision, String viewer, String words, boolean conflict) {
    Map<String, String> headers = new HashMap<>();
    put(headers, EdgeHeaders.VIEWER_COUNTRY, country);
    put(headers, EdgeHeaders.VIEWER_COUNTRY_REGION, subdivision);
    put(headers, EdgeHeaders.VIEWER_ADDRESS, viewer);
    LocationReport located =
        new ClientLocator(SIGNED, DATABASE).locate(new RequestOrigin(headers, "1.0.0.1", true));
    assertThat(words(located)).isEqualTo(words);
    assertThat(located.isConflicting()).isEqualTo(conflict);
    assertThat(located.ignoredHeaders()).isZero();
  }

  @Test
  void withoutADatabaseTheEdgeIsHeardAloneAndTheAddressKept() {
    LocationReport located =
        new ClientLocator(SIGNED, null)
            .locate(
                new RequestOrigin(
                    Map.of(
                        EdgeHeaders.VIEWER_COUNTRY, "DE",
                        EdgeHeaders.VIEWER_ADDRESS, "::ffff:1.0.0.7:443"),
                    null,
                    true));
    assertThat(words(located)).isEqualTo("DE");
    assertThat(located.address()).hasToString("1.0.0.7");
  }

  @Test
  void anUnprovenEdgeIsNotHeardNorIsAnybodyElse() {
    Map<String, String> headers =
        Map.of(
            EdgeHeaders.VIEWER_COUNTRY, "DE",
            EdgeHeaders.VIEWER_ADDRESS, "1.0.1.7:443",
            ForwardedFor.HEADER, "1.0.1.7");
    RequestOrigin origin = new RequestOrigin(headers, "1.0.1.7", false);
    ClientLocator locator = new ClientLocator(SIGNED, DATABASE);
    assertThat(words(locator.locate(origin))).isEqualTo("UNPROVEN");
    assertThat(locator.locate(origin).address()).isNull();
    assertThat(locator.locate(origin).ignoredHeaders()).isEqualTo(2);
    assertThat(locator.locate(origin).isProven()).isFalse();
  }

  @ParameterizedTest(name = "peer {0}: {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "1.0.0.7,        US",
        "1.0.1.7,        DE",
        "::ffff:1.0.0.7, US",
        "2a00::7,        NL",
        "10.0.0.1,       SPECIAL_PURPOSE",
        "-,              NO_ADDRESS",
        "1.0.1.7:443,    MALFORMED_ADDRESS",
        "01.0.1.7,       MALFORMED_ADDRESS",
        "'1.0.1.7,1.0.0.7', MALFORMED_ADDRESS",
      })
  void aClientThatCallsDirectlyIsWhereItsAddressIs(String peer, String words) {
    ClientLocator locator = new ClientLocator(new LocationSource.SourceAddress(), DATABASE);
    LocationReport located = locator.locate(new RequestOrigin(lies("1.0.1.9", "DE"), peer, true));
    assertThat(words(located)).isEqualTo(words);
    assertThat(located.ignoredHeaders()).isEqualTo(lies("", "").size());
  }

  @ParameterizedTest(name = "{0} hops of {1}: {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "1, '1.0.0.7',                        US",
        "1, '1.0.1.7, 1.0.0.7',               US",
        "1, '1.0.1.7,1.0.0.7',                US",
        "1, '1.0.0.7, 1.0.1.7',               DE",
        "2, '1.0.0.7, 1.0.1.7',               US",
        "2, '9.9.9.9, 1.0.0.7, 1.0.1.7',      US",
        "3, '1.0.0.7, 1.0.1.7',               MALFORMED_ADDRESS",
        "1, '1.0.0.7:44321',                  US",
        "1, '1.0.0.7:0',                      MALFORMED_ADDRESS",
        "1, '[2a00::7]:44321',                NL",
        "1, '[2a00::7]',                      NL",
        "1, '[2a00::7',                       MALFORMED_ADDRESS",
        "1, '[1.0.0.7]',                      MALFORMED_ADDRESS",
        "1, '2a00::7',                        NL",
        "1, '1.0.1.7, unknown',               MALFORMED_ADDRESS",
        "1, '1.0.1.7, ',                      MALFORMED_ADDRESS",
        "1, ',',                              MALFORMED_ADDRESS",
        "1, '',                               NO_ADDRESS",
        "1, -,                                NO_ADDRESS",
      })
  void behindALoadBalancerHopsAreCountedFromTheRight(int hops, String header, String words) {
    Map<String, String> headers = new HashMap<>();
    put(headers, ForwardedFor.HEADER, header);
    ClientLocator locator = new ClientLocator(new LocationSource.LoadBalancer(hops), DATABASE);
    assertThat(words(locator.locate(new RequestOrigin(headers, null, false)))).isEqualTo(words);
  }

  @Test
  void onlyAnEdgeNeedsNoDatabase() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientLocator(new LocationSource.SourceAddress(), null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientLocator(new LocationSource.LoadBalancer(1), null));
    assertThatIllegalArgumentException().isThrownBy(() -> new LocationSource.LoadBalancer(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new LocationSource.LoadBalancer(11));
  }

  @Property(tries = 2_000)
  void nothingThatAClientWritesHelpsIt(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, String> lies = new HashMap<>();
    lies("1.0.1.7", "DE")
        .forEach((name, value) -> {
          if (random.nextInt(3) > 0) {
            lies.put(name, random.nextInt(20) == 0 ? value.repeat(2_000) : value);
          }
        });
    // A direct caller in the US, whatever it says.
    assertThat(
            words(
                new ClientLocator(new LocationSource.SourceAddress(), DATABASE)
                    .locate(new RequestOrigin(lies, "1.0.0.7", random.nextBoolean()))))
        .isEqualTo("US");
    // Behind a load balancer, which appends.
    Map<String, String> appended = new HashMap<>(lies);
    appended.merge(ForwardedFor.HEADER, "1.0.0.7", (said, seen) -> said + ", " + seen);
    assertThat(
            words(
                new ClientLocator(new LocationSource.LoadBalancer(1), DATABASE)
                    .locate(new RequestOrigin(appended, "1.0.1.7", false))))
        .isEqualTo("US");
    // Past the edge: not signed, or without the secret.
    LocationSource secret =
        new LocationSource.Edge(new EdgeAuthentication.SharedSecret(List.of(SECRET)));
    assertThat(
            words(
                new ClientLocator(SIGNED, DATABASE)
                    .locate(new RequestOrigin(lies, "1.0.1.7", false))))
        .isEqualTo("UNPROVEN");
    assertThat(
            words(
                new ClientLocator(secret, DATABASE)
                    .locate(new RequestOrigin(lies, "1.0.1.7", true))))
        .isEqualTo("UNPROVEN");
    // Through the edge, which replaces what it writes itself.
    Map<String, String> replaced = new HashMap<>(lies);
    replaced.put(EdgeHeaders.VIEWER_COUNTRY, "US");
    replaced.put(EdgeHeaders.VIEWER_ADDRESS, "1.0.0.7:1");
    replaced.put(EdgeHeaders.EDGE_SECRET, SECRET);
    for (LocationSource trust : List.of(SIGNED, secret)) {
      LocationReport located =
          new ClientLocator(trust, DATABASE)
              .locate(new RequestOrigin(replaced, "130.176.0.1", true));
      assertThat(words(located)).startsWith("US").endsWith("& US");
      assertThat(located.address()).isEqualTo(IpAddress.parse("1.0.0.7").orElseThrow());
    }
  }

  /** Every header in which somebody could say where it is. */
  private static Map<String, String> lies(String address, String country) {
    Map<String, String> lies = new HashMap<>();
    for (String name :
        List.of(
            "X-Forwarded-For",
            "X-Real-IP",
            "True-Client-IP",
            "CF-Connecting-IP",
            "Fastly-Client-IP",
            "Forwarded",
            "X-Client-IP",
            "X-Original-Forwarded-For")) {
      lies.put(name.toLowerCase(Locale.ROOT), address);
    }
    for (String name :
        List.of(
            "CF-IPCountry",
            "X-Vercel-IP-Country",
            "X-AppEngine-Country",
            "CloudFront-Viewer-Country",
            "CloudFront-Viewer-Country-Name",
            "X-Country-Code",
            "X-GeoIP-Country")) {
      lies.put(name.toLowerCase(Locale.ROOT), country);
    }
    lies.put(EdgeHeaders.VIEWER_COUNTRY_REGION, "BE");
    lies.put(EdgeHeaders.VIEWER_ADDRESS, address + ":443");
    return lies;
  }

  private static void put(Map<String, String> headers, String name, String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  private static String words(LocationReport located) {
    return String.join(" & ", located.evidence().stream().map(GeoIpDatabaseTest::words).toList());
  }
}
