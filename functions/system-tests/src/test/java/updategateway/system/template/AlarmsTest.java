package updategateway.system.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import updategateway.cli.deploy.CloudFormationTemplate;
import updategateway.commandline.UsageException;
import updategateway.gateway.decisionlog.Metric;

/** The template's alarms, held against the runbook and against the rollout of a release. */
final class AlarmsTest {
  private static final Path RUNBOOK = Path.of("..", "..", "scripts", "OPERATIONS.md");
  private static final Pattern SECTION =
      Pattern.compile(
          "### (\\w+Alarm)\n\nRings at (.+)[.]\n\n- [*][*]Means.*\n(?:  .*\n)*- [*][*]Do");

  private static final Map<String, JsonNode> ALARMS = new TreeMap<>();
  private static final Map<String, String> CONDITIONS = new TreeMap<>();
  private static final Set<String> TAKE_A_RELEASE_BACK = new TreeSet<>();
  private static final List<String> ROLLOUTS = new ArrayList<>();

  @BeforeAll
  static void read() throws UsageException {
    CloudFormationTemplate template =
        CloudFormationTemplate.read(Path.of("..", "..", "template.yaml"));
    template
        .section("Resources")
        .properties()
        .forEach(resource -> {
          if (resource.getValue().path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
            ALARMS.put(resource.getKey(), resource.getValue().path("Properties"));
            CONDITIONS.put(resource.getKey(), resource.getValue().path("Condition").asText());
          }
        });
    template
        .properties("UpdateGateway")
        .at("/DeploymentPreference/Alarms")
        .forEach(alarm -> TAKE_A_RELEASE_BACK.add(alarm.path("Ref").asText()));
    template
        .section("Parameters")
        .at("/Rollout/AllowedValues")
        .forEach(rollout -> ROLLOUTS.add(rollout.asText()));
  }

  /** In the runbook every alarm says when it rings, made from the template word for word. */
  @Test
  void everyAlarmRingsWhenTheRunbookSays() throws Exception {
    Map<String, String> said = new TreeMap<>();
    Matcher sections = SECTION.matcher(Files.readString(RUNBOOK));
    while (sections.find()) {
      said.put(sections.group(1), sections.group(2));
    }
    Map<String, String> rings = new TreeMap<>();
    ALARMS.forEach((name, alarm) ->
        rings.put(name, (alarm.has("Metrics") ? percent(alarm) : simple(alarm)) + times(alarm)));
    assertThat(said).isEqualTo(rings);
  }

  @Test
  void everyAlarmNamesItsSectionOfTheRunbook() {
    ALARMS.forEach((name, alarm) ->
        assertThat(alarm.path("AlarmDescription").asText())
            .endsWith(". Runbook: scripts/OPERATIONS.md#" + name.toLowerCase(Locale.ROOT) + ".")
            .hasSizeLessThanOrEqualTo(1024));
  }

  @Test
  void whatTakesAReleaseBackRingsWithinTheShortestCanary() {
    assertThat(TAKE_A_RELEASE_BACK)
        .containsExactly("FaultsAlarm", "GatewayErrorsAlarm", "NoPolicyAlarm", "UndeterminedAlarm");
    int shortest =
        ROLLOUTS.stream()
            .map(Pattern.compile("Canary10Percent(\\d+)Minutes")::matcher)
            .filter(Matcher::matches)
            .mapToInt(canary -> Integer.parseInt(canary.group(1)))
            .min()
            .orElseThrow();
    assertThat(ALARMS.keySet()).containsAll(TAKE_A_RELEASE_BACK);
    ALARMS.forEach((name, alarm) -> {
      if (TAKE_A_RELEASE_BACK.contains(name)) {
        // CloudWatch has a minute's numbers a minute later.
        assertThat(period(alarm) * alarm.path("EvaluationPeriods").asInt() / 60 + 1)
            .as(name)
            .isLessThan(shortest);
        assertThat(CONDITIONS.get(name)).as("it is always there").isEmpty();
      }
    });
  }

  /** A tenth of the decisions, all of them undetermined, has to be over the default. */
  @Test
  void aCanaryThatLosesAllPlacesIsOverTheThreshold() throws Exception {
    String most =
        CloudFormationTemplate.read(Path.of("..", "..", "template.yaml"))
            .section("Parameters")
            .at("/UndeterminedAlarmPercent/Default")
            .asText();
    assertThat(Integer.parseInt(most)).isLessThan(10);
  }

  @Test
  void onlyFewRequestsAreAnAlarmWithoutData() {
    ALARMS.forEach((name, alarm) -> {
      boolean few = name.equals("FewRequestsAlarm");
      assertThat(alarm.path("TreatMissingData").asText())
          .as(name)
          .isEqualTo(few ? "breaching" : "notBreaching");
      assertThat(alarm.path("ComparisonOperator").asText())
          .as(name)
          .isEqualTo(few ? "LessThanThreshold" : "GreaterThanThreshold");
      assertThat(CONDITIONS.get(name))
          .as(name)
          .isEqualTo(few ? "HasFewRequestsAlarm" : name.startsWith("EdgeUn") ? "HasEdge" : "");
    });
  }

  @Test
  void everyAlarmCallsSomebodyAndSaysWhenItIsOver() {
    ALARMS.forEach((name, alarm) -> {
      for (String actions : List.of("AlarmActions", "OKActions")) {
        assertThat(alarm.path(actions).toString())
            .as(name)
            .isEqualTo(
                "{\"Fn::If\":[\"HasAlarmTopic\",[{\"Ref\":\"AlarmTopicArn\"}],{\"Ref\":\"AWS::NoValue\"}]}");
      }
    });
  }

  /** An alarm of one metric, and of what of it over which value. */
  private static String simple(JsonNode alarm) {
    String statistic = alarm.has("ExtendedStatistic") ? "ExtendedStatistic" : "Statistic";
    assertThat(names(alarm))
        .containsExactlyInAnyOrder(
            "AlarmDescription",
            "Namespace",
            "MetricName",
            "Dimensions",
            statistic,
            "Period",
            "EvaluationPeriods",
            "Threshold",
            "ComparisonOperator",
            "TreatMissingData",
            "AlarmActions",
            "OKActions");
    return switch (alarm.path(statistic).asText()) {
          case "Sum" -> "";
          case "Maximum" -> "the largest ";
          case "p99" -> "the 99th percentile of ";
          default -> throw new AssertionError("not known here: " + alarm.path(statistic));
        }
        + metric(alarm)
        + threshold(alarm);
  }

  /** The alarm of a share: of a hundred decisions, so many were undetermined. */
  private static String percent(JsonNode alarm) {
    assertThat(names(alarm))
        .containsExactlyInAnyOrder(
            "AlarmDescription",
            "Metrics",
            "EvaluationPeriods",
            "Threshold",
            "ComparisonOperator",
            "TreatMissingData",
            "AlarmActions",
            "OKActions");
    Map<String, String> parts = new TreeMap<>();
    for (JsonNode part : alarm.path("Metrics")) {
      String id = part.path("Id").asText();
      if (part.has("Expression")) {
        assertThat(names(part)).containsExactlyInAnyOrder("Id", "Label", "Expression");
        parts.put(id, part.path("Expression").asText());
      } else {
        assertThat(part.path("ReturnData").asText()).isEqualTo("false");
        assertThat(part.at("/MetricStat/Stat").asText()).isEqualTo("Sum");
        parts.put(id, metric(part.at("/MetricStat/Metric")));
      }
    }
    assertThat(parts)
        .isEqualTo(
            Map.of(
                "percent",
                "IF(FILL(served, 0) + FILL(refused, 0) + FILL(undetermined, 0) >= 20,"
                    + " 100 * FILL(undetermined, 0)"
                    + " / (FILL(served, 0) + FILL(refused, 0) + FILL(undetermined, 0)), 0)",
                "undetermined",
                "`Undetermined`",
                "served",
                "`Served`",
                "refused",
                "`Refused`"));
    return "`Undetermined`, of a hundred decisions," + threshold(alarm);
  }

  /** A metric that somebody writes, of a function of this stack. */
  private static String metric(JsonNode metric) {
    String name = metric.path("MetricName").asText();
    String dimensions = metric.path("Dimensions").toString();
    if (metric.path("Namespace").asText().equals("AWS/Lambda")) {
      assertThat(name).isIn("Duration", "Errors", "Invocations", "Throttles");
      String deployer = "[{\"Name\":\"FunctionName\",\"Value\":{\"Ref\":\"PolicyDeployer\"}}]";
      String alias =
          "[{\"Name\":\"FunctionName\",\"Value\":{\"Ref\":\"UpdateGateway\"}},"
              + "{\"Name\":\"Resource\",\"Value\":{\"Fn::Sub\":\"${UpdateGateway}:live\"}}]";
      assertThat(dimensions).isIn(deployer, alias);
      return "Lambda's `"
          + name
          + "` of the "
          + (dimensions.equals(alias) ? "gateway" : "deployer");
    }
    assertThat(metric.path("Namespace").asText()).isEqualTo(Metric.NAMESPACE);
    assertThat(Stream.of(Metric.values()).map(Metric::metricName)).contains(name);
    assertThat(dimensions)
        .isEqualTo(
            "[{\"Name\":\"" + Metric.DIMENSION + "\",\"Value\":{\"Ref\":\"UpdateGateway\"}}]");
    return "`" + name + "`";
  }

  private static String threshold(JsonNode alarm) {
    JsonNode threshold = alarm.path("Threshold");
    return (alarm.path("ComparisonOperator").asText().startsWith("Less") ? " under " : " over ")
        + (threshold.has("Ref") ? "`" + threshold.path("Ref").asText() + "`" : threshold.asText());
  }

  private static String times(JsonNode alarm) {
    int seconds = period(alarm);
    assertThat(seconds).isIn(60, 300);
    String periods = alarm.path("EvaluationPeriods").asText();
    return (seconds == 60 ? " in a minute" : " in 5 minutes")
        + (periods.equals("1") ? "" : ", " + periods + " times running");
  }

  /** In seconds; the metrics of an expression have one in common. */
  private static int period(JsonNode alarm) {
    Set<String> periods = new TreeSet<>(alarm.findValuesAsText("Period"));
    assertThat(periods).hasSize(1);
    return Integer.parseInt(periods.iterator().next());
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    StreamSupport.stream(object.properties().spliterator(), false)
        .forEach(field -> names.add(field.getKey()));
    return names;
  }
}
