package updategateway.cli.policy;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

/** A table in a real DynamoDB, the commands on it, and whoever changes it by hand. */
final class TableByHand implements AutoCloseable {
  static final String IN_FORCE = "in-force";
  static final String ACTIVATION = "activation";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final LocalDynamoDb dynamoDb;
  private final DynamoDbClient client;
  private final String table = "ByHand-" + COUNT.incrementAndGet();

  TableByHand() throws UsageException {
    System.setProperty("updategateway.project", "../..");
    dynamoDb = LocalDynamoDb.start(null);
    client =
        PolicyStore.client(StoreSettings.of("us-east-1", dynamoDb.endpoint()).with(Timeouts.WRITE));
    client.createTable(create ->
        create
            .tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(text("pk"), text("sk"))
            .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
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

  URI endpoint() {
    return dynamoDb.endpoint();
  }

  /** Runs {@code scripts/policy} on this table. */
  Ran policy(String... arguments) {
    return through(endpoint(), arguments);
  }

  /** Runs {@code scripts/policy} on this table, which it reaches at another address. */
  Ran through(URI endpoint, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(options(endpoint));
    return Ran.policy(all.toArray(String[]::new));
  }

  List<String> options(URI endpoint) {
    return List.of("--dynamodb", endpoint.toString(), "--table", table);
  }

  Ran deploy(Path policies, String reason) {
    return policy("deploy", "--yes", "--policies", policies.toString(), "--reason", reason);
  }

  /** Everything in it, by key. */
  Map<String, Map<String, AttributeValue>> items() {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    client
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .forEach(item -> items.put(text(item, "pk") + " / " + text(item, "sk"), item));
    return items;
  }

  /** Makes it hold exactly these. */
  void restore(Map<String, Map<String, AttributeValue>> items) {
    items()
        .forEach((key, item) -> {
          if (!items.containsKey(key)) {
            delete(text(item, "pk"), text(item, "sk"));
          }
        });
    items.values().forEach(this::write);
  }

  Map<String, AttributeValue> pointer() {
    return read(IN_FORCE, IN_FORCE);
  }

  Map<String, AttributeValue> entry(int sequence) {
    return read(ACTIVATION, place(sequence));
  }

  static String place(int sequence) {
    return "%012d".formatted(sequence);
  }

  Map<String, AttributeValue> read(String pk, String sk) {
    return new HashMap<>(
        client.getItem(get -> get.tableName(table).key(key(pk, sk)).consistentRead(true)).item());
  }

  void change(Map<String, AttributeValue> item, Consumer<Map<String, AttributeValue>> change) {
    Map<String, AttributeValue> changed = new HashMap<>(item);
    change.accept(changed);
    write(changed);
  }

  void write(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(table).item(item));
  }

  void delete(String pk, String sk) {
    client.deleteItem(delete -> delete.tableName(table).key(key(pk, sk)));
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
  }

  static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = Objects.requireNonNull(item.get(name), name);
    return Objects.requireNonNull(value.s() == null ? value.n() : value.s());
  }

  @Override
  public void close() throws Exception {
    System.clearProperty("updategateway.project");
    client.close();
    dynamoDb.close();
  }
}
