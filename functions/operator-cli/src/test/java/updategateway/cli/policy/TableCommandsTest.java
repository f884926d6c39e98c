package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static updategateway.cli.policy.Ran.SHIPPED;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import updategateway.commandline.UsageException;
import updategateway.local.run.LocalDynamoDb;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;

/** The commands that need a table, on a real DynamoDB with a table that somebody made by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TableCommandsTest {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final LocalDynamoDb dynamoDb;
  private final URI endpoint;
  private String table = "";

  TableCommandsTest() throws UsageException {
    dynamoDb = LocalDynamoDb.start(null);
    endpoint = dynamoDb.endpoint();
  }

  @BeforeAll
  void project() {
    System.setProperty("updategateway.project", "../..");
  }

  @AfterAll
  void stop() throws Exception {
    System.clearProperty("updategateway.project");
    dynamoDb.close();
  }

  @BeforeEach
  void createTable() {
    table = "PolicySets-" + COUNT.incrementAndGet();
    try (DynamoDbClient client = client()) {
      client.createTable(create ->
          create
              .tableName(table)
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(text("pk"), text("sk"))
              .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
    }
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  @Test
  void deployPlanShowRollBackAndProve(@TempDir Path folder) throws Exception {
    Ran nothing = policy("show");
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).contains("Nothing is in force");
    Ran empty = policy("plan", "--policies", SHIPPED.toString());
    assertThat(empty.exitCode()).isEqualTo(1);
    assertThat(empty.flowing())
        .contains(
            "Set in force none",
            "WARNING Nothing is in force, so nothing is served now. Putting this set in force opens everything"
                + " that is not named below as refused.",
            "From 2024-07-20T04:00:00Z (Saturday, 20 July 2024, 00:00 in America/New_York (UTC-04:00)) on,"
                + " requests for new-agreement of every product except security-training and"
                + " threat-intelligence, made by clients located in the United States (US) with",
            "would be refused.",
            "would be refused as undetermined.",
            "Refused by us-icts-2021-002, phase updates: Final determination",
            "1. /bases/** is endpoint-security, signature-update.",
            "Any other path is unclassified.",
            "No route of the catalog leads to resale",
            "Summary: 4 statements of what is refused, 1 new policy and ");

    Ran first = deploy(SHIPPED, "the stack cannot be deployed");
    assertThat(first.exitCode()).as(first.toString()).isZero();
    assertThat(first.out()).contains("In force now: ", "activation 1");
    assertThat(policy("plan", "--policies", SHIPPED.toString()).exitCode()).isZero();

    Path moved =
        PlanCommandTest.edited(
            folder, "us-icts-2021-002.yaml", "2024-09-29 00:00", "2034-10-31 00:00");
    Ran second = deploy(moved, "a court has stayed the order");
    assertThat(second.exitCode()).isZero();
    assertThat(second.flowing()).contains("changes open what is refused", "activation 2");

    Ran back = policy("rollback", "--yes", "--reason", "the stay was lifted");
    assertThat(back.exitCode()).as(back.toString()).isZero();
    assertThat(back.out()).contains("activation 3");
    JsonNode history = policy("history", "--verify", "--json").json();
    assertThat(history.path("verifies").asBoolean()).isTrue();
    assertThat(history.path("entries")).hasSize(3);
    assertThat(history.at("/entries/2/reason").asText()).isEqualTo("the stay was lifted");
    assertThat(history.at("/entries/2/digest").asText())
        .isEqualTo(history.at("/entries/0/digest").asText());
    assertThat(policy("history").out())
        .contains("reason: a court has stayed the order", "scripts/policy rollback");

    assertThat(policy("history").out()).doesNotContainPattern("\\.[0-9]{4,}Z");
    assertThat(policy("show").out()).doesNotContainPattern("\\.[0-9]{4,}Z");

    String then = history.at("/entries/1/at").asText();
    assertThat(policy("show", "--at", then).out()).contains("2034-10-31 00:00 America/New_York");
    assertThat(policy("show", "--at", "2020-01-01T00:00:00Z").exitCode()).isEqualTo(1);
    Ran shown = policy("show");
    assertThat(shown.out())
        .contains("from: 2024-09-29 00:00 America/New_York  # 2024-09-29T04:00:00Z");
    assertThat(policy("show", "2", "--json").json().path("digest").asText())
        .isEqualTo(history.at("/entries/1/digest").asText());
    assertThat(policy("rollback", "--yes", "--to", "2", "--reason", "again").out())
        .contains("activation 4");
    String digest = history.at("/entries/0/digest").asText();
    assertThat(
            policy("rollback", "--yes", "--to", digest.substring(0, 8), "--reason", "and back")
                .exitCode())
        .isZero();
    assertThat(policy("rollback", "--yes", "--to", "77", "--reason", "no").exitCode()).isEqualTo(2);
    assertThat(
            policy("explain", "--in-force", "--country", "US", "--path", "/bases/x", "--json")
                .json()
                .path("policySet")
                .asText())
        .isEqualTo(digest);
  }

  /** What is shown can be saved and deployed again: it is the same set. */
  @Test
  void whatIsShownReadsBackAsTheSameSet(@TempDir Path folder) throws Exception {
    Path catalog =
        Files.writeString(
            folder.resolve("catalog.yaml"),
            "routes:\n  - path: '/a b/*.x: y'\n    product: x\n    activity: 'y'\n    note: 'it''s: \"a\" \\ note'\n");
    Files.writeString(
        folder.resolve("p.yaml"),
        Files.readString(SHIPPED.resolve("us-icts-2021-002.yaml"))
                .replace("locations: [US,", "locations: [\"NO\", US,")
            + "permits:\n  - id: licence\n    from: 2024-10-01 00:00 America/New_York\n"
            + "    through: 2024-10-31\n    citation: '12: [a] # b'\n");
    Files.writeString(
        folder.resolve("corrections.yaml"),
        PlanCommandTest.OFFICE
            .replace("198.41.0.0/24", "2600::/24")
            .replace("we know", "\"a: b\""));
    assertThat(catalog).exists();
    assertThat(deploy(folder, "a test").exitCode()).isZero();
    String text = policy("show").out();
    String[] parts = text.split("# [a-z0-9-]+\\.yaml\n", -1);
    Path again = Files.createDirectory(folder.resolve("again"));
    Files.writeString(again.resolve("p.yaml"), parts[1]);
    Files.writeString(again.resolve("catalog.yaml"), parts[2]);
    Files.writeString(again.resolve("corrections.yaml"), parts[3]);
    assertThat(policy("plan", "--policies", again.toString()).out())
        .contains("Nothing would change");
  }

  @Test
  void withoutAReasonNothingIsPutInForce() {
    Ran ran = policy("deploy", "--yes", "--policies", SHIPPED.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("--reason");
    assertThat(
            policy("deploy", "--yes", "--policies", SHIPPED.toString(), "--reason", " ").exitCode())
        .isEqualTo(2);
    assertThat(policy("show").exitCode()).isEqualTo(1);
  }

  @Test
  void mistakesAreNotPutInForce(@TempDir Path folder) {
    Path broken =
        PlanCommandTest.edited(folder, "us-icts-2021-002.yaml", "America/New_York", "EDT");
    Ran ran = deploy(broken, "in a hurry");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("2 mistakes; nothing was changed", "write America/New_York");
    assertThat(policy("show").exitCode()).isEqualTo(1);
  }

  /**
   * It would be put in force, and the next deployment of the stack would make another set of it.
   */
  @Test
  void whatCloudFormationWouldReadOtherwiseIsNotPutInForce(@TempDir Path folder) {
    Path broken =
        PlanCommandTest.edited(
            folder, "us-icts-2021-002.yaml", "locations: [US, PR,", "locations: [US, NO, PR,");
    for (String json : List.of("", "--json")) {
      Ran ran =
          policy(
              Stream.of(
                      "deploy",
                      "--yes",
                      "--policies",
                      broken.toString(),
                      "--reason",
                      "in a hurry",
                      json)
                  .filter(word -> !word.isEmpty())
                  .toArray(String[]::new));
      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err())
          .contains("have 1 mistake; nothing was changed", broken + "/us-icts-2021-002.yaml:")
          .contains("NO without quotes is false for CloudFormation; write \"NO\"");
    }
    assertThat(policy("show").exitCode()).isEqualTo(1);
  }

  @Test
  void whatIsProbablyNotMeantIsWarnedOfAndPutInForce(@TempDir Path folder) {
    Path doubtful =
        PlanCommandTest.edited(folder, "us-icts-2021-002.yaml", "[new-agreement]", "[contracts]");
    Ran ran =
        policy(
            "deploy",
            "--yes",
            "--policies",
            doubtful.toString(),
            "--reason",
            "in a hurry",
            "--json");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.json().path("changed").asBoolean()).isTrue();
    assertThat(ran.err())
        .contains(doubtful + "/us-icts-2021-002.yaml:", "warning:", "write one of");
  }

  @Test
  void theSameSetAgainChangesNothing() {
    deploy(SHIPPED, "once");
    Ran again = deploy(SHIPPED, "twice");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("In force already, nothing was changed");
    assertThat(policy("history", "--json").json().path("entries")).hasSize(1);
    assertThat(policy("rollback", "--yes", "--reason", "x").exitCode()).isEqualTo(1);
  }

  @Test
  void aChangedEntryOfTheHistoryIsFound() {
    deploy(SHIPPED, "true");
    try (DynamoDbClient client = client()) {
      client.scan(scan -> scan.tableName(table)).items().stream()
          .filter(
              item -> item.getOrDefault("pk", AttributeValue.fromS("")).s().equals("activation"))
          .forEach(item ->
              client.updateItem(update ->
                  update
                      .tableName(table)
                      .key(Map.of("pk", item.get("pk"), "sk", item.get("sk")))
                      .updateExpression("SET #r = :r")
                      .expressionAttributeNames(Map.of("#r", "reason"))
                      .expressionAttributeValues(Map.of(":r", AttributeValue.fromS("forged")))));
    }
    Ran ran = policy("history", "--verify");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("The history does not verify");
    assertThat(policy("history").exitCode()).isEqualTo(1);
  }

  @Test
  void aTableThatIsMissingIsSaidWithWhatToDo() {
    table = "NoSuchTable";
    Ran ran = policy("plan", "--policies", SHIPPED.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("There is no table NoSuchTable at " + endpoint, "--create-tables")
        .doesNotContain("Exception");
    assertThat(deploy(SHIPPED, "x").exitCode()).isEqualTo(2);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "deploy",
                "--yes",
                "--create-tables",
                "--reason",
                "x",
                "--policies",
                SHIPPED.toString()));
    assertThat(policy(arguments.toArray(String[]::new)).exitCode()).isZero();
    assertThat(policy("show").exitCode()).isZero();
  }

  private Ran deploy(Path policies, String reason) {
    return policy("deploy", "--yes", "--policies", policies.toString(), "--reason", reason);
  }

  private Ran policy(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--dynamodb", endpoint.toString(), "--table", table));
    return Ran.policy(all.toArray(String[]::new));
  }

  private DynamoDbClient client() {
    return PolicyStore.client(StoreSettings.of("us-east-1", endpoint).with(Timeouts.WRITE));
  }
}
