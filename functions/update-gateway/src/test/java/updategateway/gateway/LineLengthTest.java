package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import updategateway.gateway.decisionlog.DecisionLogEntry;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/** No line of the log is longer than its limit, whatever is in a request and in the policies. */
final class LineLengthTest {
  private static final int POLICIES = 60;
  private static final Evaluator MANY = many();

  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");

  private static final List<String> PIECES =
      List.of(
          "a",
          "/",
          "\"",
          "\\",
          "\u0001",
          "\u001f",
          "\n",
          "\u00fc",
          "\u20ac",
          "\ud83d\ude00",
          "%20",
          "%C3%BC",
          "+",
          "US",
          "<",
          "\u2028",
          "\ud83d");

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void whateverIsAskedItsLineIsShort(@ForAll long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Sent gateway =
        new Sent(
            ActivePolicySource.always(MANY),
            _ -> {
              if (random.nextInt(4) == 0) {
                throw new IllegalStateException(text(random, 20_000));
              }
              return random.nextBoolean()
                  ? new AgentRegistry.Unavailable(text(random, 20_000))
                  : new AgentRegistry.Found(
                      Set.of(random.nextBoolean() ? "US" : text(random, 900)));
            },
            Map.of("AGENT_ID_FROM", random.nextBoolean() ? "header:x-agent-id" : "query:id"));
    String path = random.nextBoolean() ? "/" + text(random, 9_000) : "/bases/" + "a".repeat(8_000);
    ObjectNode event = Sent.get(path, random.nextBoolean() ? "US" : text(random, 9_000), AT);
    ObjectNode context = (ObjectNode) event.path("requestContext");
    if (random.nextInt(4) == 0) {
      Sent.method(event, text(random, 9_000));
    }
    if (random.nextInt(4) == 0) {
      context.put("stage", text(random, 9_000));
    }
    if (random.nextInt(4) == 0) {
      context.put("requestId", text(random, 9_000));
    }
    if (random.nextInt(4) == 0) {
      ((ObjectNode) context.path("http")).put("sourceIp", text(random, 9_000));
    }
    Sent.with(event, "x-agent-id", text(random, 3_000));
    Sent.with(event, "cloudfront-viewer-address", text(random, 900));
    event.put("rawQueryString", "id=" + text(random, 3_000));
    Sent.Answered answer = gateway.send(event);
    // Without spaces, as it was written.
    assertThat(answer.line().toString().getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(DecisionLogEntry.MAX_BYTES);
  }

  @Test
  void ofALongPathTheBeginningTheLengthAndTheHashAreKept() throws Exception {
    String path = "/bases/" + "b".repeat(600);
    Sent gateway =
        new Sent(ActivePolicySource.always(MANY), _ -> new AgentRegistry.Found(Set.of()), Map.of());
    Sent.Answered answer = gateway.send(Sent.get(path, "DE", AT));
    assertThat(answer.line().path("path").asText()).isEqualTo(path.substring(0, 512));
    assertThat(answer.line().path("pathLength").asInt()).isEqualTo(607);
    assertThat(answer.line().path("pathSha256").asText())
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(path.getBytes(StandardCharsets.US_ASCII))));
    Sent.Answered whole = gateway.send(Sent.get(path.substring(0, 512), "DE", AT));
    assertThat(whole.line().path("path").asText()).isEqualTo(path.substring(0, 512));
    assertThat(whole.line().has("pathLength")).isFalse();
    assertThat(whole.line().has("pathSha256")).isFalse();
  }

  @Test
  void ofManyPoliciesTheFirstAndTheirNumberAreKept() {
    Sent gateway =
        new Sent(ActivePolicySource.always(MANY), _ -> new AgentRegistry.Found(Set.of()), Map.of());
    Sent.Answered answer = gateway.send(Sent.get("/bases/main.cvd", "US", AT));
    assertThat(answer.status()).isEqualTo(451);
    assertThat(answer.line().path("policies").size()).isEqualTo(8);
    assertThat(answer.line().path("policiesInAll").asInt()).isEqualTo(POLICIES);
  }

  private static Evaluator many() {
    List<PolicyFile> files = new ArrayList<>();
    files.add(
        new PolicyFile(
            "catalog.yaml",
            """
            routes:
              - {path: /bases/**, product: endpoint-security, activity: signature-update}
            """));
    for (int i = 0; i < POLICIES; i++) {
      files.add(
          new PolicyFile(
              "policy-" + i + ".yaml",
              """
              id: a-policy-with-a-name-that-is-as-long-as-names-are-when-many-words-%d
              title: A cut-off
              authority: Somebody
              citation: Somewhere
              scope: {locations: [US], subjects: [located, registered]}
              products: ["*"]
              phases:
                - id: a-phase-with-a-name-that-is-as-long-as-names-are-when-many-words
                  from: 2024-09-29 00:00 America/New_York
                  refuses: [signature-update, patch-update, unclassified]
              undetermined: refuse
              """
                  .formatted(i)));
    }
    try {
      return Evaluator.of(PolicyFiles.read(files));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(SplittableRandom random, int longest) {
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    int length = random.nextInt(3) == 0 ? longest : random.nextInt(1, 40);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(random.nextBoolean() ? piece : PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
