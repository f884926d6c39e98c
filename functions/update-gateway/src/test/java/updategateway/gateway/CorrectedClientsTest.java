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

/** Clients whom the operator knows to be elsewhere than the edge says. */
final class CorrectedClientsTest {
  private static final String SIGNATURES = "/bases/main.cvd";
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());

  private static final String CORRECTIONS =
      """
      corrections:
        - id: office-in-leipzig
          address: 198.41.7.0/24
          place: DE
          because: secret reasons
          approved-by: Jo Doe
          from: 2026-11-01T00:00:00Z
          until: 2026-12-01T00:00:00Z
        - id: one-desk-in-ohio
          address: 198.41.7.65/32
          place: US
          because: secret reasons
          approved-by: Jo Doe
          from: 2026-11-10T00:00:00Z
          until: 2026-11-20T00:00:00Z
        - id: ship
          agent: agent-7
          place: PR
          because: secret reasons
          approved-by: Jo Doe
          from: 2026-11-01T00:00:00Z
          until: 2026-12-01T00:00:00Z
        - id: wanderer
          agent: agent-8
          place: DE
          because: secret reasons
          approved-by: Jo Doe
          from: 2026-11-01T00:00:00Z
          until: 2026-12-01T00:00:00Z
      """;

  private static final Sent GATEWAY = gateway(Map.of(), NOBODY);

  @ParameterizedTest(name = "{0} by the edge, from {1} as {2} at {3}: {4}, {5} by {6}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          US, 198.41.7.1,         -,       2026-11-15T00:00:00Z, 302, DE,      correction office-in-leipzig
          US, 198.41.7.1,         -,       2026-11-01T00:00:00Z, 302, DE,      correction office-in-leipzig
          US, 198.41.7.1,         -,       2026-10-31T23:59:59.999Z, 451, US,  cloudfront-viewer-country
          US, 198.41.7.1,         -,       2026-11-30T23:59:59.999Z, 302, DE,  correction office-in-leipzig
          US, 198.41.7.1,         -,       2026-12-01T00:00:00Z, 451, US,      cloudfront-viewer-country
          US, 198.41.8.1,         -,       2026-11-15T00:00:00Z, 451, US,      cloudfront-viewer-country
          '', 198.41.7.1,         -,       2026-11-15T00:00:00Z, 302, DE,      correction office-in-leipzig
          '', 198.41.8.1,         -,       2026-11-15T00:00:00Z, 451, unknown, cloudfront-viewer-country
          DE, 198.41.7.65,        -,       2026-11-15T00:00:00Z, 451, US,      correction one-desk-in-ohio
          US, 198.41.7.65,        -,       2026-11-09T00:00:00Z, 302, DE,      correction office-in-leipzig
          US, 198.41.7.65,        -,       2026-11-20T00:00:00Z, 302, DE,      correction office-in-leipzig
          US, ::ffff:198.41.7.1,  -,       2026-11-15T00:00:00Z, 302, DE,      correction office-in-leipzig
          US, 2600::1,            -,       2026-11-15T00:00:00Z, 451, US,      cloudfront-viewer-country
          DE, 198.41.8.1,         agent-7, 2026-11-15T00:00:00Z, 451, US-PR,   correction ship
          DE, 198.41.8.1,         agent-7, 2026-12-01T00:00:00Z, 302, DE,      cloudfront-viewer-country
          US, 198.41.8.1,         agent-8, 2026-11-15T00:00:00Z, 451, US,      cloudfront-viewer-country
          '', 198.41.8.1,         agent-8, 2026-11-15T00:00:00Z, 451, unknown, 'cloudfront-viewer-country,correction wanderer'
          '', 198.41.8.1,         agent-7, 2026-11-15T00:00:00Z, 451, US-PR,   correction ship
          US, 198.41.7.1,         agent-7, 2026-11-15T00:00:00Z, 451, US-PR,   correction ship
          US, 198.41.7.1,         agent-8, 2026-11-15T00:00:00Z, 302, DE,      'correction office-in-leipzig,correction wanderer'
          """)
  void aCorrectionIsAPlaceAndAnAgentsOwnWordOnlyEverMakesItStricter(
      String country,
      String address,
      @Nullable String agent,
      Instant time,
      int status,
      String region,
      String source) {
    Sent.Answered answer = GATEWAY.send(event(country, address, agent, time));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.line().path("region").asText()).isEqualTo(region);
    assertThat(answer.line().path("regionSource").asText()).isEqualTo(source);
  }

  @Test
  void theLineAndTheRefusalNameTheCorrectionAndKeepItsReasonsToThemselves() throws Exception {
    ObjectNode event = event("DE", "198.41.7.65", null, Instant.parse("2026-11-15T00:00:00Z"));
    Sent.Answered answer = GATEWAY.send(Sent.with(event, "accept", "application/json"));
    JsonNode problem = Sent.JSON.readTree(answer.body());
    assertThat(problem.path("region").asText()).isEqualTo("US");
    assertThat(problem.path("regionSource").asText()).isEqualTo("correction one-desk-in-ohio");
    assertThat(problem.path("detail").asText()).contains("this request comes from US.");
    assertThat(answer.line().path("corrections").toString()).isEqualTo("[\"one-desk-in-ohio\"]");
    assertThat(answer.body() + answer.line()).doesNotContain("secret", "Jo Doe");
    JsonNode elsewhere =
        GATEWAY.send(event("DE", "198.41.8.1", null, Instant.parse("2026-11-15T00:00:00Z"))).line();
    assertThat(elsewhere.has("corrections")).isFalse();
  }

  @ParameterizedTest(name = "edge {0}, {1} as {2}: {3}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          DE | 198.41.7.65 | -       | cloudfront-viewer-country says DE, correction one-desk-in-ohio says US
          US | 198.41.7.1  | -       | cloudfront-viewer-country says US, correction office-in-leipzig says DE
          US | 198.41.7.65 | -       | -
          DE | 198.41.7.1  | -       | -
          US | 198.41.8.1  | agent-7 | -
          FR | 198.41.8.1  | agent-7 | cloudfront-viewer-country says FR, correction ship says US-PR
          '' | 198.41.7.1  | -       | -
          """)
  void whatACorrectionOverridesStaysInTheLineAndADisagreementIsCounted(
      String country, String address, @Nullable String agent, @Nullable String conflict) {
    for (String path : List.of(SIGNATURES, "/.well-known/update-policy")) {
      ObjectNode event = event(country, address, agent, Instant.parse("2026-11-15T00:00:00Z"));
      JsonNode line = GATEWAY.send(event.put("rawPath", path)).line();
      JsonNode said = line.path("evidence").path(0);
      assertThat(said.path("source").asText()).isEqualTo("cloudfront-viewer-country");
      assertThat(said.path("place").asText()).isEqualTo(country);
      assertThat(line.path("evidence")).hasSize(1);
      assertThat(line.path("conflict").asText(null)).isEqualTo(conflict);
      assertThat(line.path("EvidenceConflicts").asInt()).isEqualTo(conflict == null ? 0 : 1);
    }
    JsonNode elsewhere =
        GATEWAY.send(event("DE", "198.41.8.1", null, Instant.parse("2026-11-15T00:00:00Z"))).line();
    assertThat(elsewhere.has("evidence")).isFalse();
  }

  @Test
  void aServedClientIsToldWhenItsCorrectionEnds() {
    Sent.Answered answer =
        GATEWAY.send(event("US", "198.41.7.1", null, Instant.parse("2026-11-30T23:58:30Z")));
    assertThat(answer.header("Sunset")).contains("Tue, 01 Dec 2026 00:00:00 GMT");
    assertThat(answer.header("Cache-Control")).contains("private, max-age=90, stale-if-error=0");
    Sent.Answered before =
        GATEWAY.send(event("DE", "198.41.7.65", null, Instant.parse("2026-11-09T23:59:00Z")));
    assertThat(before.header("Cache-Control")).contains("private, max-age=60, stale-if-error=0");
    Sent.Answered german =
        GATEWAY.send(event("DE", "198.41.7.1", null, Instant.parse("2026-11-30T23:58:30Z")));
    assertThat(german.header("Sunset")).isEmpty();
  }

  @Test
  void anAddressThatNobodyProvesIsNotCorrected() {
    ObjectNode unproven = event("US", "198.41.7.1", null, Instant.parse("2026-11-15T00:00:00Z"));
    ((ObjectNode) unproven.path("requestContext")).remove("authorizer");
    assertThat(GATEWAY.send(unproven).status()).isEqualTo(451);
    ObjectNode forwarded = event("US", "198.41.8.1", null, Instant.parse("2026-11-15T00:00:00Z"));
    Sent.with(forwarded, "x-forwarded-for", "198.41.7.1");
    Sent.with(forwarded, "x-real-ip", "198.41.7.1");
    assertThat(GATEWAY.send(forwarded).status()).isEqualTo(451);
    ObjectNode twice = event("US", "198.41.7.1", null, Instant.parse("2026-11-15T00:00:00Z"));
    Sent.with(twice, "cloudfront-viewer-address", "198.41.8.1:1,198.41.7.1:2");
    assertThat(GATEWAY.send(twice).status()).isEqualTo(451);
  }

  @Test
  void anAccountCountsWhereverTheClientIs() {
    Sent gateway = gateway(Map.of(), _ -> new AgentRegistry.Found(Set.of("US")));
    Instant time = Instant.parse("2026-11-15T00:00:00Z");
    assertThat(gateway.send(event("US", "198.41.7.1", "agent-1", time)).status()).isEqualTo(451);
    assertThat(gateway.send(event("US", "198.41.7.1", null, time)).status()).isEqualTo(302);
  }

  @Test
  void theOverviewIsOfTheCorrectedPlace() throws Exception {
    ObjectNode event = event("US", "198.41.7.1", null, Instant.parse("2026-11-15T00:00:00Z"));
    event.put("rawPath", "/.well-known/update-policy");
    JsonNode overview = Sent.JSON.readTree(GATEWAY.send(event).body());
    assertThat(overview.path("region").asText()).isEqualTo("DE");
    assertThat(overview.path("regionSource").asText()).isEqualTo("correction office-in-leipzig");
    for (JsonNode entry : overview.path("entries")) {
      assertThat(entry.path("outcome").asText()).isEqualTo("serve");
    }
    assertThat(overview.path("entries").toString())
        .contains("\"until\":\"2026-12-01T00:00:00Z\",\"then\":\"refuse\"");
  }

  @Test
  void theEdgeKeepsNothingThatACorrectionCouldChange() {
    Map<String, String> on = Map.of("EDGE_CACHING", "on");
    Sent gateway = gateway(on, NOBODY);
    Instant time = Instant.parse("2026-11-15T00:00:00Z");
    ObjectNode german = event("DE", "198.41.8.1", null, time);
    assertThat(gateway.send(german).header("Cache-Control").orElse("")).startsWith("private, ");
    german.put("rawPath", "/advisories/2024-01.txt");
    assertThat(gateway.send(german).header("Cache-Control").orElse("")).startsWith("public, ");
    // The same policies, to whom accounts do not matter.
    Sent byLocation = new Sent(ActivePolicySource.always(policies(true)), NOBODY, on);
    assertThat(
            byLocation
                .send(event("DE", "198.41.8.1", null, time))
                .header("Cache-Control")
                .orElse(""))
        .startsWith("private, ");
    assertThat(
            byLocation
                .send(event("DE", "198.41.8.1", null, Instant.parse("2026-12-01T00:00:00Z")))
                .header("Cache-Control")
                .orElse(""))
        .startsWith("public, ");
  }

  private static ObjectNode event(
      String country, String address, @Nullable String agent, Instant time) {
    ObjectNode event = Sent.get(SIGNATURES, country, time);
    Sent.with(event, "cloudfront-viewer-address", address + ":44321");
    return agent == null ? event : Sent.with(event, "x-agent-id", agent);
  }

  private static Sent gateway(Map<String, String> settings, AgentRegistry agents) {
    return new Sent(ActivePolicySource.always(policies(false)), agents, settings);
  }

  private static Evaluator policies(boolean byLocationOnly) {
    List<PolicyFile> files = new ArrayList<>();
    for (PolicyFile file : UpdateHandlerTest.shippedFiles()) {
      if (!file.name().equals(PolicyFiles.CORRECTIONS)) {
        files.add(
            byLocationOnly
                ? new PolicyFile(
                    file.name(),
                    file.text().replace("subjects: [located, registered]", "subjects: [located]"))
                : file);
      }
    }
    files.add(new PolicyFile(PolicyFiles.CORRECTIONS, CORRECTIONS));
    try {
      return Evaluator.of(PolicyFiles.read(files));
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }
}
