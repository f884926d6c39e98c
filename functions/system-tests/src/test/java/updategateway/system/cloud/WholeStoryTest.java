package updategateway.system.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.files.DeployerProperties;
import updategateway.commandline.files.PolicyFolder;
import updategateway.commandline.tables.TemplateTables;
import updategateway.deployer.PolicyDeployerHandler;
import updategateway.gateway.UpdateHandler;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.gateway.settings.SettingsReader;
import updategateway.local.edge.Invocation;
import updategateway.policy.parse.PolicyFile;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.history.Activation;

/**
 * One whole story in a cloud: its CloudFormation creates the tables of the template, the deployer
 * gets CloudFormation's events and answers to a signed address in its S3, and the gateway serves
 * and refuses from those tables.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WholeStoryTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String POLICY = "us-icts-2021-002";
  private static final String LAW = "2024-09-29 00:00 America/New_York";
  private static final String A_MONTH_LATER = "2024-10-29 00:00 America/New_York";
  private static final Instant INSTANT = Instant.parse("2024-09-29T04:00:00Z");
  private static final Instant LATER_INSTANT = Instant.parse("2024-10-29T04:00:00Z");
  private static final Duration REFRESH = Duration.ofSeconds(30);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private volatile Instant now = Instant.parse("2026-01-15T12:00:00Z");

  @SuppressWarnings("NullAway.Init")
  private Stack stack;

  @SuppressWarnings("NullAway.Init")
  private ResponseBucket answers;

  @SuppressWarnings("NullAway.Init")
  private PolicyStore store;

  @SuppressWarnings("NullAway.Init")
  private PolicyDeployerHandler deployer;

  @SuppressWarnings("NullAway.Init")
  private UpdateHandler gateway;

  @BeforeAll
  void aStack() throws Exception {
    stack = opened(new Stack(Cloud.CHOSEN.endpoint(), ProjectPaths.template()));
    answers = opened(new ResponseBucket(Cloud.CHOSEN.endpoint()));
    GatewaySettings settings =
        SettingsReader.read(
            Map.of(
                SettingsReader.ORIGIN_URL, "https://origin.example/files",
                SettingsReader.OPERATOR_NAME, "Example Antivirus Inc.",
                SettingsReader.OPERATOR_URL, "https://vendor.example/legal/updates",
                SettingsReader.CONTACT, "legal@vendor.example",
                // The events are of the past.
                SettingsReader.MAX_CLOCK_SKEW_SECONDS, "0",
                SettingsReader.POLICY_REFRESH_SECONDS, Long.toString(REFRESH.toSeconds()),
                SettingsReader.POLICY_TABLE, stack.physicalId("PolicySets"),
                SettingsReader.AGENTS_TABLE, stack.physicalId("Agents"),
                SettingsReader.DYNAMODB_ENDPOINT, Cloud.CHOSEN.endpoint().toString()));
    // A reader's patience with a slow machine is to refuse, which is not what is told here.
    store = opened(PolicyStore.open(settings.store().with(Timeouts.WRITE)));
    deployer = new PolicyDeployerHandler(store.policySets(), () -> now);
    PrintStream log =
        opened(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    gateway =
        new UpdateHandler(
            settings,
            store.policyInForce(
                () -> now, settings.policyRefresh(), settings.policyMaxAge(), _ -> {}),
            store.agents(() -> now),
            () -> now,
            log);
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.addFirst(part);
    return part;
  }

  @AfterAll
  void close() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
  }

  /** Protection, recovery and encryption are left out: both clouds pass over some of them. */
  @Test
  void theTablesHaveTheKeysOfTheTemplate() throws Exception {
    for (TemplateTables.Table table : TemplateTables.read(ProjectPaths.template())) {
      TableDescription created =
          stack
              .dynamodb()
              .describeTable(describe -> describe.tableName(stack.physicalId(table.name())))
              .table();
      assertThat(created.keySchema()).isEqualTo(table.keys());
      assertThat(created.attributeDefinitions())
          .containsExactlyInAnyOrderElementsOf(table.attributes());
      assertThat(created.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    }
  }

  @Test
  void deployServeRefuseMoveTheDateAndRollBack() throws Exception {
    register("us-customer", "US");
    assertThat(status("DE", INSTANT)).as("nothing is served without a policy").isEqualTo(503);

    String first = digest(deploy("Create", "create-1", LAW));
    awaitDecisionsBy(first);
    assertThat(status("DE", INSTANT)).isEqualTo(302);
    assertThat(status("US", INSTANT.minusMillis(1))).isEqualTo(302);
    JsonNode refused = ask("US", INSTANT, null);
    assertThat(refused.path("statusCode").asInt()).isEqualTo(451);
    assertThat(refused.path("body").asText()).contains("policy: " + POLICY);
    assertThat(status("PR", INSTANT)).isEqualTo(451);
    assertThat(status("", INSTANT)).as("nobody knows where").isEqualTo(451);
    assertThat(ask("DE", INSTANT, "us-customer").path("statusCode").asInt()).isEqualTo(451);
    assertThat(ask("DE", INSTANT, "nobody").path("statusCode").asInt()).isEqualTo(302);

    String second = digest(deploy("Update", "update-1", A_MONTH_LATER));
    assertThat(second).isNotEqualTo(first);
    assertThat(status("US", INSTANT)).as("within a refresh interval, the old set").isEqualTo(451);
    awaitDecisionsBy(second);
    assertThat(status("US", INSTANT)).isEqualTo(302);
    assertThat(status("US", LATER_INSTANT.minusMillis(1))).isEqualTo(302);
    assertThat(status("US", LATER_INSTANT)).isEqualTo(451);

    JsonNode failed = deploy("Update", "update-2", "2024-11-29 00:00 EST");
    assertThat(failed.path("Status").asText()).isEqualTo("FAILED");
    assertThat(failed.path("Reason").asText()).contains("America/New_York");
    assertThat(digestInForce()).isEqualTo(second);

    assertThat(digest(deploy("Update", "rollback-1", LAW))).isEqualTo(first);
    awaitDecisionsBy(first);
    assertThat(status("US", INSTANT)).isEqualTo(451);
    assertThat(status("US", INSTANT.minusMillis(1))).isEqualTo(302);

    assertThat(digest(deploy("Update", "rollback-1", LAW))).as("the same again").isEqualTo(first);
    assertThat(
            store.policySets().history().stream()
                .map(Activation::digest)
                .map(digest -> digest.hex())
                .toList())
        .containsExactly(first, second, first);
  }

  /** As CloudFormation does it: an event in, and the answer at the address that it names. */
  private JsonNode deploy(String type, String requestId, String updatesFrom) throws Exception {
    String key = requestId + "-" + UUID.randomUUID();
    ObjectNode event = JSON.createObjectNode();
    event.put("RequestType", type);
    event.put("RequestId", requestId);
    event.put("ResponseURL", answers.address(key));
    event.put("StackId", "arn:aws:cloudformation:us-east-1:000000000000:stack/gateway/1");
    event.put("LogicalResourceId", "PolicyInForce");
    event.put("ResourceType", "Custom::PolicyInForce");
    if (!type.equals("Create")) {
      event.put("PhysicalResourceId", "policy-in-force");
    }
    ObjectNode properties =
        DeployerProperties.of(
            new PolicyFolder(ProjectPaths.policies())
                .files().stream()
                    .map(file -> new PolicyFile(file.name(), file.text().replace(LAW, updatesFrom)))
                    .toList());
    properties.put("ServiceToken", "arn:aws:lambda:us-east-1:000000000000:function:deployer");
    event.set("ResourceProperties", properties);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    deployer.handleRequest(
        new ByteArrayInputStream(JSON.writeValueAsBytes(event)),
        answer,
        new Invocation(UUID.randomUUID().toString()));
    assertThat(answers.answer(key)).as("also").isEqualTo(JSON.readTree(answer.toByteArray()));
    return answers.answer(key);
  }

  /**
   * Until the gateway decides by that set: a request waits for a refresh only so long, and whoever
   * finds it slow is answered by the set before.
   */
  private void awaitDecisionsBy(String digest) throws Exception {
    for (int attempt = 0; attempt < 300; attempt++) {
      now = now.plus(REFRESH);
      if (ask("DE", INSTANT, null).path("headers").path("Policy-Set").asText().equals(digest)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the gateway never decided by " + digest);
  }

  private static String digest(JsonNode answer) {
    assertThat(answer.path("Status").asText()).as(answer.toString()).isEqualTo("SUCCESS");
    assertThat(answer.path("PhysicalResourceId").asText()).isEqualTo("policy-in-force");
    return answer.path("Data").path("Digest").asText();
  }

  private String digestInForce() throws Exception {
    return store.policySets().inForce().orElseThrow().digest().hex();
  }

  private void register(String agentId, String country) {
    stack
        .dynamodb()
        .putItem(put ->
            put.tableName(stack.physicalId("Agents"))
                .item(
                    Map.of(
                        "agentId", AttributeValue.fromS(agentId),
                        "countries", AttributeValue.fromSs(List.of(country)))));
  }

  private int status(String country, Instant time) throws IOException {
    return ask(country, time, null).path("statusCode").asInt();
  }

  /** A request for signatures as CloudFront passes it on to the function's address. */
  private JsonNode ask(String country, Instant time, @Nullable String agentId) throws IOException {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("rawPath", "/bases/main.cvd").put("rawQueryString", "");
    ObjectNode headers = event.putObject("headers");
    if (!country.isEmpty()) {
      headers.put("cloudfront-viewer-country", country);
    }
    if (agentId != null) {
      headers.put("x-agent-id", agentId);
    }
    ObjectNode context = event.putObject("requestContext");
    context.putObject("authorizer").putObject("iam").put("accountId", "000000000000");
    context.put("requestId", UUID.randomUUID().toString()).put("timeEpoch", time.toEpochMilli());
    context
        .putObject("http")
        .put("method", "GET")
        .put("path", "/bases/main.cvd")
        .put("sourceIp", "203.0.113.77");
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    gateway.handleRequest(
        new ByteArrayInputStream(JSON.writeValueAsBytes(event)),
        answer,
        new Invocation(UUID.randomUUID().toString()));
    return JSON.readTree(answer.toByteArray());
  }
}
