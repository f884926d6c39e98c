package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/**
 * What a shared cache that is keyed on path, query, country and subdivision may keep, and no other.
 */
final class EdgeCachingTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final String SIGNATURES = "/bases/main.cvd";
  private static final String INFORMATION = "/advisories/2024-01.txt";
  private static final Evaluator BY_LOCATION = byLocationOnly();
  private static final AgentRegistry AMERICAN = _ -> new AgentRegistry.Found(Set.of("US"));
  private static final Map<String, String> ON = Map.of("EDGE_CACHING", "on");

  private final Sent shipped =
      new Sent(ActivePolicySource.always(UpdateHandlerTest.SHIPPED), AMERICAN, ON);
  private final Sent byLocation = new Sent(ActivePolicySource.always(BY_LOCATION), AMERICAN, ON);

  @Test
  void whatRestsOnThePlaceAloneIsForTheEdge() {
    assertThat(cacheControl(byLocation, Sent.get(SIGNATURES, "DE", AT)))
        .isEqualTo("public, s-maxage=3600, max-age=0, stale-if-error=0");
    assertThat(cacheControl(shipped, Sent.get(INFORMATION, "DE", AT)))
        .isEqualTo("public, s-maxage=3600, max-age=0, stale-if-error=0");
  }

  @Test
  void anAgentThatNamesItselfChangesNothingWhereItsAccountDoesNotMatter() {
    assertThat(
            cacheControl(
                byLocation, Sent.with(Sent.get(SIGNATURES, "DE", AT), "x-agent-id", "agent-1")))
        .startsWith("public, ");
  }

  @Test
  void whatAnAccountCouldChangeNowOrLaterIsForTheCallerAlone() {
    assertThat(cacheControl(shipped, Sent.get(SIGNATURES, "DE", AT)))
        .isEqualTo("private, max-age=3600, stale-if-error=0");
    assertThat(cacheControl(shipped, Sent.get(SIGNATURES, "DE", AT.minusSeconds(86_400))))
        .isEqualTo("private, max-age=3600, stale-if-error=0");
    // LocationReport where the policy refuses from the same instant on, an account can change
    // nothing.
    assertThat(cacheControl(shipped, Sent.get(SIGNATURES, "US", AT.minusSeconds(86_400))))
        .isEqualTo("public, s-maxage=3600, max-age=0, stale-if-error=0");
  }

  /** Whether any name is served depends on who the client is, not on the artifact alone. */
  @Test
  void aPathThatIsNotPortableIsForTheCallerAlone() {
    String path = "/advisories/setup.exe;.txt";
    assertThat(cacheControl(byLocation, Sent.get(INFORMATION, "DE", AT))).startsWith("public, ");
    for (Sent gateway : List.of(shipped, byLocation)) {
      assertThat(cacheControl(gateway, Sent.get(path, "DE", AT)))
          .isEqualTo("private, max-age=3600, stale-if-error=0");
      Instant before = Instant.parse("2024-07-20T04:00:00Z").minusSeconds(90);
      assertThat(cacheControl(gateway, Sent.get(path, "US", before)))
          .as("not served from the first phase on")
          .isEqualTo("private, max-age=90, stale-if-error=0");
    }
  }

  @ParameterizedTest(name = "{0} ms before: {1} s")
  @CsvSource({"1, 0", "999, 0", "1000, 1", "90500, 90", "3600000, 3600", "99999999, 3600"})
  void theEdgeKeepsNothingBeyondTheChange(long millis, long seconds) {
    assertThat(cacheControl(byLocation, Sent.get(SIGNATURES, "US", AT.minusMillis(millis))))
        .isEqualTo("public, s-maxage=" + seconds + ", max-age=0, stale-if-error=0");
  }

  @Test
  void aRefusalIsNeverKept() {
    for (Sent gateway : List.of(shipped, byLocation)) {
      for (String country : List.of("US", "")) {
        Sent.Answered answer = gateway.send(Sent.get(SIGNATURES, country, AT));
        assertThat(answer.status()).isEqualTo(451);
        assertThat(answer.header("Cache-Control")).contains("no-store");
      }
    }
  }

  @Test
  void aRequestThatCamePastTheEdgeIsNotForTheEdgeToKeep() {
    ObjectNode event = Sent.get("/threat-intelligence/feed.json", "DE", AT);
    assertThat(cacheControl(byLocation, event)).startsWith("public, ");
    ((ObjectNode) event.path("requestContext")).remove("authorizer");
    assertThat(cacheControl(byLocation, event)).startsWith("private, ");
  }

  @Test
  void theOverviewIsForTheCallerAlone() {
    assertThat(cacheControl(byLocation, Sent.get("/.well-known/update-policy", "DE", AT)))
        .startsWith("private, ");
  }

  @Test
  void withoutEdgeCachingEverythingIsForTheCallerAlone() {
    for (Map<String, String> off :
        List.<Map<String, String>>of(Map.of(), Map.of("EDGE_CACHING", "off"))) {
      Sent gateway = new Sent(ActivePolicySource.always(BY_LOCATION), AMERICAN, off);
      assertThat(cacheControl(gateway, Sent.get(SIGNATURES, "DE", AT)))
          .isEqualTo("private, max-age=3600, stale-if-error=0");
    }
  }

  private static String cacheControl(Sent gateway, ObjectNode event) {
    return gateway.send(event).header("Cache-Control").orElse("");
  }

  /** The shipped set without the registrations. */
  private static Evaluator byLocationOnly() {
    List<PolicyFile> files = new ArrayList<>();
    for (PolicyFile file : UpdateHandlerTest.shippedFiles()) {
      files.add(
          new PolicyFile(
              file.name(),
              file.text().replace("subjects: [located, registered]", "subjects: [located]")));
    }
    try {
      return Evaluator.of(PolicyFiles.read(files));
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }
}
