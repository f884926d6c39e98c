package updategateway.store.dynamodb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import updategateway.store.dynamodb.ItemReader.GetItem;
import updategateway.store.dynamodb.ItemReader.Query;
import updategateway.store.dynamodb.ItemReader.QueryResult;

/** The table of policy sets: its calls, and their failures as sentences. */
public final class Table {
  private static final String IS_NEW = "attribute_not_exists(" + TableSchema.PK + ")";

  private final ItemReader reader;
  private final @Nullable DynamoDbClient writer;
  private final String name;

  /**
   * @param writer null where nothing is changed; whatever would then throws an {@link
   *     UnsupportedOperationException}
   */
  public Table(ItemReader reader, @Nullable DynamoDbClient writer, String name) {
    this.reader = reader;
    this.writer = writer;
    this.name = name;
  }

  /**
   * One item as of now, with no attributes when there is none.
   *
   * @throws PolicyStoreException.Unavailable also when what answers is not this table, or the item
   *     is not the one that was asked for
   */
  public Map<String, Attribute> get(String what, String pk, String sk)
      throws PolicyStoreException.Unavailable {
    GetItem question = new GetItem(name, Item.key(pk, sk), true);
    return call(what, () -> ResponseCheck.item(reader.item(question), question));
  }

  /**
   * The last item of a partition as of now, by its sort key; with no attributes when it is empty.
   */
  public Map<String, Attribute> last(String pk) throws PolicyStoreException.Unavailable {
    Query last = Query.last(name, TableSchema.PK, Attribute.fromS(pk));
    return call(
        "read the last item of " + pk,
        () -> {
          List<Map<String, Attribute>> items = ResponseCheck.items(reader.page(last), last);
          return items.isEmpty() ? Map.of() : items.getFirst();
        });
  }

  /** All items of a partition as of now, by their sort key. */
  public List<Map<String, Attribute>> items(String pk) throws PolicyStoreException.Unavailable {
    return items(pk, Integer.MAX_VALUE).orElseThrow();
  }

  /**
   * All items of a partition as of now, by their sort key; empty when they do not fit into so many
   * pages of a megabyte. No more than that is read.
   */
  public Optional<List<Map<String, Attribute>>> items(String pk, int mostPages)
      throws PolicyStoreException.Unavailable {
    return call("read the items of " + pk, () -> read(pk, mostPages));
  }

  private Optional<List<Map<String, Attribute>>> read(String pk, int mostPages) {
    List<Map<String, Attribute>> items = new ArrayList<>();
    Query question = Query.all(name, TableSchema.PK, Attribute.fromS(pk));
    for (int pages = 1; pages <= mostPages; pages++) {
      QueryResult page = reader.page(question);
      items.addAll(ResponseCheck.items(page, question));
      Map<String, Attribute> lastKey = page.lastKey();
      if (lastKey == null) {
        return Optional.of(Collections.unmodifiableList(items));
      }
      question = question.after(lastKey);
    }
    return Optional.empty();
  }

  /** Writes an item unless there is one with its key; whether it did. */
  public boolean putNew(String what, Map<String, Attribute> item)
      throws PolicyStoreException.Unavailable {
    return putIf(what, item, IS_NEW, Map.of());
  }

  /** Writes an item if what stands there meets the condition; whether it did. */
  public boolean putIf(
      String what,
      Map<String, Attribute> item,
      String condition,
      Map<String, String> conditionNames)
      throws PolicyStoreException.Unavailable {
    return call(
        what,
        () -> {
          try {
            writer()
                .putItem(put ->
                    put.tableName(name)
                        .item(SdkAttributes.of(item))
                        .conditionExpression(condition)
                        .expressionAttributeNames(
                            conditionNames.isEmpty() ? null : conditionNames));
            return true;
          } catch (ConditionalCheckFailedException e) {
            return false;
          }
        });
  }

  public Put.Builder put(Map<String, Attribute> item) {
    return Put.builder().tableName(name).item(SdkAttributes.of(item));
  }

  public Put.Builder newItem(Map<String, Attribute> item) {
    return put(item).conditionExpression(IS_NEW);
  }

  public void transact(List<Put> puts) {
    writer()
        .transactWriteItems(transaction ->
            transaction.transactItems(
                puts.stream().map(put -> TransactWriteItem.builder().put(put).build()).toList()));
  }

  private DynamoDbClient writer() {
    if (writer == null) {
      throw new UnsupportedOperationException("the table " + name + " was opened to be read only");
    }
    return writer;
  }

  public <T> T call(String what, SdkCall<T> call) throws PolicyStoreException.Unavailable {
    try {
      return call.run();
    } catch (ResponseCheck.UnexpectedResponseException e) {
      throw new PolicyStoreException.Unavailable(
          "could not " + what + " in the table " + name + ": " + e.getMessage(),
          FailureCause.UNREADABLE);
    } catch (SdkException e) {
      throw new PolicyStoreException.Unavailable(
          "could not " + what + " in the table " + name + ": " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  public interface SdkCall<T> {
    T run();
  }
}
