package updategateway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import updategateway.local.LocalEnvironment;
import updategateway.local.Project;
import updategateway.local.UsageException;
import updategateway.local.edge.EdgeFront;
import updategateway.local.edge.Invocation;
import updategateway.local.files.DeployerProperties;
import updategateway.local.files.PolicyFolder;
import updategateway.local.origin.DemoArtifacts;
import updategateway.local.origin.DemoOrigin;
import updategateway.local.tables.LocalDynamoDb;
import updategateway.local.tables.TableCreation;
import updategateway.local.tables.TemplateTables;
import updategateway.policy.document.InvalidDocumentException;
import updategateway.policy.file.PolicyFile;
import updategateway.policy.set.PolicySet;
import updategateway.policydeployer.PolicyDeployerHandler;
import updategateway.policystore.Patience;
import updategateway.policystore.PolicyStore;
import updategateway.policystore.StoreSettings;
import updategateway.updategateway.UpdateHandler;
import updategateway.updategateway.settings.Environment;
import updategateway.updategateway.settings.GatewaySettings;

/**
 * The parts of the system in one process, started one after the other and stopped in the opposite
 * order.
 */
public final class LocalSystem implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String REGION = "us-east-1";

  private final PrintStream progress;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /**
   * Starts nothing yet.
   *
   * @param progress takes a line for each part
   */
  public LocalSystem(PrintStream progress) {
    this.progress = progress;
  }

  /**
   * What is running.
   *
   * @param front the edge
   * @param policySet what is in force
   * @param origin where artifacts are
   * @param dynamodb where the tables are
   */
  record Running(EdgeFront front, PolicySet policySet, URI origin, URI dynamodb) {}

  /**
   * Starts everything.
   *
   * @param origin a folder, or an address to redirect to; null for the demonstration's own
   * @param geo an address database; null for none
   * @param log takes the decision lines
   */
  Running start(
      Path policies,
      List<EdgeFront.Port> ports,
      @Nullable String origin,
      @Nullable URI dynamodb,
      @Nullable Path data,
      @Nullable Path geo,
      PrintStream log)
      throws Exception {
    progress.println("Reading the policies in " + policies + " …");
    PolicyFolder folder = new PolicyFolder(policies);
    PolicySet set = folder.read();
    URI tables = dynamodb == null ? startDynamoDb(data) : dynamodb;
    deploy(folder, tables);
    URI artifacts = origin(origin);
    GatewaySettings gateway = gatewaySettings(artifacts, tables, geo);
    PolicyStore store = PolicyStore.open(gateway.store());
    parts.push(store);
    UpdateHandler handler =
        new UpdateHandler(
            gateway,
            store.policyInForce(
                InstantSource.system(),
                gateway.policyRefresh(),
                gateway.policyMaxAge(),
                UpdateHandler.refreshLog(
                    () -> log, InstantSource.system(), gateway.functionName())),
            store.agents(gateway.agentsCache(), gateway.policyRefresh(), InstantSource.system()),
            InstantSource.system(),
            log);
    EdgeFront front = new EdgeFront(handler, InstantSource.system());
    parts.push(front);
    front.start(ports);
    return new Running(front, set, artifacts, tables);
  }

  /**
   * Starts DynamoDB alone, in memory, and puts policies in force. Answers where it listens.
   *
   * @throws UsageException when the policies have mistakes or it cannot start
   */
  public URI startTables(Path policies) throws UsageException, IOException {
    PolicyFolder folder = new PolicyFolder(policies);
    folder.read();
    URI tables = startDynamoDb(null);
    deploy(folder, tables);
    return tables;
  }

  private void deploy(PolicyFolder folder, URI dynamodb) throws UsageException, IOException {
    StoreSettings settings = StoreSettings.of(REGION, dynamodb).with(Patience.OF_A_WRITER);
    progress.println("Creating the tables of the template where they are missing …");
    TableCreation.create(TemplateTables.read(Project.template()), settings);
    progress.println("Putting the policies in force …");
    try (PolicyStore store = PolicyStore.open(settings)) {
      deploy(folder.files(), store);
    }
  }

  private URI startDynamoDb(@Nullable Path data) throws UsageException {
    progress.println(
        "Starting DynamoDB Local "
            + (data == null ? "in memory …" : "with its data in " + data + " …"));
    LocalDynamoDb started = LocalDynamoDb.start(data);
    parts.push(started);
    return started.endpoint();
  }

  private URI origin(@Nullable String origin) throws Exception {
    if (origin != null && origin.matches("https?://.*")) {
      return URI.create(origin);
    }
    progress.println("Starting the origin …");
    DemoOrigin server = new DemoOrigin();
    parts.push(server);
    if (origin != null) {
      return server.start(Path.of(origin));
    }
    DemoArtifacts artifacts = DemoArtifacts.layOut();
    parts.push(artifacts);
    return server.start(artifacts.folder());
  }

  private static GatewaySettings gatewaySettings(URI origin, URI dynamodb, @Nullable Path geo)
      throws UsageException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put(Environment.ORIGIN_URL, origin.toString());
    environment.put(Environment.REGION_EVIDENCE, "cloudfront");
    environment.put(Environment.AWS_REGION, REGION);
    if (geo != null) {
      environment.put(Environment.GEO_DATABASE, geo.toString());
    }
    environment.put(Environment.POLICY_TABLE, StoreSettings.POLICY_SETS);
    environment.put(Environment.AGENTS_TABLE, StoreSettings.AGENTS);
    environment.put(Environment.DYNAMODB_ENDPOINT, dynamodb.toString());
    return LocalEnvironment.read(environment);
  }

  /** Through the deployer as CloudFormation calls it. */
  private static void deploy(List<PolicyFile> files, PolicyStore store)
      throws UsageException, IOException {
    ObjectNode event = JSON.createObjectNode();
    event.put("RequestType", "Create");
    event.put("RequestId", UUID.randomUUID().toString());
    event.put("StackId", "scripts/run");
    event.put("LogicalResourceId", "PolicyInForce");
    try {
      ObjectNode properties = DeployerProperties.of(files);
      properties.put("By", System.getProperty("user.name", "local"));
      event.set("ResourceProperties", properties);
    } catch (InvalidDocumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new PolicyDeployerHandler(store.policySets(), InstantSource.system())
        .handleRequest(
            new ByteArrayInputStream(JSON.writeValueAsBytes(event)),
            answer,
            new Invocation(UUID.randomUUID().toString()));
    JsonNode result = JSON.readTree(answer.toByteArray());
    if (!result.path("Status").asText().equals("SUCCESS")) {
      throw new UsageException("The policies are not in force. " + result.path("Reason").asText());
    }
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        progress.println("While stopping: " + e);
      }
    }
  }
}
