package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

final class UpdateHandlerTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final Instant BEFORE = AT.minusMillis(1);
  private static final String SIGNATURES = "/bases/main.cvd";
  static final Evaluator SHIPPED = shipped();
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());
  private static final Sent GATEWAY =
      new Sent(ActivePolicySource.always(SHIPPED), NOBODY, Map.of());

  @Test
  void servedIsARedirectThatIsNotFreshWhenTheLawChanges() {
    Sent.Answered answer = GATEWAY.send(Sent.get(SIGNATURES, "US", AT.minusSeconds(90)));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).contains("https://origin.example/files/bases/main.cvd");
    assertThat(answer.header("Cache-Control")).contains("private, max-age=90, stale-if-error=0");
    assertThat(answer.header("Sunset")).contains("Sun, 29 Sep 2024 04:00:00 GMT");
    assertThat(answer.header("Decision-Id")).contains("request-1");
    assertThat(answer.header("Policy-Set")).contains(SHIPPED.policySet().digest().hex());
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest(name = "{0} ms before: {1} s")
  @CsvSource({
    "1, 0",
    "999, 0",
    "1000, 1",
    "1001, 1",
    "3599999, 3599",
    "3600000, 3600",
    "3600001, 3600",
    "99999999, 3600"
  })
  void theAgeIsCutToWholeSecondsBeforeTheChange(long millis, long seconds) {
    assertThat(
            GATEWAY
                .send(Sent.get(SIGNATURES, "US", AT.minusMillis(millis)))
                .header("Cache-Control"))
        .contains("private, max-age=" + seconds + ", stale-if-error=0");
  }

  @Test
  void theAgeIsCountedFromWhenTheAnswerIsGiven() {
    // The event is five minutes old, and decided by its own time; the answer is fresh from now on.
    Sent late =
        new Sent(
            ActivePolicySource.always(SHIPPED), NOBODY, Map.of("MAX_CLOCK_SKEW_SECONDS", "300"));
    assertThat(
            late.send(Sent.get(SIGNATURES, "US", Sent.CLOCK.minusSeconds(300)))
                .header("Cache-Control"))
        .contains("private, max-age=0, stale-if-error=0");
    Sent early =
        new Sent(
            ActivePolicySource.always(SHIPPED),
            NOBODY,
            Map.of("MAX_CLOCK_SKEW_SECONDS", "300"),
            Sent.CLOCK.minusSeconds(200));
    assertThat(
            early
                .send(Sent.get(SIGNATURES, "US", Sent.CLOCK.minusSeconds(300)))
                .header("Cache-Control"))
        .contains("private, max-age=200, stale-if-error=0");
  }

  /** What RFC 8259 calls unpredictable is taken for no text at all; a whole pair is one. */
  @Test
  void halfACharacterInAnEventIsAnsweredAndLogged() {
    String event = Sent.method(Sent.get(SIGNATURES, "DE", AT), "HALF").toString();
    Sent.Answered half =
        GATEWAY.send(event.replace("HALF", "G\\ud800").getBytes(StandardCharsets.UTF_8));
    assertThat(half.status()).isEqualTo(400);
    assertThat(half.line().path("outcome").asText()).isEqualTo("malformed");
    Sent.Answered whole =
        GATEWAY.send(event.replace("HALF", "G\\ud83d\\ude00").getBytes(StandardCharsets.UTF_8));
    assertThat(whole.status()).isEqualTo(405);
    assertThat(whole.line().path("method").asText()).isEqualTo("G\ud83d\ude00");
  }

  @Test
  void whatNeverChangesHasNoSunset() {
    Sent.Answered answer = GATEWAY.send(Sent.get(SIGNATURES, "DE", AT));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Sunset")).isEmpty();
    assertThat(answer.header("Cache-Control")).contains("private, max-age=3600, stale-if-error=0");
  }

  @Test
  void aRefusalSaysWhoByWhichLawSinceWhenWhomAndWhatItCovers() throws Exception {
    Sent.Answered answer =
        GATEWAY.send(Sent.with(Sent.get(SIGNATURES, "PR", AT), "accept", "application/json"));
    JsonNode problem = Sent.JSON.readTree(answer.body());
    assertThat(answer.status()).isEqualTo(451);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Link"))
        .contains("<https://vendor.example/legal>; rel=\"blocked-by\"");
    assertThat(answer.header("Location")).isEmpty();
    assertThat(problem.path("status").asInt()).isEqualTo(451);
    assertThat(problem.path("type").asText())
        .isEqualTo("https://vendor.example/legal#refused-by-law");
    assertThat(problem.path("authority").asText()).contains("Bureau of Industry and Security");
    assertThat(problem.path("citation").asText())
        .contains("89 FR 52434")
        .contains("15 CFR 791.109");
    assertThat(problem.path("policy").asText()).isEqualTo("us-icts-2021-002");
    assertThat(problem.path("phase").asText()).isEqualTo("updates");
    assertThat(problem.path("activity").asText()).isEqualTo("signature-update");
    assertThat(problem.path("product").asText()).isEqualTo("endpoint-security");
    assertThat(problem.path("effectiveFrom").asText()).isEqualTo("2024-09-29T04:00:00Z");
    assertThat(problem.path("persons").asText())
        .contains("located in")
        .contains("registered in")
        .contains("US-PR");
    assertThat(problem.path("resources").asText()).contains("patch-update").contains("except");
    assertThat(problem.path("region").asText()).isEqualTo("US-PR");
    assertThat(problem.path("regionSource").asText()).isEqualTo("cloudfront-viewer-country");
    assertThat(problem.path("contact").asText()).isEqualTo("legal@vendor.example");
    assertThat(answer.body().toLowerCase(Locale.ROOT))
        .doesNotContain("vpn", "proxy", "abroad", "mirror");
  }

  @Test
  void noRefusalIsStoredByAnybody() {
    for (String country : List.of("US", "PR", "")) {
      for (String accept : List.of("*/*", "application/json")) {
        for (String method : List.of("GET", "HEAD")) {
          Sent.Answered answer =
              GATEWAY.send(
                  Sent.method(
                      Sent.with(Sent.get(SIGNATURES, country, AT), "accept", accept), method));
          assertThat(answer.status()).isEqualTo(451);
          assertThat(answer.header("Cache-Control")).contains("no-store");
        }
      }
    }
  }

  @Test
  void undeterminedHasATypeAndATextOfItsOwn() throws Exception {
    Sent.Answered answer =
        GATEWAY.send(Sent.with(Sent.get(SIGNATURES, "", AT), "accept", "application/json"));
    JsonNode problem = Sent.JSON.readTree(answer.body());
    assertThat(answer.status()).isEqualTo(451);
    assertThat(problem.path("type").asText()).endsWith("#location-undetermined");
    assertThat(problem.path("title").asText()).contains("could not be determined");
    assertThat(problem.path("region").asText()).isEqualTo("unknown");
    assertThat(problem.path("regionReason").asText()).isEqualTo("the edge reported no country");
    assertThat(answer.header("Link").orElse("")).contains("blocked-by");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST",
        "PUT",
        "DELETE",
        "OPTIONS",
        "PATCH",
        "TRACE",
        "CONNECT",
        "get",
        "PROPFIND",
        "",
        "GET "
      })
  void onlyGetAndHeadAreAllowed(String method) {
    for (String country : List.of("US", "DE")) {
      Sent.Answered answer = GATEWAY.send(Sent.method(Sent.get(SIGNATURES, country, AT), method));
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).contains("GET, HEAD");
      assertThat(answer.header("Location")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"US", "DE", "''", "PR"})
  void headHasTheHeadOfGet(String country) {
    for (String path :
        List.of(SIGNATURES, "/a/../b", "/.well-known/update-policy", "/threat-intelligence/feed")) {
      Sent.Answered get = GATEWAY.send(Sent.get(path, country, AT));
      Sent.Answered head = GATEWAY.send(Sent.method(Sent.get(path, country, AT), "HEAD"));
      assertThat(head.status()).isEqualTo(get.status());
      assertThat(head.headers()).isEqualTo(get.headers());
      assertThat(head.body()).isEmpty();
      assertThat(get.header("Content-Length"))
          .contains(Integer.toString(get.body().getBytes(StandardCharsets.UTF_8).length));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "range, bytes=0-1",
    "if-none-match, *",
    "if-modified-since, 'Sun, 29 Sep 2024 04:00:00 GMT'",
    "if-range, x",
    "if-match, x"
  })
  void conditionsAndRangesChangeNothing(String name, String value) {
    for (String country : List.of("US", "DE")) {
      assertThat(GATEWAY.send(Sent.with(Sent.get(SIGNATURES, country, AT), name, value)))
          .usingRecursiveComparison()
          .ignoringFields("line")
          .isEqualTo(GATEWAY.send(Sent.get(SIGNATURES, country, AT)));
    }
  }

  @Test
  void withoutAPolicyNothingIsServedWhateverIsAsked() {
    Sent none = new Sent(Optional::empty, NOBODY, Map.of());
    for (String path :
        List.of(SIGNATURES, "/", "/a/../b", "/.well-known/update-policy", "/advisories/x.txt")) {
      for (String method : List.of("GET", "HEAD", "POST")) {
        Sent.Answered answer = none.send(Sent.method(Sent.get(path, "DE", AT), method));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).contains("30");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Decision-Id")).contains("request-1");
        assertThat(answer.line().path("outcome").asText()).isEqualTo("no-policy");
      }
    }
  }

  @Test
  void aFaultOfOurOwnIsA503AndServesNothing() {
    Sent broken =
        new Sent(
            () -> {
              throw new IllegalStateException("broken on purpose");
            },
            NOBODY,
            Map.of());
    Sent.Answered answer = broken.send(Sent.get(SIGNATURES, "DE", AT));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain("broken on purpose", "Exception");
    assertThat(answer.line().path("fault").asText()).contains("broken on purpose");
  }

  @Test
  void aRegistrationCountsWhereverTheAgentIs() {
    Sent gateway = registering(new AgentRegistry.Found(Set.of("US")));
    Sent.Answered answer =
        gateway.send(Sent.with(Sent.get(SIGNATURES, "DE", AT), "X-Agent-Id", "agent-1"));
    assertThat(answer.status()).isEqualTo(451);
    assertThat(answer.body()).contains("evidence: registered").contains("registered: US");
    assertThat(gateway.send(Sent.get(SIGNATURES, "DE", AT)).status()).isEqualTo(302);
  }

  @Test
  void accountsThatCannotBeAskedOrUnderstoodAreUndetermined() {
    for (AgentRegistry.Registration answer :
        List.of(new AgentRegistry.Unavailable("down"), new AgentRegistry.Found(Set.of("Mars")))) {
      Sent gateway = registering(answer);
      Sent.Answered got =
          gateway.send(Sent.with(Sent.get(SIGNATURES, "DE", AT), "x-agent-id", "agent-1"));
      assertThat(got.line().path("outcome").asText()).isEqualTo("undetermined");
    }
    Sent.Answered several =
        registering(new AgentRegistry.Found(Set.of()))
            .send(Sent.with(Sent.get(SIGNATURES, "DE", AT), "x-agent-id", "agent-1,agent-2"));
    assertThat(several.line().path("outcome").asText()).isEqualTo("undetermined");
  }

  @Test
  void theOverviewOfACustomerAbroadIsThatOfTheirAccount() throws Exception {
    ObjectNode asked =
        Sent.with(Sent.get("/.well-known/update-policy", "DE", AT), "x-agent-id", "agent-1");
    String us = registering(new AgentRegistry.Found(Set.of("US"))).send(asked).body();
    String de = registering(new AgentRegistry.Found(Set.of("DE"))).send(asked).body();
    assertThat(Sent.JSON.readTree(us).findValuesAsText("outcome")).contains("refuse", "serve");
    assertThat(Sent.JSON.readTree(de).findValuesAsText("outcome")).containsOnly("serve");
  }

  @Test
  void accountsAreAskedOnlyWhereTheyMatter() {
    List<String> asked = new ArrayList<>();
    Sent gateway =
        new Sent(
            ActivePolicySource.always(SHIPPED),
            id -> {
              asked.add(id);
              return new AgentRegistry.Found(Set.of());
            },
            Map.of());
    gateway.send(Sent.with(Sent.get(SIGNATURES, "US", AT), "x-agent-id", "us"));
    gateway.send(
        Sent.with(Sent.get("/threat-intelligence/feed", "DE", AT), "x-agent-id", "exempt"));
    gateway.send(Sent.with(Sent.get("/a/../b", "DE", AT), "x-agent-id", "malformed"));
    assertThat(asked).isEmpty();
    gateway.send(Sent.with(Sent.get(SIGNATURES, "DE", AT), "x-agent-id", "de"));
    assertThat(asked).containsExactly("de");
  }

  @Test
  void headersOfAnUnprovenEdgeSayNothing() {
    ObjectNode event = Sent.get(SIGNATURES, "DE", AT);
    ((ObjectNode) event.path("requestContext")).putNull("authorizer");
    Sent.Answered answer = GATEWAY.send(event);
    assertThat(answer.line().path("outcome").asText()).isEqualTo("undetermined");
    assertThat(answer.body()).contains("the request did not provably come through the edge");
  }

  @Test
  void aSharedSecretProvesTheEdgeToo() {
    Sent gateway =
        new Sent(
            ActivePolicySource.always(SHIPPED),
            NOBODY,
            Map.of(
                "REGION_EVIDENCE",
                "cloudfront-secret",
                "EDGE_SECRETS",
                "secret-number-one,secret-number-two"));
    assertThat(gateway.send(Sent.get(SIGNATURES, "DE", AT)).status()).isEqualTo(451);
    assertThat(
            gateway
                .send(
                    Sent.with(Sent.get(SIGNATURES, "DE", AT), "x-edge-secret", "secret-number-two"))
                .status())
        .isEqualTo(302);
    assertThat(
            gateway
                .send(
                    Sent.with(Sent.get(SIGNATURES, "DE", AT), "x-edge-secret", "secret-number-six"))
                .status())
        .isEqualTo(451);
  }

  @Test
  void aCountryHeaderSentTwiceIsNoEvidence() {
    ObjectNode event = Sent.get(SIGNATURES, "US", AT);
    Sent.with(event, "CloudFront-Viewer-Country", "DE");
    assertThat(GATEWAY.send(event).line().path("outcome").asText()).isEqualTo("undetermined");
  }

  @Test
  void theClockCountsWhereTheEventsTimeIsTooFarFromIt() {
    Sent cloud =
        new Sent(
            ActivePolicySource.always(SHIPPED), NOBODY, Map.of("MAX_CLOCK_SKEW_SECONDS", "300"));
    assertThat(cloud.send(Sent.get(SIGNATURES, "US", Sent.CLOCK.minusSeconds(300))).status())
        .isEqualTo(302);
    Sent.Answered answer = cloud.send(Sent.get(SIGNATURES, "US", Sent.CLOCK.minusSeconds(301)));
    assertThat(answer.status()).isEqualTo(451);
    assertThat(answer.line().path("remark").asText()).contains("too far from the clock");
    ObjectNode timeless = Sent.get(SIGNATURES, "US", AT);
    ((ObjectNode) timeless.path("requestContext")).remove("timeEpoch");
    assertThat(cloud.send(timeless).status()).isEqualTo(451);
  }

  @Test
  void theOverviewSaysWhatThisCallerMayFetchAndUntilWhen() throws Exception {
    Sent.Answered answer = GATEWAY.send(Sent.get("/.well-known/update-policy", "US", BEFORE));
    JsonNode overview = Sent.JSON.readTree(answer.body());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).contains("private, max-age=0, stale-if-error=0");
    assertThat(overview.path("region").asText()).isEqualTo("US");
    assertThat(overview.path("entries")).isNotEmpty();
    for (JsonNode entry : overview.path("entries")) {
      String activity = entry.path("activity").asText();
      boolean ends =
          Set.of(
                      "signature-update",
                      "patch-update",
                      "telemetry",
                      "integration",
                      "licensing",
                      "unclassified")
                  .contains(activity)
              && !Set.of("threat-intelligence", "security-training")
                  .contains(
                      (entry.has("product")
                              ? entry.path("product")
                              : entry.path("products").path(0))
                          .asText());
      assertThat(entry.path("until").asText())
          .as(entry.toString())
          .isEqualTo(ends ? AT.toString() : "");
    }
  }

  @Test
  void theLineHoldsWhatItRestedOnAndNoPerson() {
    ObjectNode event = Sent.get(SIGNATURES, "US", AT);
    event.put("rawQueryString", "token=s3cret");
    Sent.with(event, "user-agent", "evil\"\n{\"outcome\":\"serve\"}");
    JsonNode line = GATEWAY.send(event).line();
    assertThat(line.path("outcome").asText()).isEqualTo("refuse");
    assertThat(line.path("policy").asText()).isEqualTo("us-icts-2021-002");
    assertThat(line.path("phase").asText()).isEqualTo("updates");
    assertThat(line.path("network").asText()).isEqualTo("203.0.113.0/24");
    assertThat(line.path("policySet").asText()).isEqualTo(SHIPPED.policySet().digest().hex());
    assertThat(line.path("durationMicros").isIntegralNumber()).isTrue();
    assertThat(line.toString()).doesNotContain("s3cret", "203.0.113.77", "evil");
  }

  @Test
  void theEventsPojoOfAwsIsReadAlike() throws Exception {
    APIGatewayV2HTTPEvent pojo =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRawPath(SIGNATURES)
            .withRawQueryString("a=b")
            .withHeaders(Map.of("cloudfront-viewer-country", "DE"))
            .withRequestContext(
                APIGatewayV2HTTPEvent.RequestContext.builder()
                    .withRequestId("pojo-1")
                    .withTimeEpoch(AT.toEpochMilli())
                    .withAuthorizer(
                        APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                            .withIam(APIGatewayV2HTTPEvent.RequestContext.IAM.builder().build())
                            .build())
                    .withHttp(
                        APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                            .withMethod("GET")
                            .withSourceIp("2001:db8:1:2::3")
                            .build())
                    .build())
            .build();
    Sent.Answered answer = GATEWAY.send(Sent.JSON.writeValueAsBytes(pojo));
    assertThat(answer.header("Location"))
        .contains("https://origin.example/files/bases/main.cvd?a=b");
    assertThat(answer.header("Decision-Id")).contains("pojo-1");
    assertThat(answer.line().path("network").asText()).isEqualTo("2001:db8:1::/48");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "\"x\"",
        "{",
        "{\"rawPath\":\"/\"}",
        "{\"rawPath\":1,\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
        "{\"rawPath\":\"/\",\"requestContext\":[]}",
        "{\"rawPath\":\"/\",\"requestContext\":{\"http\":\"GET\"}}",
        "{\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}} {}",
        "{\"requestContext\":{\"elb\":{}},\"httpMethod\":\"GET\",\"path\":\"/\"}"
      })
  void whatIsNoEventIsA400(String event) {
    Sent.Answered answer = GATEWAY.send(event.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Decision-Id")).contains("invocation-1");
  }

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void brokenEventsNeverThrowAndNeverServeTheRefused(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] event = Sent.get(SIGNATURES, "US", AT).toString().getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      event[random.nextInt(event.length)] = (byte) random.nextInt(256);
    }
    Sent.Answered answer = GATEWAY.send(event);
    // A byte of the country may have become another country; the time may have become an earlier
    // one.
    if (answer.status() == 302) {
      assertThat(answer.line().path("region").asText() + answer.line().path("time").asText())
          .isNotEqualTo("US" + AT);
    }
  }

  private static Sent registering(AgentRegistry.Registration registration) {
    return new Sent(ActivePolicySource.always(SHIPPED), _ -> registration, Map.of());
  }

  static Evaluator shipped() {
    try {
      return Evaluator.of(PolicyFiles.read(shippedFiles()));
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<PolicyFile> shippedFiles() {
    List<PolicyFile> files = new ArrayList<>();
    try (var paths = Files.list(Path.of("..", "policies"))) {
      for (Path path : paths.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        files.add(new PolicyFile(path.getFileName().toString(), Files.readString(path)));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
