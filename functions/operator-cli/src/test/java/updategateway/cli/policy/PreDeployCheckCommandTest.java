package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static updategateway.cli.policy.Ran.SHIPPED;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.commandline.tables.TableCreation;
import updategateway.commandline.tables.TemplateTables;
import updategateway.local.run.LocalDynamoDb;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.history.Activation;

/** A real DynamoDB, and a CloudFormation that says of the stack what a test wants. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PreDeployCheckCommandTest {
  private static final String ENDPOINT = "aws.endpointUrlCloudFormation";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String MOVED_TO = "2034-10-31 00:00";

  private final LocalDynamoDb dynamoDb;
  private final URI endpoint;
  private String table = "";

  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private CloudFormationStandIn cloudFormation;

  PreDeployCheckCommandTest() throws UsageException {
    dynamoDb = LocalDynamoDb.start(null);
    endpoint = dynamoDb.endpoint();
  }

  @BeforeAll
  void anAccount() {
    System.setProperty("updategateway.project", "../..");
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
  }

  @AfterAll
  void stop() throws Exception {
    System.clearProperty("updategateway.project");
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    dynamoDb.close();
  }

  @BeforeEach
  void aStackWithATable() throws Exception {
    table = "gateway-PolicySets-" + COUNT.incrementAndGet();
    cloudFormation = new CloudFormationStandIn();
    System.setProperty(ENDPOINT, cloudFormation.endpoint().toString());
    cloudFormation.output("PolicySetsTable", table);
    TableCreation.create(
        TemplateTables.read(ProjectPaths.template()).stream()
            .filter(declared -> declared.name().equals(StoreSettings.POLICY_SETS))
            .map(
                declared -> new TemplateTables.Table(table, declared.attributes(), declared.keys()))
            .toList(),
        settings());
  }

  @AfterEach
  void close() {
    System.clearProperty(ENDPOINT);
    cloudFormation.close();
  }

  @Test
  void aStackThatIsNotThereYetIsToBeMade() {
    cloudFormation.hasNoStack();
    Ran ran = before();
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).contains("There is no stack gateway yet");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void whatTheStackPutInForceMayBeReplaced() throws Exception {
    String digest = deployStack(SHIPPED, "r1");
    cloudFormation.parameter("Package", "self-contained");
    cloudFormation.parameter("Architecture", "x86_64");
    Ran ran = before("--policies", moved().toString());
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().lines())
        .containsExactly("Package=self-contained", "Architecture=x86_64", "Table=" + table);
    assertThat(digest).hasSize(64);
  }

  @Test
  void aSetOfAnEmergencyIsShownWithWhoAndWhyAndStays() throws Exception {
    String stacks = deployStack(SHIPPED, "r1");
    String emergency = emergency(moved(), "a court has stayed the order");

    Ran ran = before();
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).contains("Emergency=" + emergency);
    assertThat(ran.err().replaceAll("\\s+", " "))
        .contains(
            "The set in force was not put there by the stack gateway, but by on-call with scripts/policy deploy",
            "set " + emergency + ", activation 2",
            "reason a court has stayed the order",
            "A deployment puts the files in its place",
            "would be refused",
            "scripts/policy show 2 --table " + table + " prints it",
            "deploy with --replace-emergency",
            "CloudFormation puts back the stack's last set " + stacks,
            "Nothing was deployed.");

    Ran dry = before("--dry-run");
    assertThat(dry.exitCode()).isZero();
    assertThat(dry.err()).contains("A deployment puts the files in its place");
    assertThat(dry.err()).doesNotContain("Nothing was deployed");

    Ran replaced = before("--replace-emergency");
    assertThat(replaced.exitCode()).isZero();
    assertThat(replaced.out()).contains("Emergency=" + emergency);
    assertThat(replaced.err()).contains("It is replaced, as --replace-emergency says.");
  }

  @Test
  void filesThatSayTheSameReplaceNothingButAFailureWould() throws Exception {
    String stacks = deployStack(SHIPPED, "r1");
    String emergency = emergency(moved(), "a court has stayed the order");
    Ran ran = before("--policies", moved().toString());
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("Emergency=" + emergency);
    assertThat(ran.err().replaceAll("\\s+", " "))
        .contains("stays in force", "CloudFormation puts back the stack's last set " + stacks);

    // When the stack has taken it over the history has no entry of it, since nothing changed.
    assertThat(deployStack(moved(), "r2")).isEqualTo(emergency);
    Ran after = before();
    assertThat(after.exitCode()).isZero();
    assertThat(after.out()).doesNotContain("Emergency");
  }

  @Test
  void anEmergencyThatIsOverIsNone() throws Exception {
    deployStack(SHIPPED, "r1");
    emergency(moved(), "a court has stayed the order");
    Ran back = policy("rollback", "--yes", "--reason", "the stay was lifted");
    assertThat(back.exitCode()).as(back.toString()).isZero();
    assertThat(before("--policies", moved().toString()).exitCode()).isZero();
  }

  /** As after a deployment whose rollback did not get that far. */
  @Test
  void whatTheStackPutInForceLaterThanItsOutputsIsTheStacks() throws Exception {
    String first = deployStack(SHIPPED, "r1");
    deployStack(moved(), "r2");
    cloudFormation.output("PolicySetInForce", first);
    assertThat(before().exitCode()).isZero();
  }

  @Test
  void whatCannotBeReadIsReplacedOnlyWhenSaid() throws Exception {
    deployStack(SHIPPED, "r1");
    String emergency = emergency(moved(), "a court has stayed the order");
    try (DynamoDbClient client = client()) {
      client
          .query(query ->
              query
                  .tableName(table)
                  .keyConditionExpression("pk = :pk")
                  .expressionAttributeValues(
                      Map.of(":pk", AttributeValue.fromS("set#" + emergency))))
          .items()
          .forEach(item ->
              client.deleteItem(delete ->
                  delete.tableName(table).key(Map.of("pk", item.get("pk"), "sk", item.get("sk")))));
    }
    Ran ran = before();
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("does not verify", "Nothing was deployed");
    assertThat(before("--replace-emergency").exitCode()).isZero();

    cloudFormation.output("PolicySetsTable", "gone");
    Ran gone = before();
    assertThat(gone.exitCode()).isEqualTo(2);
    assertThat(gone.err()).contains("There is no table gone", "Nothing was deployed");
    assertThat(before("--replace-emergency").exitCode()).isZero();
  }

  @Test
  void whenCloudFormationDoesNotSayNothingIsDeployed() {
    cloudFormation.denies();
    Ran ran = before("--replace-emergency");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("CloudFormation does not say what the stack gateway is now")
        .contains("not authorized")
        .doesNotContain("Exception");
  }

  @Test
  void theStackNamesItsTable() throws Exception {
    deployStack(SHIPPED, "r1");
    String[] history = {
      "history", "--stack", "gateway", "--region", "us-east-1", "--dynamodb", endpoint.toString()
    };
    Ran ran = Ran.policy(history);
    assertThat(ran.exitCode()).as(ran.toString()).isZero();
    assertThat(ran.out()).contains(CloudFormationStandIn.STACK_ID);

    List<String> both = new ArrayList<>(List.of(history));
    both.addAll(List.of("--table", table));
    assertThat(Ran.policy(both.toArray(String[]::new)).err())
        .contains("--stack names a table, and --table another: leave one of the two out");

    cloudFormation.withoutOutputs();
    assertThat(Ran.policy(history).err())
        .contains("The stack gateway has no output PolicySetsTable", "--table");
    cloudFormation.hasNoStack();
    Ran none = Ran.policy(history);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("There is no stack gateway in us-east-1: name another");
  }

  private Path moved() throws IOException {
    return PlanCommandTest.edited(
        Files.createTempDirectory(folder, "moved"),
        "us-icts-2021-002.yaml",
        "2024-09-29 00:00",
        MOVED_TO);
  }

  /** As the stack does it: the set, under the stack's name, and the output. */
  private String deployStack(Path policies, String requestId) throws Exception {
    try (PolicyStore store = PolicyStore.open(settings())) {
      String digest =
          store
              .policySets()
              .putInForce(
                  new PolicyFolder(policies).read(),
                  new Activation.Request(
                      "cloudformation", CloudFormationStandIn.STACK_ID, requestId, null),
                  Instant.now())
              .inForce()
              .digest()
              .hex();
      cloudFormation.output("PolicySetInForce", digest);
      return digest;
    }
  }

  private String emergency(Path policies, String reason) {
    Ran ran =
        policy(
            "deploy",
            "--yes",
            "--policies",
            policies.toString(),
            "--reason",
            reason,
            "--by",
            "on-call",
            "--json");
    assertThat(ran.exitCode()).as(ran.toString()).isZero();
    return ran.json().at("/inForce/digest").asText();
  }

  private Ran policy(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--dynamodb", endpoint.toString(), "--table", table));
    return Ran.policy(all.toArray(String[]::new));
  }

  private Ran before(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--stack", "gateway", "--region", "us-east-1", "--dynamodb", endpoint.toString()));
    all.addAll(List.of(arguments));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        PreDeployCheckCommand.run(
            new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    return new Ran(exitCode, out.toString(), err.toString());
  }

  private DynamoDbClient client() {
    return PolicyStore.client(settings());
  }

  private StoreSettings settings() {
    StoreSettings defaults = StoreSettings.of("us-east-1", endpoint);
    return new StoreSettings(
        table, defaults.agentsTable(), defaults.region(), endpoint, Timeouts.WRITE);
  }
}
