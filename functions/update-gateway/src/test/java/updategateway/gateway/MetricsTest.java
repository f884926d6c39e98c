package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import updategateway.gateway.decisionlog.DecisionLogEntry;
import updategateway.gateway.decisionlog.DecisionLogWriter;
import updategateway.gateway.decisionlog.Metric;
import updategateway.gateway.decisionlog.RefreshLogEntry;
import updategateway.policy.set.Digest;
import updategateway.region.AgentRegistry;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.FailureCause;
import updategateway.store.refresh.ActivePolicySource;
import updategateway.store.refresh.RefreshListener;

/** What CloudWatch makes of the lines in the log, by its own specification of the format. */
final class MetricsTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final String SIGNATURES = "/bases/main.cvd";
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());

  private final Sent gateway = gateway(Map.of());

  MetricsTest() {
    gateway.send(Sent.get(SIGNATURES, "DE", AT));
  }

  private static Sent gateway(Map<String, String> settings) {
    return new Sent(ActivePolicySource.always(UpdateHandlerTest.SHIPPED), NOBODY, settings);
  }

  @Test
  void eachOutcomeIsCounted() {
    assertThat(of(gateway, Sent.get(SIGNATURES, "DE", AT))).isEqualTo(Map.of("Served", 1L));
    assertThat(of(gateway, Sent.get(SIGNATURES, "US", AT))).isEqualTo(Map.of("Refused", 1L));
    assertThat(of(gateway, Sent.get(SIGNATURES, "", AT))).isEqualTo(Map.of("Undetermined", 1L));
    assertThat(of(gateway, Sent.get("/a/../b", "DE", AT))).isEqualTo(Map.of("Malformed", 1L));
    assertThat(metrics(gateway.send("{}".getBytes(StandardCharsets.UTF_8)).line()))
        .isEqualTo(Map.of("Malformed", 1L));
  }

  @Test
  void theFirstRequestOfAProcessIsAColdStart() {
    Sent fresh = gateway(Map.of());
    Sent.Answered first = fresh.send(Sent.get(SIGNATURES, "DE", AT));
    assertThat(metrics(first.line())).isEqualTo(Map.of("Served", 1L, "ColdStarts", 1L));
    assertThat(first.line().path("coldStart").asBoolean()).isTrue();
    Sent.Answered second = fresh.send(Sent.get(SIGNATURES, "DE", AT));
    assertThat(metrics(second.line())).isEqualTo(Map.of("Served", 1L));
    assertThat(second.line().has("coldStart")).isFalse();
  }

  @Test
  void whatIsNotAnsweredByAPolicyIsCounted() {
    Sent none = new Sent(Optional::empty, NOBODY, Map.of());
    assertThat(of(none, Sent.get(SIGNATURES, "DE", AT))).containsEntry("NoPolicy", 1L);
    Sent broken =
        new Sent(
            () -> {
              throw new IllegalStateException("broken on purpose");
            },
            NOBODY,
            Map.of());
    assertThat(of(broken, Sent.get(SIGNATURES, "DE", AT))).containsEntry("Faults", 1L);
  }

  @Test
  void aRequestThatDidNotComeThroughTheEdgeIsCountedWhateverItAsksFor() {
    for (String path : List.of(SIGNATURES, "/a/../b", "/.well-known/update-policy")) {
      ObjectNode event = Sent.get(path, "DE", AT);
      ((ObjectNode) event.path("requestContext")).remove("authorizer");
      assertThat(of(gateway, event)).containsEntry("EdgeUnproven", 1L);
    }
  }

  @Test
  void accountsThatCannotBeHadAndClocksThatDisagreeAreCounted() {
    for (AgentRegistry.Registration answer :
        List.of(new AgentRegistry.Unavailable("down"), new AgentRegistry.Found(Set.of("Mars")))) {
      Sent down =
          new Sent(ActivePolicySource.always(UpdateHandlerTest.SHIPPED), _ -> answer, Map.of());
      assertThat(of(down, Sent.with(Sent.get(SIGNATURES, "DE", AT), "x-agent-id", "agent-1")))
          .containsEntry("AgentsUnavailable", 1L);
    }
    for (Set<String> places : List.of(Set.<String>of(), Set.of("FR"))) {
      Sent asked =
          new Sent(
              ActivePolicySource.always(UpdateHandlerTest.SHIPPED),
              _ -> new AgentRegistry.Found(places),
              Map.of());
      Map<String, Long> metrics =
          of(asked, Sent.with(Sent.get(SIGNATURES, "DE", AT), "x-agent-id", "agent-1"));
      assertThat(metrics.getOrDefault("AgentsAbsent", 0L)).isEqualTo(places.isEmpty() ? 1L : 0L);
      assertThat(of(asked, Sent.get(SIGNATURES, "DE", AT))).doesNotContainKey("AgentsAbsent");
    }
    Sent checked = gateway(Map.of("MAX_CLOCK_SKEW_SECONDS", "300"));
    assertThat(of(checked, Sent.get(SIGNATURES, "DE", Sent.CLOCK.minusSeconds(301))))
        .containsEntry("ClockSkewed", 1L);
    assertThat(of(checked, Sent.get(SIGNATURES, "DE", Sent.CLOCK.minusSeconds(300))))
        .doesNotContainKey("ClockSkewed");
  }

  @Test
  void theAgeOfTheAddressDatabaseIsReportedAtColdStartsAndWhileItIsStale() throws Exception {
    assertThat(ofProcess(false, Duration.ofDays(29), false).has("_aws")).isFalse();
    assertThat(metrics(ofProcess(true, Duration.ofDays(29), false)))
        .isEqualTo(Map.of("ColdStarts", 1L, "GeoDatabaseAgeDays", 29L));
    assertThat(metrics(ofProcess(false, Duration.ofDays(31), true)))
        .isEqualTo(Map.of("GeoDatabaseStale", 1L, "GeoDatabaseAgeDays", 31L));
  }

  private static JsonNode ofProcess(boolean isColdStart, Duration age, boolean isStale)
      throws Exception {
    return read(
        DecisionLogWriter.json(
            new DecisionLogEntry("1", 200, "overview", null, null, null, null, null, null),
            new DecisionLogEntry.ProcessInfo(
                "f", isColdStart, new DecisionLogEntry.GeoDatabaseAge(Instant.EPOCH, age, isStale)),
            Duration.ZERO,
            AT));
  }

  @Test
  void refreshesSayHowOldThePolicyIs() throws Exception {
    assertThat(refresh(new RefreshListener.Loaded(new Digest("a".repeat(64)))))
        .isEqualTo(Map.of("PolicyAgeSeconds", 0L));
    assertThat(
            refresh(
                new RefreshListener.Failed(
                    FailureCause.THROTTLED, "a\n\"b\"", Duration.ofSeconds(95))))
        .isEqualTo(Map.of("RefreshFailures", 1L, "PolicyAgeSeconds", 95L));
    assertThat(
            refresh(
                new RefreshListener.Rejected(
                    CorruptionKind.ALTERED, "corrupt", Duration.ofSeconds(31))))
        .isEqualTo(Map.of("PolicyRejected", 1L, "PolicyAgeSeconds", 31L));
    assertThat(
            refresh(new RefreshListener.Failed(FailureCause.NO_TABLE, "none was ever had", null)))
        .isEqualTo(Map.of("RefreshFailures", 1L));
  }

  @Test
  void aRefreshThatFailsNamesItsCauseForAMachine() throws Exception {
    for (FailureCause trouble : FailureCause.values()) {
      JsonNode line = line(new RefreshListener.Failed(trouble, "in words", null));
      assertThat(line.path("event").asText()).isEqualTo("policy-refresh-failed");
      assertThat(line.path("cause").asText()).isEqualTo(trouble.code()).matches("[a-z]+(-[a-z]+)*");
      assertThat(line.path("detail").asText()).isEqualTo("in words");
    }
    for (CorruptionKind defect : CorruptionKind.values()) {
      JsonNode line = line(new RefreshListener.Rejected(defect, "in words", null));
      assertThat(line.path("event").asText()).isEqualTo("policy-rejected");
      assertThat(line.path("cause").asText()).isEqualTo(defect.code()).matches("[a-z]+(-[a-z]+)*");
      assertThat(line.path("detail").asText()).isEqualTo("in words");
    }
    JsonNode loaded = line(new RefreshListener.Loaded(new Digest("a".repeat(64))));
    assertThat(loaded.path("event").asText()).isEqualTo("policy-loaded");
    assertThat(loaded.has("cause")).isFalse();
    assertThat(loaded.path("detail").asText()).isEqualTo("a".repeat(64));
  }

  @Test
  void twoStacksInOneAccountAreToldApart() {
    Sent named = gateway(Map.of("AWS_LAMBDA_FUNCTION_NAME", "staging-UpdateGateway-1"));
    JsonNode line = named.send(Sent.get(SIGNATURES, "DE", AT)).line();
    assertThat(line.path(Metric.DIMENSION).asText()).isEqualTo("staging-UpdateGateway-1");
    assertThat(metrics(line)).containsEntry("Served", 1L);
  }

  private static Map<String, Long> of(Sent gateway, ObjectNode event) {
    Map<String, Long> metrics = metrics(gateway.send(event).line());
    metrics.remove("ColdStarts");
    return metrics;
  }

  private static Map<String, Long> refresh(RefreshListener.Event event) throws IOException {
    return metrics(line(event));
  }

  private static JsonNode line(RefreshListener.Event event) throws IOException {
    return read(RefreshLogEntry.json(event, AT, "f"));
  }

  private static JsonNode read(byte[] line) throws IOException {
    String text = new String(line, StandardCharsets.UTF_8);
    assertThat(text).endsWith("}\n");
    return read(text.stripTrailing());
  }

  private static JsonNode read(String line) throws IOException {
    assertThat(line).doesNotContain("\n");
    return Sent.JSON.readTree(line);
  }

  /**
   * The metrics that CloudWatch extracts: each is named in the directive, stands at the root as a
   * number, and so does what its dimension names, as text. Anything else is dropped in silence.
   */
  private static Map<String, Long> metrics(JsonNode line) {
    JsonNode metadata = line.path("_aws");
    assertThat(metadata.path("Timestamp").isIntegralNumber()).as(line.toString()).isTrue();
    assertThat(metadata.path("Timestamp").asLong()).isEqualTo(AT.toEpochMilli());
    assertThat(metadata.path("CloudWatchMetrics")).hasSize(1);
    JsonNode directive = metadata.path("CloudWatchMetrics").path(0);
    assertThat(directive.path("Namespace").asText()).isEqualTo("UpdateGateway");
    assertThat(directive.path("Dimensions").toString()).isEqualTo("[[\"FunctionName\"]]");
    assertThat(line.path("FunctionName").isTextual()).isTrue();
    Map<String, Long> metrics = new TreeMap<>();
    for (JsonNode definition : directive.path("Metrics")) {
      String name = definition.path("Name").asText();
      assertThat(definition.path("Unit").asText()).isIn("Count", "Seconds", "None");
      assertThat(line.path(name).isIntegralNumber()).as(name).isTrue();
      assertThat(metrics.put(name, line.path(name).asLong())).isNull();
    }
    return metrics;
  }
}
