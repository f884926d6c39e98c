package updategateway.store.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;

/**
 * Tables of a test's own in a real DynamoDB on a socket: DynamoDB Local, started once for all tests
 * of a process, or the one that {@value #ENDPOINT_NAME} names, as a system property or in the
 * environment. This is the one place that chooses, so that the same tests hold for each.
 */
public final class TestTables {
  /** The setting that names another DynamoDB, as a URL. */
  public static final String ENDPOINT_NAME = "TEST_DYNAMODB_ENDPOINT";

  /** Kept, since a logger that is collected forgets its level. */
  private static final Logger MAPS_OF_DYNAMODB_LOCAL = Logger.getLogger("javolution.util");

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final URI ENDPOINT = endpoint();

  /** Of a machine that is busy with other tests. */
  private static final Timeouts PATIENT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          4,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));

  private TestTables() {}

  /** Settings that name two new, empty tables. */
  public static StoreSettings create() {
    String suffix = "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    StoreSettings settings =
        new StoreSettings("PolicySets" + suffix, "Agents" + suffix, "us-east-1", ENDPOINT, PATIENT);
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      create(client, settings.policySetsTable(), "pk", "sk");
      create(client, settings.agentsTable(), "agentId");
    }
    return settings;
  }

  private static void create(DynamoDbClient client, String table, String... keys) {
    client.createTable(create -> {
      create.tableName(table).billingMode(BillingMode.PAY_PER_REQUEST);
      AttributeDefinition[] attributes = new AttributeDefinition[keys.length];
      KeySchemaElement[] schema = new KeySchemaElement[keys.length];
      for (int i = 0; i < keys.length; i++) {
        attributes[i] =
            AttributeDefinition.builder()
                .attributeName(keys[i])
                .attributeType(ScalarAttributeType.S)
                .build();
        schema[i] =
            KeySchemaElement.builder()
                .attributeName(keys[i])
                .keyType(i == 0 ? KeyType.HASH : KeyType.RANGE)
                .build();
      }
      create.attributeDefinitions(attributes).keySchema(schema);
    });
    client.waiter().waitUntilTableExists(describe -> describe.tableName(table));
  }

  /** Starts it without its banner, and without its warning that a map of its own is slow. */
  private static void startQuietly(String... arguments) throws Exception {
    MAPS_OF_DYNAMODB_LOCAL.setLevel(Level.OFF);
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      ServerRunner.createServerFromCommandLineArgs(arguments).start();
    } finally {
      System.setOut(out);
    }
  }

  private static URI endpoint() {
    String named = System.getProperty(ENDPOINT_NAME, System.getenv(ENDPOINT_NAME));
    if (named != null && !named.isBlank()) {
      return URI.create(named);
    }
    try {
      int port;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      startQuietly("-inMemory", "-sharedDb", "-disableTelemetry", "-port", Integer.toString(port));
      return URI.create("http://127.0.0.1:" + port);
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not start", e);
    }
  }
}
