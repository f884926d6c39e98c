package updategateway.benchmarks.peers;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import updategateway.benchmarks.startup.StartupVariant;

/**
 * Functions in Go, Node and Python that do the gateway's core with their official SDKs: read one
 * policy item, decide, answer 302 or 451. Go and Python use AWS's runtime clients, Node a bare loop
 * over the Runtime API, which is faster than AWS's client. Sources: {@code
 * functions/benchmarks/peers}.
 */
final class Peers {
  static final String GO = "Go, AWS's runtime client";
  static final String NODE = "Node, bare Runtime API loop";
  static final String PYTHON = "Python, AWS's runtime client";

  private static final String TABLE = "Simple";

  private Peers() {}

  /**
   * Returns the peers that {@code peers/build.sh} has built.
   *
   * @param folder what it built them into
   * @param event to ask first
   */
  static List<StartupVariant> built(Path folder, String event) {
    Path go = folder.resolve("go");
    Path node = folder.resolve("node");
    Path python = folder.resolve("python");
    List<StartupVariant> all =
        List.of(
            new StartupVariant(GO, go, List.of(go.resolve("bootstrap").toString()), event),
            new StartupVariant(NODE, node, List.of("node", "bundle.mjs"), event),
            new StartupVariant(
                PYTHON,
                python,
                List.of(
                    python.resolve("venv/bin/python").toString(),
                    "-m",
                    "awslambdaric",
                    "handler.handler"),
                event));
    List<StartupVariant> built = new ArrayList<>();
    for (StartupVariant peer : all) {
      if (Files.exists(peer.task().resolve("built"))) {
        built.add(peer);
      }
    }
    return built;
  }

  /** Creates the table of the peers' policy item. */
  static void createTable(URI dynamodb) {
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(dynamodb)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      client.createTable(table ->
          table
              .tableName(TABLE)
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(
                  AttributeDefinition.builder()
                      .attributeName("id")
                      .attributeType(ScalarAttributeType.S)
                      .build())
              .keySchema(
                  KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));
      client.putItem(item ->
          item.tableName(TABLE)
              .item(
                  Map.of(
                      "id", AttributeValue.fromS("us"),
                      "from", AttributeValue.fromS("2024-09-29T04:00:00Z"))));
    }
  }
}
