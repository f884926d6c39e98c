package updategateway.system.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import updategateway.cli.deploy.CloudFormationTemplate;
import updategateway.commandline.files.PolicyFolder;
import updategateway.gateway.UpdateHandler;
import updategateway.gateway.decisionlog.Metric;
import updategateway.gateway.settings.SettingsReader;
import updategateway.local.edge.Invocation;
import updategateway.policy.decision.Evaluator;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/** The tables of costs in the deployment guide, and the assumptions that they rest on. */
final class OperatingCostTest {
  private static final List<Long> AGENTS = List.of(1_000_000L, 100_000_000L, 400_000_000L);
  private static final List<Double> HIT_RATES = List.of(0.0, 0.5, 0.9);
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void theTablesHaveTheComputedCosts() throws IOException {
    assertThat(Files.readString(Path.of("..", "..", "scripts", "DEPLOYING.md")))
        .contains(totals())
        .contains(parts());
  }

  private static String totals() {
    StringBuilder table =
        new StringBuilder(
            "| agents | requests a month | 0 % from the edge's cache | 50 % | 90 % |\n");
    table.append("|---|---|---|---|---|\n");
    for (long agents : AGENTS) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %d million | %s billion |",
              agents / 1_000_000,
              billions(new OperatingCost(agents, 0).requests())));
      for (double hitRate : HIT_RATES) {
        table
            .append(' ')
            .append(OperatingCost.dollars(new OperatingCost(agents, hitRate).total()))
            .append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String billions(double requests) {
    return String.format(Locale.ROOT, "%.1f", requests / 1e9).replaceFirst("[.]0$", "");
  }

  private static String parts() {
    StringBuilder table = new StringBuilder("| 100 million agents | 0 % | 50 % | 90 % |\n");
    table.append("|---|---|---|---|\n");
    for (String part : new OperatingCost(1, 0).parts().keySet()) {
      table.append("| ").append(part).append(" |");
      for (double hitRate : HIT_RATES) {
        Map<String, Double> parts = new OperatingCost(100_000_000L, hitRate).parts();
        table.append(' ').append(OperatingCost.dollars(parts.getOrDefault(part, 0.0))).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  @Test
  void aLineIsAsLongAsAssumed() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    UpdateHandler handler =
        new UpdateHandler(
            SettingsReader.read(
                Map.of(
                    "ORIGIN_URL", "https://updates.vendor.example",
                    "OPERATOR_NAME", "Example Antivirus Inc.",
                    "OPERATOR_URL", "https://vendor.example/legal/updates",
                    "CONTACT", "legal@vendor.example",
                    "MAX_CLOCK_SKEW_SECONDS", "0",
                    "AWS_LAMBDA_FUNCTION_NAME", "update-gateway-UpdateGateway-0123456789AB")),
            ActivePolicySource.always(
                Evaluator.of(new PolicyFolder(Path.of("..", "policies")).read())),
            _ -> new AgentRegistry.Found(Set.of()),
            InstantSource.system(),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    long lines = 0;
    long bytes = 0;
    try (Stream<Path> events = Files.list(Path.of("..", "..", "events"))) {
      for (Path event : events.filter(Files::isRegularFile).toList()) {
        log.reset();
        handler.handleRequest(
            new ByteArrayInputStream(Files.readAllBytes(event)),
            OutputStream.nullOutputStream(),
            new Invocation("0b7d4d5c-5a4f-4f0e-9d5b-3a1c2e4f6a7b"));
        JsonNode line = JSON.readTree(log.toByteArray());
        if (line.path("outcome").asText().equals("serve") && !line.has("coldStart")) {
          lines++;
          bytes += log.size();
        }
      }
    }
    assertThat(lines).isGreaterThan(5);
    // CloudWatch adds 26 bytes a line.
    assertThat(bytes / lines + 26)
        .isBetween(OperatingCost.BYTES_A_LINE * 70L / 100, OperatingCost.BYTES_A_LINE * 105L / 100);
  }

  @Test
  void linesAreKeptAsLongAsAssumed() throws Exception {
    String days =
        CloudFormationTemplate.read(Path.of("..", "..", "template.yaml"))
            .section("Parameters")
            .path("LogRetentionDays")
            .path("Default")
            .asText();
    assertThat(Math.round(Integer.parseInt(days) * 12 / 365.25))
        .isEqualTo(OperatingCost.MONTHS_KEPT);
  }

  @Test
  void metricsAndAlarmsAreCounted() throws Exception {
    assertThat(Metric.values()).hasSize(OperatingCost.METRICS);
    String template = Files.readString(Path.of("..", "..", "template.yaml"));
    assertThat(template.split("MetricName: ", -1)).hasSize(OperatingCost.ALARMED_METRICS + 1);
  }
}
