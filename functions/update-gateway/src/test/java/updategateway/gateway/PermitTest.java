package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** What is served because of a permit is told apart from what no policy refuses. */
final class PermitTest {
  private static final String LICENSED =
      """
      id: licensed
      title: A restriction with a licence
      authority: Somebody
      citation: Somewhere
      scope: {locations: [FR], subjects: [located, registered]}
      products: ["*"]
      phases:
        - id: updates
          from: 2024-01-01 00:00 UTC
          refuses: [signature-update, patch-update]
      permits:
        - id: signatures-only
          from: 2024-02-01 00:00 UTC
          until: 2024-03-01 00:00 UTC
          activities: [signature-update]
          citation: General licence 8
        - id: everything
          from: 2024-02-15 00:00 UTC
          until: 2024-02-20 00:00 UTC
          citation: General licence 9
      undetermined: refuse
      """;

  @ParameterizedTest(name = "{0}, registered in {1}, at {2}: {3} {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "FR, -,  2024-01-31T23:59:59.999Z, 451, -",
        "FR, -,  2024-02-01T00:00:00Z,     302, licensed/signatures-only instead of refuse",
        "'', -,  2024-02-01T00:00:00Z,     302, licensed/signatures-only instead of undetermined",
        "DE, FR, 2024-02-01T00:00:00Z,     302, licensed/signatures-only instead of refuse",
        "'', FR, 2024-02-01T00:00:00Z,     302, licensed/signatures-only instead of refuse",
        "DE, -,  2024-02-01T00:00:00Z,     302, -",
        "FR, -,  2024-02-16T00:00:00Z,     302, 'licensed/signatures-only instead of refuse,"
            + " licensed/everything instead of refuse'",
        "FR, -,  2024-02-29T23:59:59.999Z, 302, licensed/signatures-only instead of refuse",
        "FR, -,  2024-03-01T00:00:00Z,     451, -"
      })
  void theDecisionLineNamesThePermit(
      String country, @Nullable String registered, Instant at, int status, @Nullable String permits)
      throws Exception {
    ObjectNode event = Sent.get("/bases/main.cvd", country, at);
    if (registered != null) {
      Sent.with(event, "x-agent-id", "agent-1");
    }
    Sent.Answered answer = gateway(registered).send(event);
    assertThat(answer.status()).isEqualTo(status);
    List<String> named = new ArrayList<>();
    for (JsonNode use : answer.line().path("permits")) {
      assertThat(use.path("citation").asText()).startsWith("General licence");
      named.add(
          use.path("policy").asText()
              + "/"
              + use.path("permit").asText()
              + " instead of "
              + use.path("otherwise").asText());
    }
    assertThat(String.join(", ", named)).isEqualTo(permits == null ? "" : permits);
    assertThat(answer.line().has("permits")).isEqualTo(permits != null);
  }

  @Test
  void anExemptProductOrAnotherActivityIsServedWithoutAPermit() throws Exception {
    for (String path : List.of("/advisories/a.txt", "/products/vpn/patches/1.patch")) {
      Sent.Answered answer =
          gateway(null).send(Sent.get(path, "FR", Instant.parse("2024-02-01T00:00:00Z")));
      assertThat(answer.status()).isEqualTo(path.startsWith("/adv") ? 302 : 451);
      assertThat(answer.line().has("permits")).isFalse();
    }
  }

  static Sent gateway(@Nullable String registered) throws InvalidPolicyException {
    List<PolicyFile> files = new ArrayList<>(UpdateHandlerTest.shippedFiles());
    files.add(new PolicyFile("licensed.yaml", LICENSED));
    return new Sent(
        ActivePolicySource.always(Evaluator.of(PolicyFiles.read(files))),
        _ -> new AgentRegistry.Found(registered == null ? Set.of() : Set.of(registered)),
        Map.of());
  }
}
