package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.region.AgentRegistry;
import updategateway.region.testing.MmdbWriter;
import updategateway.store.refresh.ActivePolicySource;

/** Where a client is, by every mode, and what it gets for lying. */
final class EvidenceTest {
  private static final String SIGNATURES = "/bases/main.cvd";
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final String SECRET = "secret-number-one";
  private static final String US = "1.0.0.7";
  private static final String DE = "1.0.1.7";
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());
  private static final Path DATABASE = database();
  private static final Evaluator SHIPPED = policies("undetermined: refuse");

  private static Path database() {
    try {
      return new MmdbWriter("Test-Country", 6)
          .builtAt(Instant.parse("2024-09-20T00:00:00Z"))
          .put("1.0.0.0/24", country("US"))
          .put("1.0.1.0/24", country("DE"))
          .put("1.0.2.0/24", country("PR"))
          .put("1.0.3.0/24", Map.of("registered_country", Map.of("iso_code", "DE")))
          .put(
              "1.0.4.0/24",
              Map.of(
                  "country", Map.of("iso_code", "DE"),
                  "represented_country", Map.of("iso_code", "US", "type", "military")))
          .put("1.0.5.0/24", anonymous("DE"))
          .put("1.0.6.0/24", anonymous("US"))
          .put("1.0.7.0/24", Map.of("represented_country", Map.of("iso_code", "DE")))
          .put(
              "1.0.8.0/24",
              Map.of(
                  "country", Map.of("iso_code", "DE"),
                  "represented_country", Map.of("iso_code", "USA")))
          .put("1.0.9.0/24", Map.of("country_code", "US", "is_anycast", "false"))
          .put("1.0.10.0/24", Map.of("country_code", "US", "traits", "datacenter"))
          .put("1.0.11.0/24", Map.of("country_code", "DE", "is_anonymous", ""))
          .put("1.0.12.0/24", Map.of("country_code", "DE", "traits", "datacenter"))
          .put("2a00::/16", country("DE"))
          .put("2600::/16", country("US"))
          .put("203.0.113.0/24", country("DE"))
          .write(Files.createTempFile("evidence", ".mmdb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> country(String code) {
    return Map.of("country", Map.of("iso_code", code));
  }

  private static Map<String, Object> anonymous(String code) {
    return Map.of(
        "country", Map.of("iso_code", code), "traits", Map.of("is_anonymous_proxy", true));
  }

  @ParameterizedTest(name = "edge {0}, viewer {1}: {2} {3} by {4}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          DE | 1.0.1.7:443     | serve        | DE      | cloudfront-viewer-country,address-database | -                         | -
          DE | 1.0.0.7:443     | refuse       | US      | address-database                           | -                         | cloudfront-viewer-country says DE, address-database says US
          US | 1.0.1.7:443     | refuse       | US      | cloudfront-viewer-country                  | -                         | cloudfront-viewer-country says US, address-database says DE
          US | 1.0.0.7:443     | refuse       | US      | cloudfront-viewer-country,address-database | -                         | -
          FR | 1.0.1.7:443     | serve        | DE,FR   | cloudfront-viewer-country,address-database | -                         | cloudfront-viewer-country says FR, address-database says DE
          PR | 1.0.1.7:443     | refuse       | US-PR   | cloudfront-viewer-country                  | -                         | cloudfront-viewer-country says PR, address-database says DE
          DE | 1.0.2.7:443     | refuse       | US-PR   | address-database                           | -                         | cloudfront-viewer-country says DE, address-database says PR
          DE | 1.0.4.7:443     | refuse       | US      | address-database-represented-country       | the network of the address stands for that country, wherever it is | -
          XX | 1.0.7.7:443     | undetermined | unknown | cloudfront-viewer-country,address-database,address-database-represented-country | the edge knows no country for this client; the address database names no country for the address; the network of the address stands for that country, wherever it is | -
          US | 1.0.7.7:443     | refuse       | US      | cloudfront-viewer-country                  | -                         | -
          XX | 1.0.8.7:443     | undetermined | unknown | cloudfront-viewer-country,address-database | the edge knows no country for this client; the address database says that the network stands for a country that there is not | -
          DE | 1.0.3.7:443     | serve        | DE      | cloudfront-viewer-country                  | -                         | -
          DE | 1.0.5.7:443     | serve        | DE      | cloudfront-viewer-country,address-database | the address belongs to a service that hides where its user is | -
          DE | 1.0.6.7:443     | refuse       | US      | address-database                           | the address belongs to a service that hides where its user is | cloudfront-viewer-country says DE, address-database says US
          DE | 1.0.9.7:443     | refuse       | US      | address-database                           | -                         | cloudfront-viewer-country says DE, address-database says US
          DE | 1.0.10.7:443    | refuse       | US      | address-database                           | the address database says something about the address that cannot be read | cloudfront-viewer-country says DE, address-database says US
          DE | 1.0.11.7:443    | serve        | DE      | cloudfront-viewer-country,address-database | -                         | -
          XX | 1.0.12.7:443    | undetermined | unknown | cloudfront-viewer-country,address-database | the edge knows no country for this client; the address database says something about the address that cannot be read | -
          -  | 1.0.1.7:443     | serve        | DE      | address-database                           | -                         | -
          XX | 1.0.1.7:443     | serve        | DE      | address-database                           | -                         | -
          XX | 1.0.0.7:443     | refuse       | US      | address-database                           | -                         | -
          XX | 1.0.3.7:443     | undetermined | unknown | cloudfront-viewer-country,address-database | the edge knows no country for this client; the address database names no country for the address | -
          XX | 1.0.5.7:443     | undetermined | unknown | cloudfront-viewer-country,address-database | the edge knows no country for this client; the address belongs to a service that hides where its user is | -
          XX | 1.0.6.7:443     | refuse       | US      | address-database                           | the address belongs to a service that hides where its user is | -
          XX | 203.0.113.7:443 | undetermined | unknown | cloudfront-viewer-country,address-database | the edge knows no country for this client; the address is of a kind that has no place | -
          XX | -               | undetermined | unknown | cloudfront-viewer-country,address-database | the edge knows no country for this client; no address of the client was reported | -
          XX | 1.0.1.7         | undetermined | unknown | cloudfront-viewer-country,address-database | the edge knows no country for this client; what was reported is not one address | -
          XX | 1.0.1.7:1,1.0.1.7:1 | undetermined | unknown | cloudfront-viewer-country,address-database | the edge knows no country for this client; what was reported is not one address | -
          us | 1.0.1.7:443     | serve        | DE      | address-database                           | -                         | -
          DE | 2a00::7:443     | serve        | DE      | cloudfront-viewer-country,address-database | -                         | -
          DE | 2600::7:443     | refuse       | US      | address-database                           | -                         | cloudfront-viewer-country says DE, address-database says US
          DE | ::ffff:1.0.0.7:443 | refuse    | US      | address-database                           | -                         | cloudfront-viewer-country says DE, address-database says US
          """)
  void behindTheEdgeTheStrictestTrustedPlaceDecides(
      String edge,
      @Nullable String viewer,
      String outcome,
      String region,
      String source,
      @Nullable String reason,
      @Nullable String conflict) {
    ObjectNode event = Sent.get(SIGNATURES, edge == null ? "" : edge, AT);
    if (viewer != null) {
      Sent.with(event, "cloudfront-viewer-address", viewer);
    }
    Sent.Answered answer = gateway(Map.of("GEO_DATABASE", DATABASE.toString())).send(event);
    JsonNode line = answer.line();
    assertThat(line.path("outcome").asText()).isEqualTo(outcome);
    assertThat(answer.status()).isEqualTo(outcome.equals("serve") ? 302 : 451);
    assertThat(line.path("region").asText()).isEqualTo(region);
    assertThat(line.path("regionSource").asText()).isEqualTo(source);
    assertThat(line.path("regionReason").asText(null)).isEqualTo(reason);
    assertThat(line.path("conflict").asText(null)).isEqualTo(conflict);
    assertThat(line.path("EvidenceConflicts").asInt()).isEqualTo(conflict == null ? 0 : 1);
    assertThat(line.path("geoDatabaseBuiltAt").asText()).isEqualTo("2024-09-20T00:00:00Z");
    assertThat(line.path("evidence")).hasSizeGreaterThan(1);
    assertThat(line.path("GeoRecordUnreadable").asInt())
        .isEqualTo(line.path("evidence").toString().contains("that cannot be read") ? 1 : 0);
    if (answer.status() == 451) {
      assertThat(answer.body()).contains("region: " + region, "regionSource: " + source);
    }
  }

  @ParameterizedTest(name = "peer {0}: {1} {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "1.0.0.7,         refuse,       US",
        "1.0.1.7,         serve,        DE",
        "1.0.2.7,         refuse,       US-PR",
        "1.0.3.7,         undetermined, unknown",
        "1.0.4.7,         refuse,       US",
        "1.0.5.7,         undetermined, unknown",
        "1.0.6.7,         refuse,       US",
        "1.0.7.7,         undetermined, unknown",
        "1.0.8.7,         undetermined, unknown",
        "9.9.9.9,         undetermined, unknown",
        "2a00::7,         serve,        DE",
        "::ffff:1.0.0.7,  refuse,       US",
        "2002:100:7::1,   refuse,       US",
        "64:ff9b::100:107, serve,       DE",
        "203.0.113.7,     undetermined, unknown",
        "010.0.1.7,       undetermined, unknown",
        "-,               undetermined, unknown",
      })
  void aDirectCallerIsWhereItsAddressIs(@Nullable String peer, String outcome, String region) {
    Sent.Answered answer = direct().send(called(peer, Map.of()));
    assertThat(answer.line().path("outcome").asText()).isEqualTo(outcome);
    assertThat(answer.line().path("region").asText()).isEqualTo(region);
    assertThat(answer.line().path("regionSource").asText()).startsWith("address-database");
  }

  @ParameterizedTest(name = "X-Forwarded-For: {1}, {0} hops: {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "1, 1.0.0.7,                      refuse",
        "1, 1.0.1.7,                      serve",
        "1, '1.0.1.7, 1.0.0.7',           refuse",
        "1, '1.0.0.7, 1.0.1.7',           serve",
        "2, '1.0.1.7, 1.0.0.7, 1.0.1.9',  refuse",
        "2, '1.0.1.7',                    undetermined",
        "1, 'nonsense',                   undetermined",
        "1, -,                            undetermined",
      })
  void behindALoadBalancerHopsAreCountedFromTheRight(
      int hops, @Nullable String forwarded, String outcome) {
    Map<String, String> headers = new HashMap<>();
    if (forwarded != null) {
      headers.put("x-forwarded-for", forwarded);
    }
    Sent gateway = balanced(hops);
    for (boolean multiValue : new boolean[] {false, true}) {
      Sent.Answered answer = gateway.send(balancedEvent(headers, multiValue));
      assertThat(answer.line().path("outcome").asText()).isEqualTo(outcome);
      // A load balancer's event has no time of its own.
      assertThat(answer.line().path("time").asText()).isEqualTo(Sent.CLOCK.toString());
    }
  }

  @Test
  void aLoadBalancerIsAnsweredInItsOwnForm() throws IOException {
    Sent gateway = balanced(1);
    ObjectNode event = balancedEvent(Map.of("x-forwarded-for", DE), false);
    event.putObject("queryStringParameters").put("a", "b%20c").put("v", "1").put("flag", "");
    JsonNode answer = Sent.JSON.readTree(gateway.raw(event));
    assertThat(answer.path("statusCode").asInt()).isEqualTo(302);
    assertThat(answer.path("statusDescription").asText()).isEqualTo("302 Found");
    assertThat(answer.path("isBase64Encoded").asBoolean(true)).isFalse();
    assertThat(answer.path("headers").path("Location").asText())
        .isEqualTo("https://origin.example/files/bases/main.cvd?a=b%20c&v=1&flag=");
    assertThat(answer.has("multiValueHeaders")).isFalse();

    ObjectNode many = balancedEvent(Map.of("x-forwarded-for", US), true);
    many.putObject("multiValueQueryStringParameters").putArray("a").add("1").add("2");
    JsonNode refused = Sent.JSON.readTree(gateway.raw(many));
    assertThat(refused.path("statusDescription").asText())
        .isEqualTo("451 Unavailable For Legal Reasons");
    assertThat(refused.path("multiValueHeaders").path("Cache-Control").get(0).asText())
        .isEqualTo("no-store");
    assertThat(refused.has("headers")).isFalse();

    many = balancedEvent(Map.of("x-forwarded-for", DE), true);
    many.putObject("multiValueQueryStringParameters").putArray("a").add("1").add("2");
    assertThat(
            Sent.JSON
                .readTree(gateway.raw(many))
                .path("multiValueHeaders")
                .path("Location")
                .get(0)
                .asText())
        .isEqualTo("https://origin.example/files/bases/main.cvd?a=1&a=2");
  }

  @Test
  void anEventOfAnotherFrontIsNotAnswered() {
    Sent.Answered direct = balanced(1).send(called(DE, Map.of("x-forwarded-for", DE)));
    assertThat(direct.status()).isEqualTo(400);
    assertThat(direct.line().path("remark").asText()).contains("see REGION_EVIDENCE");
    for (Sent gateway : List.of(direct(), gateway(Map.of()))) {
      assertThat(gateway.send(balancedEvent(Map.of("x-forwarded-for", DE), false)).status())
          .isEqualTo(400);
    }
    // What only the one form has does not count in the other.
    ObjectNode both = balancedEvent(Map.of("x-forwarded-for", US), false);
    both.put("rawPath", "/threat-intelligence/feed");
    ((ObjectNode) both.path("requestContext"))
        .put("timeEpoch", 0)
        .putObject("http")
        .put("method", "POST")
        .put("sourceIp", DE);
    assertThat(balanced(1).send(both).line().path("outcome").asText()).isEqualTo("refuse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"requestContext\":{\"elb\":{}}}",
        "{\"requestContext\":{\"elb\":{}},\"path\":\"/\"}",
        "{\"requestContext\":{\"elb\":{}},\"path\":7,\"httpMethod\":\"GET\"}",
        "{\"requestContext\":{\"elb\":{}},\"rawPath\":\"/\",\"httpMethod\":\"GET\"}",
      })
  void whatIsNoEventOfALoadBalancerIsA400(String event) {
    assertThat(balanced(1).send(event.getBytes(java.nio.charset.StandardCharsets.UTF_8)).status())
        .isEqualTo(400);
  }

  @Property(tries = 1_000)
  void aClientThatLiesInEveryHeaderGetsWhatItsAddressDeserves(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean inTheUs = random.nextBoolean();
    String truth = inTheUs ? US : DE;
    Map<String, String> lies = new HashMap<>();
    lies(inTheUs ? DE : US, inTheUs ? "DE" : "US")
        .forEach((name, value) -> {
          if (random.nextInt(8) > 0) {
            lies.put(
                random.nextBoolean() ? name : name.toLowerCase(java.util.Locale.ROOT),
                random.nextInt(16) == 0 ? (value + ",").repeat(random.nextInt(1, 200)) : value);
          }
        });
    String outcome = inTheUs ? "refuse" : "serve";

    JsonNode direct = direct().send(called(truth, lies)).line();
    assertThat(direct.path("outcome").asText()).isEqualTo(outcome);
    assertThat(direct.path("ignoredHeaders").asInt()).isGreaterThan(3);
    assertThat(direct.path("IgnoredHeaders").asInt())
        .isEqualTo(direct.path("ignoredHeaders").asInt());

    Map<String, String> appended = lower(lies);
    appended.merge("x-forwarded-for", truth, (said, seen) -> said + ", " + seen);
    JsonNode behind = balanced(1).send(balancedEvent(appended, random.nextBoolean())).line();
    assertThat(behind.path("outcome").asText()).isEqualTo(outcome);

    // The edge replaces its own headers and hands on the rest.
    Map<String, String> replaced = lower(lies);
    replaced.keySet().removeIf(name -> name.startsWith("cloudfront-"));
    replaced.put("cloudfront-viewer-country", inTheUs ? "US" : "DE");
    replaced.put("cloudfront-viewer-address", truth + ":443");
    replaced.put("x-edge-secret", SECRET);
    for (Map<String, String> settings : edges()) {
      ObjectNode event = called("130.176.0.1", replaced);
      ((ObjectNode) event.path("requestContext"))
          .putObject("authorizer")
          .putObject("iam")
          .put("accountId", "1");
      assertThat(gateway(settings).send(event).line().path("outcome").asText()).isEqualTo(outcome);
    }

    // Past the edge nothing is proven, whoever lies.
    for (Map<String, String> settings : edges()) {
      JsonNode past = gateway(settings).send(called(truth, lies)).line();
      assertThat(past.path("outcome").asText()).isEqualTo("undetermined");
      assertThat(past.path("EdgeUnproven").asInt()).isEqualTo(1);
    }
  }

  @Test
  void whatIsDoubtedNeverHelpsWherePoliciesServeTheUndetermined() {
    Evaluator lenient = policies("undetermined: serve");
    Map<String, String> settings =
        Map.of("REGION_EVIDENCE", "address", "GEO_DATABASE", DATABASE.toString());
    Sent gateway = new Sent(ActivePolicySource.always(lenient), NOBODY, settings);
    assertThat(gateway.send(called("9.9.9.9", Map.of())).status()).isEqualTo(302);
    assertThat(gateway.send(called("1.0.5.7", Map.of())).status()).isEqualTo(302);
    assertThat(gateway.send(called("1.0.6.7", Map.of())).status()).isEqualTo(451);
    assertThat(gateway.send(called(US, Map.of())).status()).isEqualTo(451);
  }

  @Test
  void aDatabaseThatIsTooOldIsAnAlarmAndStillCounts() {
    Map<String, String> settings =
        Map.of(
            "REGION_EVIDENCE", "address",
            "GEO_DATABASE", DATABASE.toString(),
            "GEO_MAX_AGE_DAYS", "9");
    JsonNode young = gateway(settings).send(called(DE, Map.of())).line();
    // It is of the 20th, and it is four hours into the 29th.
    assertThat(young.path("GeoDatabaseStale").asInt()).isEqualTo(1);
    assertThat(young.path("geoDatabaseAgeDays").asInt()).isEqualTo(9);
    assertThat(young.path("outcome").asText()).isEqualTo("serve");
    Map<String, String> patient = new HashMap<>(settings);
    patient.put("GEO_MAX_AGE_DAYS", "10");
    assertThat(gateway(patient).send(called(DE, Map.of())).line().has("GeoDatabaseStale"))
        .isFalse();
    Sent starting = gateway(settings);
    assertThat(starting.startLines())
        .contains("address-database-stale", "Test-Country of 2024-09-20T00:00:00Z", "older than 9");
    assertThat(gateway(patient).startLines())
        .contains("\"address-database\"")
        .doesNotContain("stale");
  }

  @Test
  void anAccountDecidesWhereverTheSourcesPutTheAgent() {
    Sent gateway =
        new Sent(
            ActivePolicySource.always(SHIPPED),
            id -> new AgentRegistry.Found(id.equals("us-customer") ? Set.of("US") : Set.of()),
            Map.of("GEO_DATABASE", DATABASE.toString(), "AGENT_ID_FROM", "query:id"));
    ObjectNode event = Sent.get(SIGNATURES, "FR", AT);
    Sent.with(event, "cloudfront-viewer-address", DE + ":443");
    event.put("rawQueryString", "id=us-customer");
    Sent.Answered answer = gateway.send(event);
    assertThat(answer.status()).isEqualTo(451);
    assertThat(answer.body()).contains("evidence: registered", "region: DE,FR");
    event.put("rawQueryString", "id=somebody-else");
    assertThat(gateway.send(event).status()).isEqualTo(302);
    event.put("rawQueryString", "id=somebody&id=us-customer");
    assertThat(gateway.send(event).line().path("outcome").asText()).isEqualTo("undetermined");
  }

  private static List<Map<String, String>> edges() {
    return List.of(
        Map.of("GEO_DATABASE", DATABASE.toString()),
        Map.of(),
        Map.of("REGION_EVIDENCE", "cloudfront-secret", "EDGE_SECRETS", SECRET),
        Map.of(
            "REGION_EVIDENCE",
            "cloudfront-secret",
            "EDGE_SECRETS",
            "another-secret-value," + SECRET,
            "GEO_DATABASE",
            DATABASE.toString()));
  }

  private static Sent gateway(Map<String, String> settings) {
    return new Sent(ActivePolicySource.always(SHIPPED), NOBODY, settings);
  }

  private static Sent direct() {
    return gateway(Map.of("REGION_EVIDENCE", "address", "GEO_DATABASE", DATABASE.toString()));
  }

  private static Sent balanced(int hops) {
    return gateway(
        Map.of(
            "REGION_EVIDENCE", "alb",
            "TRUSTED_HOPS", Integer.toString(hops),
            "GEO_DATABASE", DATABASE.toString()));
  }

  /** An event of an HTTP API that a client called directly. */
  private static ObjectNode called(@Nullable String peer, Map<String, String> headers) {
    ObjectNode event = Sent.get(SIGNATURES, "", AT);
    headers.forEach((name, value) -> Sent.with(event, name, value));
    ObjectNode context = (ObjectNode) event.path("requestContext");
    context.remove("authorizer");
    ((ObjectNode) context.path("http")).put("sourceIp", peer);
    return event;
  }

  private static ObjectNode balancedEvent(Map<String, String> headers, boolean multiValue) {
    ObjectNode event = Sent.JSON.createObjectNode();
    event
        .putObject("requestContext")
        .putObject("elb")
        .put("targetGroupArn", "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/x/1");
    event.put("httpMethod", "GET").put("path", SIGNATURES).put("isBase64Encoded", false);
    ObjectNode fields = event.putObject(multiValue ? "multiValueHeaders" : "headers");
    headers.forEach((name, value) -> {
      if (multiValue) {
        fields.putArray(name).add(value);
      } else {
        fields.put(name, value);
      }
    });
    return event;
  }

  private static Map<String, String> lower(Map<String, String> headers) {
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(java.util.Locale.ROOT), value));
    return lower;
  }

  private static Map<String, String> lies(String address, String country) {
    Map<String, String> lies = new HashMap<>();
    for (String name :
        List.of(
            "X-Forwarded-For",
            "X-Real-IP",
            "X-Client-IP",
            "True-Client-IP",
            "CF-Connecting-IP",
            "Fastly-Client-IP",
            "X-Cluster-Client-IP",
            "X-Original-Forwarded-For")) {
      lies.put(name, address);
    }
    for (String name :
        List.of(
            "CF-IPCountry",
            "X-Vercel-IP-Country",
            "X-AppEngine-Country",
            "X-Country-Code",
            "X-GeoIP-Country",
            "CloudFront-Viewer-Country",
            "CLOUDFRONT-VIEWER-COUNTRY-REGION")) {
      lies.put(name, country);
    }
    lies.put("CloudFront-Viewer-Address", address + ":443");
    lies.put("Forwarded", "for=" + address);
    return lies;
  }

  private static Evaluator policies(String undetermined) {
    List<PolicyFile> files = new ArrayList<>();
    try (var paths = Files.list(Path.of("..", "policies"))) {
      for (Path path : paths.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        files.add(
            new PolicyFile(
                path.getFileName().toString(),
                Files.readString(path).replace("undetermined: refuse", undetermined)));
      }
      return Evaluator.of(PolicyFiles.read(files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }
}
