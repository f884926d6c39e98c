package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/**
 * The line in the log says nothing of who asked: every field of an event in which a client, its
 * user or the edge says something that is nobody else's business is filled, each request is brought
 * to every end that there is, and the whole line is searched.
 */
final class NobodyInTheLogTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final String SIGNATURES = "/bases/main.cvd";
  private static final String HEADER_ID = "id-in-a-header";
  private static final String QUERY_ID = "id-in-the-query";
  private static final String USER = "user-of-basic";
  private static final String PROGRAM_ID = "id-in-the-program";
  private static final String BASIC = base64(USER + ":pass-of-basic");

  /** Where a client, its user, the edge or AWS writes each of them: see {@link #event}. */
  private static final List<String> SECRETS =
      List.of(
          HEADER_ID,
          QUERY_ID,
          USER,
          "pass-of-basic",
          BASIC,
          base64(USER),
          PROGRAM_ID,
          "another-id",
          "Program/1.0",
          "token-in-the-query",
          "cookie-of-a-header",
          "cookie-of-the-event",
          "key-of-a-header",
          "session-of-aws",
          "caller-of-the-edge",
          "page-before",
          "203.0.113.77",
          "203.0.113.78",
          "198.51.100.23",
          "2001:db8:1:2:3:4:5:6",
          "3:4:5:6",
          "secret-number-one",
          "secret-number-two",
          "word-that-is-no-json");

  /** The edge's signature stands where a user name would, so that one cannot be asked for both. */
  private static final Map<String, String> BEHIND_A_SECRET =
      Map.of(
          "REGION_EVIDENCE",
          "cloudfront-secret",
          "EDGE_SECRETS",
          "secret-number-two,secret-number-three",
          "RECORD_EVENTS_PER_MILLION",
          "1000000");

  private static final Set<String> RECORDED = Set.of("serve", "refuse", "overview");

  private static final AgentRegistry NOWHERE = _ -> new AgentRegistry.Found(Set.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "header:x-agent-id",
        "query:id",
        "basic",
        "user-agent:Program/1\\.0 \\(([^)]*)\\)"
      })
  void whateverBecomesOfARequestItsLineNamesNobody(String source) throws Exception {
    Map<String, String> settings = with(BEHIND_A_SECRET, Map.of("AGENT_ID_FROM", source));
    Sent usual = gateway(NOWHERE, settings);
    nobody(302, "serve", usual, event(SIGNATURES, "DE"));
    nobody(451, "refuse", usual, event(SIGNATURES, "US"));
    nobody(451, "undetermined", usual, event(SIGNATURES, ""));
    nobody(200, "overview", usual, event("/.well-known/update-policy", "DE"));
    nobody(400, "malformed", usual, event("/a/../b", "DE"));
    nobody(400, "malformed", usual, event("/advisories/setup.exe;.txt", "US"));
    nobody(414, "malformed", usual, event("/" + "a".repeat(9_000), "DE"));
    nobody(431, "malformed", usual, overlong());
    nobody(405, "method-not-allowed", usual, Sent.method(event(SIGNATURES, "DE"), "POST"));
    nobody(302, "serve", usual, Sent.method(event(SIGNATURES, "DE"), "HEAD"));
    nobody(400, "malformed", usual, ofALoadBalancer());
    nobody(451, "undetermined", usual, notOfTheEdge());

    // What becomes of the account.
    AgentRegistry american = _ -> new AgentRegistry.Found(Set.of("US"));
    nobody(451, "refuse", gateway(american, settings), event(SIGNATURES, "DE"));
    AgentRegistry down = _ -> new AgentRegistry.Unavailable("down");
    nobody(451, "undetermined", gateway(down, settings), event(SIGNATURES, "DE"));
    AgentRegistry odd = _ -> new AgentRegistry.Found(Set.of("Mars"));
    nobody(451, "undetermined", gateway(odd, settings), event(SIGNATURES, "DE"));
    nobody(451, "undetermined", usual, withAnIdThatCannotBeRead(source));

    // What goes wrong here.
    nobody(503, "no-policy", new Sent(Optional::empty, NOWHERE, settings), event(SIGNATURES, "DE"));
    Sent broken =
        new Sent(
            () -> {
              throw new IllegalStateException("broken on purpose");
            },
            NOWHERE,
            settings);
    nobody(503, "error", broken, event(SIGNATURES, "DE"));
    AgentRegistry fault =
        _ -> {
          throw new IllegalStateException("broken on purpose");
        };
    nobody(503, "error", gateway(fault, settings), event(SIGNATURES, "DE"));
    Sent checked = gateway(NOWHERE, with(settings, Map.of("MAX_CLOCK_SKEW_SECONDS", "300")));
    ObjectNode early = event(SIGNATURES, "DE");
    ((ObjectNode) early.path("requestContext")).put("timeEpoch", 1L);
    nobody(302, "serve", checked, early);

    // What is no event at all.
    for (String text :
        List.of(
            "{\"headers\":{\"cookie\":word-that-is-no-json}}",
            "word-that-is-no-json",
            "{\"rawPath\":\"/?token-in-the-query\"}",
            event(SIGNATURES, "DE").toString().substring(0, 700),
            event(SIGNATURES, "DE") + "word-that-is-no-json")) {
      nobody(400, "malformed", usual.send(text.getBytes(StandardCharsets.UTF_8)), text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloudfront", "cloudfront-secret"})
  void howeverTheEdgeIsBelievedItsLineNamesNobody(String evidence) {
    Map<String, String> settings =
        evidence.equals("cloudfront-secret")
            ? Map.of(
                "REGION_EVIDENCE",
                evidence,
                "EDGE_SECRETS",
                "secret-number-one,secret-number-three",
                "RECORD_EVENTS_PER_MILLION",
                "1000000")
            : Map.of("REGION_EVIDENCE", evidence, "RECORD_EVENTS_PER_MILLION", "1000000");
    for (String country : List.of("DE", "US", "XX", "")) {
      for (String secret : List.of("secret-number-one", "secret-number-two", "")) {
        ObjectNode event = event(SIGNATURES, country);
        Sent.with(event, "x-edge-secret", secret);
        for (String address : List.of("203.0.113.77", "2001:db8:1:2:3:4:5:6")) {
          ((ObjectNode) event.at("/requestContext/http")).put("sourceIp", address);
          Sent.with(event, "cloudfront-viewer-address", viewer(address));
          Sent.Answered answer = gateway(NOWHERE, settings).send(event);
          nobody(answer.status(), answer.line().path("outcome").asText(), answer, "" + event);
        }
      }
    }
  }

  private static String viewer(String address) {
    return address.contains(":") ? "[" + address + "]:443" : address + ":443";
  }

  private static void nobody(int status, String outcome, Sent gateway, ObjectNode event) {
    nobody(status, outcome, gateway.send(event), event.toString());
  }

  private static void nobody(int status, String outcome, Sent.Answered answer, String event) {
    assertThat(answer.status()).as(event).isEqualTo(status);
    assertThat(answer.line().path("outcome").asText()).as(event).isEqualTo(outcome);
    assertThat(answer.line().toString()).doesNotContainIgnoringCase(SECRETS.toArray(String[]::new));
    if (RECORDED.contains(outcome) && status < 500 && !answer.line().has("remark")) {
      assertThat(answer.sample()).as(event).startsWith("{\"expect\":");
    }
    assertThat(answer.sample()).doesNotContainIgnoringCase(SECRETS.toArray(String[]::new));
  }

  private static Sent gateway(AgentRegistry agents, Map<String, String> settings) {
    return new Sent(ActivePolicySource.always(UpdateHandlerTest.SHIPPED), agents, settings);
  }

  private static Map<String, String> with(Map<String, String> one, Map<String, String> other) {
    Map<String, String> both = new HashMap<>(one);
    both.putAll(other);
    return both;
  }

  /** A GET with all that it can say of whoever asks. */
  private static ObjectNode event(String path, String country) {
    ObjectNode event = Sent.get(path, country, AT);
    event.put("rawQueryString", "token=token-in-the-query&id=" + QUERY_ID);
    event.putArray("cookies").add("c=cookie-of-the-event");
    Sent.with(event, "authorization", "Basic " + BASIC);
    Sent.with(event, "cookie", "c=cookie-of-a-header");
    Sent.with(event, "user-agent", "Program/1.0 (" + PROGRAM_ID + ")");
    Sent.with(event, "x-agent-id", HEADER_ID);
    Sent.with(event, "x-api-key", "key-of-a-header");
    Sent.with(event, "x-amz-security-token", "session-of-aws");
    Sent.with(event, "x-edge-secret", "secret-number-two");
    Sent.with(event, "x-forwarded-for", "198.51.100.23, 203.0.113.78");
    Sent.with(event, "x-real-ip", "198.51.100.23");
    Sent.with(event, "cloudfront-viewer-address", "203.0.113.78:443");
    Sent.with(event, "referer", "https://example/page-before");
    ObjectNode context = (ObjectNode) event.path("requestContext");
    ((ObjectNode) context.path("http")).put("userAgent", "Program/1.0 (" + PROGRAM_ID + ")");
    ((ObjectNode) context.path("authorizer").path("iam"))
        .put("accessKey", "caller-of-the-edge")
        .put("userArn", "arn:aws:iam::1:user/caller-of-the-edge");
    return event;
  }

  private static ObjectNode withAnIdThatCannotBeRead(String source) {
    ObjectNode event = event(SIGNATURES, "DE");
    return switch (source.substring(0, source.contains(":") ? source.indexOf(':') : 5)) {
      case "header" -> Sent.with(event, "x-agent-id", HEADER_ID + ",another-id");
      case "query" -> event.put("rawQueryString", "id=" + QUERY_ID + "&id=another-id");
      case "basic" -> Sent.with(event, "authorization", "Basic " + base64(USER));
      default -> {
        String program = "Program/1.0 (" + PROGRAM_ID + ") Program/1.0 (another-id)";
        yield Sent.with(event, "user-agent", program);
      }
    };
  }

  private static ObjectNode overlong() {
    ObjectNode event = event(SIGNATURES, "DE");
    return Sent.with(event, "x-more", "another-id".repeat(5_000));
  }

  private static ObjectNode notOfTheEdge() {
    return Sent.with(event(SIGNATURES, "DE"), "x-edge-secret", "secret-number-one");
  }

  private static ObjectNode ofALoadBalancer() {
    ObjectNode event = event(SIGNATURES, "DE");
    event.put("httpMethod", "GET").put("path", SIGNATURES);
    event.putObject("queryStringParameters").put("id", QUERY_ID).put("t", "token-in-the-query");
    event.putObject("requestContext").putObject("elb").put("targetGroupArn", "arn");
    return event;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
