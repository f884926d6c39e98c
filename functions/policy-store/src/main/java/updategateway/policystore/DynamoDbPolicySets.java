package updategateway.policystore;

import static updategateway.policystore.Names.ACTIVATION;
import static updategateway.policystore.Names.IN_FORCE;
import static updategateway.policystore.Names.PK;
import static updategateway.policystore.Names.SK;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import updategateway.policy.Policy;
import updategateway.policy.document.Document;
import updategateway.policy.document.InvalidDocumentException;
import updategateway.policy.file.PolicyFiles;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;

/**
 * Policy sets in their table. A set's items are written once and never changed; which set is in
 * force is one item, moved together with an entry of the history in one transaction. Whoever stops
 * half-way, at whatever write, leaves the old set in force. Safe for many threads and for many
 * processes.
 */
public final class DynamoDbPolicySets {
  /** DynamoDB's own limit is 400 KB an item, attribute names and overheads included. */
  private static final int MOST_BYTES_AN_ITEM = 380_000;

  private static final int ATTEMPTS = 20;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private final DynamoDbClient client;
  private final String table;

  DynamoDbPolicySets(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * Puts a set in force: writes its items, reads them back, and moves the pointer if nobody else
   * has moved it meanwhile. The same set or the same request again changes nothing.
   *
   * @param now what the history says as the time
   * @throws PolicyStoreException when it is not in force; then whatever was in force before still
   *     is
   */
  public Deployed putInForce(PolicySet set, Activation.Request request, Instant now)
      throws PolicyStoreException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      InForce before = inForce(true).orElse(null);
      Activation same = before == null ? null : activationOf(request.requestId()).orElse(null);
      if (before != null && same != null) {
        return new Deployed.AlreadyDone(same, before);
      }
      if (before != null && before.digest().equals(set.digest())) {
        return new Deployed.AlreadyInForce(before);
      }
      write(set);
      if (!read(set.digest()).equals(set)) {
        throw new PolicyStoreException.Corrupt(
            "the table gave back another set than was written: " + set.digest());
      }
      Activation activation =
          new Activation(
              before == null ? 1 : before.sequence() + 1,
              set.digest(),
              before == null ? null : before.digest(),
              now,
              request);
      if (move(activation, before)) {
        return new Deployed.Activated(activation);
      }
      pause();
    }
    throw new PolicyStoreException.Unavailable(
        "others put sets in force all the time: gave up after "
            + ATTEMPTS
            + " attempts; try again");
  }

  /**
   * Which set is in force; empty when none ever was.
   *
   * @throws PolicyStoreException when nobody can tell
   */
  public Optional<InForce> inForce() throws PolicyStoreException {
    return inForce(false);
  }

  private Optional<InForce> inForce(boolean consistent) throws PolicyStoreException {
    Map<String, AttributeValue> item =
        call(
            "read which policy set is in force",
            () ->
                client
                    .getItem(get ->
                        get.tableName(table)
                            .key(key(IN_FORCE, IN_FORCE))
                            .consistentRead(consistent))
                    .item());
    if (item.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new InForce(
            digest(item, Names.DIGEST),
            instant(item, Names.SINCE),
            text(item, Names.BY),
            number(item, Names.SEQUENCE)));
  }

  /**
   * The set of this name, verified against it.
   *
   * @throws PolicyStoreException when it cannot be read, or is not what its name says
   */
  public PolicySet read(Digest digest) throws PolicyStoreException {
    Document catalog = null;
    List<Document> policies = new ArrayList<>();
    for (Map<String, AttributeValue> item : items(Names.SET + digest.hex())) {
      String sk = text(item, SK);
      if (!text(item, Names.SCHEMA).equals(Names.SCHEMA_NOW)) {
        throw corrupt(
            digest,
            "the item "
                + sk
                + " has the schema "
                + text(item, Names.SCHEMA)
                + ", known is "
                + Names.SCHEMA_NOW);
      }
      Map<String, AttributeValue> attributes = new HashMap<>(item);
      attributes.keySet().removeAll(List.of(PK, SK, Names.SCHEMA));
      Document.Mapping document = document(digest, attributes, sk);
      if (sk.equals(Names.CATALOG)) {
        catalog = document;
      } else if (sk.startsWith(Names.POLICY)) {
        policies.add(document);
      } else {
        throw corrupt(digest, "the item " + sk + " belongs to no set");
      }
    }
    if (catalog == null) {
      throw corrupt(digest, "it has no catalog");
    }
    try {
      PolicySet set = PolicyFiles.readCanonical(catalog, policies);
      if (!set.digest().equals(digest)) {
        throw corrupt(digest, "its items make the set " + set.digest());
      }
      return set;
    } catch (InvalidDocumentException e) {
      throw corrupt(digest, String.valueOf(e.getMessage()));
    }
  }

  private static Document.Mapping document(
      Digest digest, Map<String, AttributeValue> attributes, String sk)
      throws PolicyStoreException {
    try {
      return DocumentAttributes.mapping(attributes, sk);
    } catch (PolicyStoreException.Corrupt e) {
      throw corrupt(digest, String.valueOf(e.getMessage()));
    }
  }

  /**
   * All that was ever put in force, the oldest first.
   *
   * @throws PolicyStoreException when it cannot be read
   */
  public List<Activation> history() throws PolicyStoreException {
    List<Activation> history = new ArrayList<>();
    for (Map<String, AttributeValue> item : items(ACTIVATION)) {
      history.add(activation(item));
    }
    return List.copyOf(history);
  }

  private Optional<Activation> activationOf(String requestId) throws PolicyStoreException {
    return history().stream()
        .filter(activation -> activation.request().requestId().equals(requestId))
        .findFirst();
  }

  private void write(PolicySet set) throws PolicyStoreException {
    Map<String, Document.Mapping> items = new HashMap<>();
    items.put(Names.CATALOG, CanonicalForm.catalog(set.catalog()));
    for (Policy policy : set.policies()) {
      items.put(Names.POLICY + policy.id(), CanonicalForm.policy(policy));
    }
    for (Map.Entry<String, Document.Mapping> item : items.entrySet()) {
      int size = CanonicalForm.json(item.getValue()).length;
      if (size > MOST_BYTES_AN_ITEM) {
        throw new PolicyStoreException.Unstorable(
            item.getKey()
                + " takes "
                + size
                + " bytes and DynamoDB keeps "
                + MOST_BYTES_AN_ITEM
                + ": split it");
      }
    }
    for (Map.Entry<String, Document.Mapping> item : items.entrySet()) {
      Map<String, AttributeValue> attributes =
          new HashMap<>(DocumentAttributes.of(item.getValue()));
      attributes.putAll(key(Names.SET + set.digest().hex(), item.getKey()));
      attributes.put(Names.SCHEMA, AttributeValue.fromS(Names.SCHEMA_NOW));
      call(
          "write the policy set",
          () -> {
            try {
              return client.putItem(put ->
                  put.tableName(table)
                      .item(attributes)
                      .conditionExpression("attribute_not_exists(" + PK + ")"));
            } catch (ConditionalCheckFailedException e) {
              // Written before, by an earlier deployment or one that stopped here; reading back
              // tells whether rightly.
              return Optional.empty();
            }
          });
    }
  }

  /** Whether the pointer was moved; not when somebody else moved it first. */
  private boolean move(Activation activation, @Nullable InForce before)
      throws PolicyStoreException {
    Map<String, AttributeValue> pointer = new HashMap<>(key(IN_FORCE, IN_FORCE));
    pointer.put(Names.DIGEST, AttributeValue.fromS(activation.digest().hex()));
    pointer.put(Names.SINCE, AttributeValue.fromS(activation.at().toString()));
    pointer.put(Names.BY, AttributeValue.fromS(activation.request().by()));
    pointer.put(Names.SEQUENCE, AttributeValue.fromN(Long.toString(activation.sequence())));
    Put.Builder movePointer = Put.builder().tableName(table).item(pointer);
    if (before == null) {
      movePointer.conditionExpression("attribute_not_exists(" + PK + ")");
    } else {
      movePointer
          .conditionExpression("#sequence = :before")
          .expressionAttributeNames(Map.of("#sequence", Names.SEQUENCE))
          .expressionAttributeValues(
              Map.of(":before", AttributeValue.fromN(Long.toString(before.sequence()))));
    }
    Put append =
        Put.builder()
            .tableName(table)
            .item(item(activation))
            .conditionExpression("attribute_not_exists(" + PK + ")")
            .build();
    return call(
        "put the policy set in force",
        () -> {
          try {
            client.transactWriteItems(transaction ->
                transaction.transactItems(
                    TransactWriteItem.builder().put(movePointer.build()).build(),
                    TransactWriteItem.builder().put(append).build()));
            return true;
          } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream()
                .map(CancellationReason::code)
                .allMatch(DynamoDbPolicySets::isRace)) {
              return false;
            }
            throw e;
          }
        });
  }

  private static boolean isRace(String reason) {
    return reason.equals("None")
        || reason.equals("ConditionalCheckFailed")
        || reason.equals("TransactionConflict");
  }

  private static Map<String, AttributeValue> item(Activation activation) {
    Map<String, AttributeValue> item =
        new HashMap<>(key(ACTIVATION, String.format(Locale.ROOT, "%012d", activation.sequence())));
    item.put(Names.DIGEST, AttributeValue.fromS(activation.digest().hex()));
    if (activation.previous() != null) {
      item.put(Names.PREVIOUS, AttributeValue.fromS(activation.previous().hex()));
    }
    item.put(Names.AT, AttributeValue.fromS(activation.at().toString()));
    item.put(Names.BY, AttributeValue.fromS(activation.request().by()));
    item.put(Names.STACK, AttributeValue.fromS(activation.request().stack()));
    item.put(Names.REQUEST_ID, AttributeValue.fromS(activation.request().requestId()));
    return item;
  }

  private static Activation activation(Map<String, AttributeValue> item)
      throws PolicyStoreException {
    String sequence = text(item, SK);
    try {
      return new Activation(
          Long.parseLong(sequence),
          digest(item, Names.DIGEST),
          item.containsKey(Names.PREVIOUS) ? digest(item, Names.PREVIOUS) : null,
          instant(item, Names.AT),
          new Activation.Request(
              text(item, Names.BY), text(item, Names.STACK), text(item, Names.REQUEST_ID)));
    } catch (IllegalArgumentException e) {
      throw new PolicyStoreException.Corrupt(
          "the activation " + sequence + " is not one: " + e.getMessage());
    }
  }

  private List<Map<String, AttributeValue>> items(String pk) throws PolicyStoreException {
    return call(
        "read the items of " + pk,
        () ->
            client
                .queryPaginator(query ->
                    query
                        .tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("#pk = :pk")
                        .expressionAttributeNames(Map.of("#pk", PK))
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk))))
                .items()
                .stream()
                .toList());
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
  }

  private static String text(Map<String, AttributeValue> item, String name)
      throws PolicyStoreException {
    AttributeValue value = item.get(name);
    if (value == null || value.s() == null) {
      throw new PolicyStoreException.Corrupt("an item has no text " + name);
    }
    return value.s();
  }

  private static long number(Map<String, AttributeValue> item, String name)
      throws PolicyStoreException {
    AttributeValue value = item.get(name);
    try {
      if (value != null && value.n() != null) {
        return Long.parseLong(value.n());
      }
    } catch (NumberFormatException e) {
      // Answered below, like any other value that is no whole number.
    }
    throw new PolicyStoreException.Corrupt("an item has no whole number " + name);
  }

  private static Digest digest(Map<String, AttributeValue> item, String name)
      throws PolicyStoreException {
    try {
      return new Digest(text(item, name));
    } catch (IllegalArgumentException e) {
      throw new PolicyStoreException.Corrupt(name + ": " + e.getMessage());
    }
  }

  private static Instant instant(Map<String, AttributeValue> item, String name)
      throws PolicyStoreException {
    try {
      return Instant.parse(text(item, name));
    } catch (DateTimeParseException e) {
      throw new PolicyStoreException.Corrupt(name + ": " + e.getMessage());
    }
  }

  private static PolicyStoreException.Corrupt corrupt(Digest digest, String why) {
    return new PolicyStoreException.Corrupt(
        "the policy set " + digest + " does not verify: " + why);
  }

  private static void pause() throws PolicyStoreException {
    try {
      Thread.sleep(
          Duration.ofMillis(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toMillis())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolicyStoreException.Unavailable("interrupted while waiting for others", e);
    }
  }

  private <T> T call(String what, SdkCall<T> call) throws PolicyStoreException {
    try {
      return call.run();
    } catch (SdkException e) {
      throw new PolicyStoreException.Unavailable(
          "could not " + what + " in the table " + table + ": " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface SdkCall<T> {
    T run();
  }
}
