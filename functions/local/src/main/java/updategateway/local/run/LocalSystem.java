package updategateway.local.run;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.UsageException;
import updategateway.gateway.UpdateHandler;
import updategateway.gateway.decisionlog.EventSamples;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.gateway.settings.SettingsReader;
import updategateway.local.LocalEnvironment;
import updategateway.local.edge.EdgeServer;
import updategateway.local.origin.DemoArtifacts;
import updategateway.local.origin.DemoOrigin;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;

/**
 * The parts of the system in one process, started one after the other and stopped in the opposite
 * order.
 */
public final class LocalSystem implements AutoCloseable {
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
   * What to start.
   *
   * @param policies what to put in force
   * @param ports where the edge listens
   * @param origin a folder, or an address to redirect to; null for the demonstration's own
   * @param dynamodb an endpoint; null to start DynamoDB Local
   * @param data where DynamoDB Local keeps its data; null for in memory only
   * @param geo an address database; null for none
   * @param record takes each request as a sample event; null for none
   * @param log takes the decision lines
   */
  record Options(
      PolicyActivation policies,
      List<EdgeServer.Port> ports,
      @Nullable String origin,
      @Nullable URI dynamodb,
      @Nullable Path data,
      @Nullable Path geo,
      @Nullable Path record,
      PrintStream log) {
    Options {
      ports = List.copyOf(ports);
    }
  }

  /**
   * What is running.
   *
   * @param front the edge
   * @param policies what is in force
   * @param origin where artifacts are
   * @param dynamodb where the tables are
   */
  record Running(EdgeServer front, PolicyActivation.Result policies, URI origin, URI dynamodb) {}

  /** Starts everything. */
  Running start(Options options) throws Exception {
    EdgeServer.requireFree(options.ports());
    progress.println("Reading the policies in " + options.policies().folder() + " …");
    options.policies().read();
    @Nullable DataFolderLock lock = lock(options.data());
    URI tables = options.dynamodb() == null ? startDynamoDb(options.data()) : options.dynamodb();
    PolicyActivation.Result policies = activate(options.policies(), tables);
    URI artifacts = origin(options.origin());
    GatewaySettings gateway = gatewaySettings(artifacts, tables, options.geo());
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
                    options::log, InstantSource.system(), gateway.functionName())),
            store.agents(gateway.agentsCache(), gateway.policyRefresh(), InstantSource.system()),
            InstantSource.system(),
            options.log(),
            samples(options.record(), gateway));
    EdgeServer front = new EdgeServer(handler, InstantSource.system());
    parts.push(front);
    front.start(options.ports());
    if (lock != null) {
      lock.describe("which listens on http://127.0.0.1:" + front.port(0));
    }
    return new Running(front, policies, artifacts, tables);
  }

  private EventSamples samples(@Nullable Path file, GatewaySettings gateway) throws UsageException {
    if (file == null) {
      return EventSamples.NONE;
    }
    try {
      PrintStream out =
          new PrintStream(
              Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              false,
              StandardCharsets.UTF_8);
      parts.push(out);
      return EventSamples.toFile(out, UpdateHandler.requestReader(gateway));
    } catch (IOException e) {
      throw new UsageException("--record " + file + " cannot be written: " + e);
    }
  }

  private @Nullable DataFolderLock lock(@Nullable Path data) throws UsageException {
    if (data == null) {
      return null;
    }
    DataFolderLock lock = DataFolderLock.acquire(data);
    parts.push(lock);
    return lock;
  }

  /**
   * Starts DynamoDB alone, in memory, and puts policies in force. Answers where it listens.
   *
   * @throws UsageException when the policies have mistakes or it cannot start
   */
  public URI startTables(Path policies) throws UsageException, IOException {
    PolicyActivation activation = new PolicyActivation(policies, true);
    activation.read();
    URI tables = startDynamoDb(null);
    activate(activation, tables);
    return tables;
  }

  private PolicyActivation.Result activate(PolicyActivation policies, URI dynamodb)
      throws UsageException, IOException {
    progress.println("Putting the policies in force …");
    return policies.activate(StoreSettings.of(REGION, dynamodb).with(Timeouts.WRITE));
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
    environment.put(SettingsReader.ORIGIN_URL, origin.toString());
    environment.put(SettingsReader.REGION_EVIDENCE, "cloudfront");
    environment.put(SettingsReader.AWS_REGION, REGION);
    if (geo != null) {
      environment.put(SettingsReader.GEO_DATABASE, geo.toString());
    }
    environment.put(SettingsReader.POLICY_TABLE, StoreSettings.POLICY_SETS);
    environment.put(SettingsReader.AGENTS_TABLE, StoreSettings.AGENTS);
    environment.put(SettingsReader.DYNAMODB_ENDPOINT, dynamodb.toString());
    return LocalEnvironment.read(environment);
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
