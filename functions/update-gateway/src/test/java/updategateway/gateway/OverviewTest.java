package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/** What agents' developers rely on: schemas, codes, the overview, and bounded lengths. */
final class OverviewTest {
  private static final String OVERVIEW = "/.well-known/update-policy";
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");

  /** A load balancer takes a megabyte. */
  private static final int HALF_OF_THE_LIMIT = 500_000;

  private static final Schema OVERVIEWS = schema("overview");
  private static final Schema PROBLEMS = schema("problem");

  @ParameterizedTest(name = "{0}, registered in {1}, at {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "US, -, 2024-09-29T04:00:00Z",
        "US, -, 2024-09-29T03:59:59.999Z",
        "DE, -, 2024-09-29T04:00:00Z",
        "'', -, 2024-09-29T04:00:00Z",
        "DE, US, 2024-09-29T04:00:00Z",
        "DE, down, 2024-09-29T04:00:00Z"
      })
  void answersAreAsTheirSchemasSay(String country, @Nullable String registered, Instant at)
      throws Exception {
    Sent gateway = gateway(registered, UpdateHandlerTest.shippedFiles());
    for (String query : List.of("", "path=/bases/main.cvd", "path=/advisories/a.txt")) {
      Sent.Answered overview = gateway.send(overview(query, country, at));
      assertThat(overview.status()).isEqualTo(200);
      assertThat(OVERVIEWS.validate(overview.body(), InputFormat.JSON)).isEmpty();
    }
    for (String path : List.of("/bases/main.cvd", "/a%2Fb", "/" + "a".repeat(9_000))) {
      Sent.Answered answer = gateway.send(json(agent(Sent.get(path, country, at))));
      if (answer.status() != 302) {
        assertThat(PROBLEMS.validate(answer.body(), InputFormat.JSON)).as(answer.body()).isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "{0} {1} from {2} with {3} headers: {4} {5}")
  @CsvSource({
    "GET, /bases/main.cvd, US, 0, 451, refused",
    "HEAD, /bases/main.cvd, US, 0, 451, -",
    "GET, /bases/main.cvd, '', 0, 451, undetermined",
    "GET, /a%2Fb, DE, 0, 400, malformed-path",
    "GET, /.well-known/update-policy?path=/a%252Fb, DE, 0, 400, malformed-path",
    "POST, /bases/main.cvd, DE, 0, 405, method-not-allowed",
    "GET, /bases/main.cvd, DE, 200, 431, headers-too-large"
  })
  void theCodeIsTheSameWithEveryOperator(
      String method, String target, String country, int headers, int status, String code)
      throws Exception {
    String[] parts = target.split("\\?", 2);
    ObjectNode event = Sent.method(json(Sent.get(parts[0], country, AT)), method);
    event.put("rawQueryString", parts.length > 1 ? parts[1] : "");
    IntStream.range(0, headers).forEach(i -> Sent.with(event, "x-" + i, "x"));
    Sent.Answered answer = gateway(null, UpdateHandlerTest.shippedFiles()).send(event);
    assertThat(answer.status()).isEqualTo(status);
    if (!code.equals("-")) {
      JsonNode problem = Sent.JSON.readTree(answer.body());
      assertThat(problem.path("code").asText()).isEqualTo(code);
      assertThat(problem.path("status").asInt()).isEqualTo(status);
      assertThat(PROBLEMS.validate(answer.body(), InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void otherProblemsHaveCodesToo() throws Exception {
    Sent none = new Sent(Optional::empty, _ -> new AgentRegistry.Found(Set.of()), Map.of());
    JsonNode unavailable =
        Sent.JSON.readTree(none.send(json(Sent.get("/bases/main.cvd", "DE", AT))).body());
    assertThat(unavailable.path("code").asText()).isEqualTo("unavailable");
    JsonNode overlong =
        Sent.JSON.readTree(
            gateway(null, UpdateHandlerTest.shippedFiles())
                .send(json(Sent.get("/" + "a".repeat(9_000), "DE", AT)))
                .body());
    assertThat(overlong.path("code").asText()).isEqualTo("uri-too-long");
  }

  @Test
  void aRefusalSaysUntilWhenItLastsWhereThatIsKnown() throws Exception {
    Sent.Answered refused =
        PermitTest.gateway(null)
            .send(json(Sent.get("/bases/main.cvd", "FR", Instant.parse("2024-01-15T00:00:00Z"))));
    assertThat(Sent.JSON.readTree(refused.body()).path("until").asText())
        .isEqualTo("2024-02-01T00:00:00Z");
    assertThat(PROBLEMS.validate(refused.body(), InputFormat.JSON)).isEmpty();
    Sent.Answered forEver =
        PermitTest.gateway(null)
            .send(json(Sent.get("/bases/main.cvd", "FR", Instant.parse("2024-03-01T00:00:00Z"))));
    assertThat(Sent.JSON.readTree(forEver.body()).has("until")).isFalse();
  }

  /** The answer about a path is what a request for the path gets. */
  @ParameterizedTest(name = "{0} from {1}, registered in {2}: {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        "/bases/main.cvd,                    US, -,    refuse",
        "%2Fbases%2Fmain.cvd,                US, -,    refuse",
        "/bases/main.cvd,                    DE, -,    serve",
        "/bases/main.cvd,                    DE, US,   refuse",
        "/bases/main.cvd,                    DE, down, undetermined",
        "/bases/main.cvd,                    '', -,    undetermined",
        "/products/vpn/patches/1+2.patch,    US, -,    refuse",
        "/advisories/a.txt,                  US, -,    serve",
        "/unknown,                           US, -,    refuse",
        "/a/./b,                             DE, -,    serve",
        "/a%252Fb,                           DE, -,    400",
        "/a/../b,                            DE, -,    400",
        "//a,                                DE, -,    400",
        "a,                                  DE, -,    400",
        "'',                                 DE, -,    400",
        "/a%zz,                              DE, -,    400",
        "/a%FF,                              DE, -,    400",
        "/a&path=/b,                         DE, -,    400",
        "/advisories/setup.exe%253F.txt,     US, -,    400",
      })
  void onePathCanBeAskedAbout(
      String path, String country, @Nullable String registered, String outcome) throws Exception {
    Sent gateway = gateway(registered, UpdateHandlerTest.shippedFiles());
    Sent.Answered answer = gateway.send(overview("x=1&path=" + path, country, AT));
    if (outcome.equals("400")) {
      assertThat(answer.status()).isEqualTo(400);
      return;
    }
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.line().path("outcome").asText()).isEqualTo("overview");
    JsonNode entries = Sent.JSON.readTree(answer.body()).path("entries");
    assertThat(entries).hasSize(1);
    assertThat(entries.path(0).path("outcome").asText()).isEqualTo(outcome);
    assertThat(entries.path(0).has("path")).isFalse();
    assertThat(OVERVIEWS.validate(answer.body(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void theOverviewNamesPermits() throws Exception {
    Sent.Answered answer =
        PermitTest.gateway(null).send(overview("", "FR", Instant.parse("2024-02-01T00:00:00Z")));
    JsonNode entry = entry(answer, "/bases/**");
    assertThat(entry.path("outcome").asText()).isEqualTo("serve");
    assertThat(entry.path("permits").path(0).path("permit").asText()).isEqualTo("signatures-only");
    assertThat(entry.path("permits").path(0).path("otherwise").asText()).isEqualTo("refuse");
    assertThat(OVERVIEWS.validate(answer.body(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void aCustomerAbroadIsToldWhatTheAccountMakesOfIt() throws Exception {
    Sent gateway = gateway("US", UpdateHandlerTest.shippedFiles());
    JsonNode entry = entry(gateway.send(overview("", "DE", AT)), "/bases/**");
    assertThat(entry.path("outcome").asText()).isEqualTo("refuse");
  }

  @Test
  void productsWithTheSameAnswerShareAnEntry() throws Exception {
    Sent gateway = gateway(null, UpdateHandlerTest.shippedFiles());
    List<String> ofPatches = new ArrayList<>();
    for (JsonNode entry :
        Sent.JSON.readTree(gateway.send(overview("", "US", AT)).body()).path("entries")) {
      if (entry.path("path").asText().equals("/products/{product}/patches/**")) {
        ofPatches.add(
            (entry.has("product") ? entry.path("product") : entry.path("products"))
                + " "
                + entry.path("outcome").asText());
      }
    }
    assertThat(ofPatches)
        .containsExactly("[\"security-training\",\"threat-intelligence\"] serve", "\"*\" refuse");
  }

  @Test
  void noAnswerPassesHalfOfTheFrontsLimit() throws Exception {
    List<PolicyFile> files = new ArrayList<>(UpdateHandlerTest.shippedFiles());
    for (int half = 0; half < 2; half++) {
      String many =
          IntStream.range(half * 18_750, (half + 1) * 18_750)
              .mapToObj(i -> "product-" + i)
              .collect(Collectors.joining(", "));
      files.add(new PolicyFile("many" + half + ".yaml", policy("many-" + half, many, "Somewhere")));
    }
    check(files, "product-7");
    files = new ArrayList<>(UpdateHandlerTest.shippedFiles());
    for (int i = 0; i < 120; i++) {
      files.add(
          new PolicyFile(
              "p" + i + ".yaml", policy("p-" + i, "product-" + i, "\u00e9".repeat(1_200))));
      files.add(new PolicyFile("q" + i + ".yaml", policy("q-" + i, "\"*\"", "Somewhere")));
    }
    check(files, "product-7");
  }

  private static void check(List<PolicyFile> files, String product) throws Exception {
    Sent gateway = gateway(null, files);
    String path = "/products/" + product + "/patches/1.patch";
    for (ObjectNode event :
        List.of(
            overview("", "FR", AT),
            overview("", "DE", AT),
            overview("path=" + path, "FR", AT),
            Sent.get(path, "FR", AT),
            Sent.get("/bases/main.cvd", "FR", AT),
            json(Sent.get(path, "FR", AT)))) {
      byte[] raw = gateway.raw(event);
      assertThat(raw.length).isLessThan(HALF_OF_THE_LIMIT);
      assertThat(gateway.raw(event)).isEqualTo(raw);
      Sent.Answered answer = gateway.send(event);
      assertThat(answer.status()).isIn(200, 302, 451);
      if (answer.body().startsWith("{")) {
        Schema schema = answer.status() == 200 ? OVERVIEWS : PROBLEMS;
        assertThat(schema.validate(answer.body(), InputFormat.JSON)).isEmpty();
      }
    }
    JsonNode one =
        Sent.JSON.readTree(gateway.send(overview("path=" + path, "FR", AT)).body()).path("entries");
    assertThat(one.path(0).path("outcome").asText()).isEqualTo("refuse");
    assertThat(named(gateway.send(overview("", "FR", AT)))).isNotEmpty();
  }

  private static Set<String> named(Sent.Answered overview) throws IOException {
    Set<String> named = new TreeSet<>();
    for (JsonNode entry : Sent.JSON.readTree(overview.body()).path("entries")) {
      named.add(entry.path("product").asText());
      if (entry.has("productsInAll")) {
        assertThat(entry.path("products")).hasSize(20);
        assertThat(entry.path("productsInAll").asInt()).isEqualTo(18_750);
      }
    }
    return named;
  }

  private static String policy(String id, String products, String citation) {
    return """
    id: %s
    title: A restriction
    authority: Somebody
    citation: "%s"
    scope: {locations: [FR], subjects: [located]}
    products: [%s]
    phases:
      - id: updates
        from: 2024-01-01 00:00 UTC
        refuses: [signature-update, patch-update]
    undetermined: refuse
    """
        .formatted(id, citation, products);
  }

  private static JsonNode entry(Sent.Answered overview, String path) throws IOException {
    for (JsonNode entry : Sent.JSON.readTree(overview.body()).path("entries")) {
      if (entry.path("path").asText().equals(path)) {
        return entry;
      }
    }
    throw new AssertionError("no entry for " + path + ": " + overview.body());
  }

  private static ObjectNode overview(String query, String country, Instant at) {
    ObjectNode event = agent(Sent.get(OVERVIEW, country, at));
    event.put("rawQueryString", query);
    return event;
  }

  private static ObjectNode agent(ObjectNode event) {
    return Sent.with(event, "x-agent-id", "agent-1");
  }

  private static ObjectNode json(ObjectNode event) {
    return Sent.with(event, "accept", "application/problem+json");
  }

  private static Sent gateway(@Nullable String registered, List<PolicyFile> files)
      throws InvalidPolicyException {
    return new Sent(
        ActivePolicySource.always(Evaluator.of(PolicyFiles.read(files))),
        _ ->
            "down".equals(registered)
                ? new AgentRegistry.Unavailable("down")
                : new AgentRegistry.Found(registered == null ? Set.of() : Set.of(registered)),
        Map.of());
  }

  private static Schema schema(String kind) {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Sent.JSON.readTree(Path.of(kind + ".schema.json").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
