package updategateway.policystore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The table of policy sets: its calls, and their failures as sentences. */
final class Table {
  private static final String IS_NEW = "attribute_not_exists(" + Names.PK + ")";

  private final DynamoDbClient client;
  private final String name;

  Table(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /**
   * One item as of now, with no attributes when there is none.
   *
   * @throws PolicyStoreException.Unavailable also when what answers is not this table, or the item
   *     is not the one that was asked for
   */
  Map<String, AttributeValue> get(String what, String pk, String sk)
      throws PolicyStoreException.Unavailable {
    Map<String, AttributeValue> key = Item.key(pk, sk);
    return call(
        what,
        () ->
            Authentic.item(
                client.getItem(get ->
                    get.tableName(name)
                        .key(key)
                        .consistentRead(true)
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)),
                name,
                key));
  }

  /**
   * The last item of a partition as of now, by its sort key; with no attributes when it is empty.
   */
  Map<String, AttributeValue> last(String pk) throws PolicyStoreException.Unavailable {
    return call(
        "read the last item of " + pk,
        () ->
            Authentic.items(
                    client.query(query -> {
                      all(query, pk);
                      query.scanIndexForward(false).limit(1);
                    }),
                    name,
                    pk)
                .stream()
                .findFirst()
                .orElse(Map.of()));
  }

  /** All items of a partition as of now, by their sort key. */
  List<Map<String, AttributeValue>> items(String pk) throws PolicyStoreException.Unavailable {
    return call(
        "read the items of " + pk,
        () ->
            client.queryPaginator(query -> all(query, pk)).stream()
                .flatMap(page -> Authentic.items(page, name, pk).stream())
                .toList());
  }

  /**
   * All items of a partition as of now, by their sort key; empty when they do not fit into so many
   * pages of a megabyte. No more than that is read.
   */
  Optional<List<Map<String, AttributeValue>>> items(String pk, int mostPages)
      throws PolicyStoreException.Unavailable {
    return call(
        "read the items of " + pk,
        () -> {
          List<Map<String, AttributeValue>> items = new ArrayList<>();
          int pages = 0;
          for (QueryResponse page : client.queryPaginator(query -> all(query, pk))) {
            if (++pages > mostPages) {
              return Optional.empty();
            }
            items.addAll(Authentic.items(page, name, pk));
          }
          return Optional.of(items);
        });
  }

  private void all(QueryRequest.Builder query, String pk) {
    query
        .tableName(name)
        .consistentRead(true)
        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
        .keyConditionExpression("#pk = :pk")
        .expressionAttributeNames(Map.of("#pk", Names.PK))
        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)));
  }

  /** Writes an item unless there is one with its key; whether it did. */
  boolean putNew(String what, Map<String, AttributeValue> item)
      throws PolicyStoreException.Unavailable {
    return putIf(what, item, IS_NEW, Map.of());
  }

  /** Writes an item if what stands there meets the condition; whether it did. */
  boolean putIf(
      String what,
      Map<String, AttributeValue> item,
      String condition,
      Map<String, String> conditionNames)
      throws PolicyStoreException.Unavailable {
    return call(
        what,
        () -> {
          try {
            client.putItem(put ->
                put.tableName(name)
                    .item(item)
                    .conditionExpression(condition)
                    .expressionAttributeNames(conditionNames.isEmpty() ? null : conditionNames));
            return true;
          } catch (ConditionalCheckFailedException e) {
            return false;
          }
        });
  }

  Put.Builder put(Map<String, AttributeValue> item) {
    return Put.builder().tableName(name).item(item);
  }

  Put.Builder newItem(Map<String, AttributeValue> item) {
    return put(item).conditionExpression(IS_NEW);
  }

  void transact(List<Put> puts) {
    client.transactWriteItems(transaction ->
        transaction.transactItems(
            puts.stream().map(put -> TransactWriteItem.builder().put(put).build()).toList()));
  }

  <T> T call(String what, SdkCall<T> call) throws PolicyStoreException.Unavailable {
    try {
      return call.run();
    } catch (Authentic.ForgeryException e) {
      throw new PolicyStoreException.Unavailable(
          "could not " + what + " in the table " + name + ": " + e.getMessage(),
          Trouble.UNREADABLE);
    } catch (SdkException e) {
      throw new PolicyStoreException.Unavailable(
          "could not " + what + " in the table " + name + ": " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  interface SdkCall<T> {
    T run();
  }
}
