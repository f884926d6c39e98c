package updategateway.store.dynamodb;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The two questions that DynamoDB is asked where nothing is changed: an item by its key, and the
 * items of a partition. With each, DynamoDB is asked what it cost, since it then names the table.
 * Whoever implements it fails with the SDK's exceptions, and can be used by many threads.
 */
public interface ItemReader extends AutoCloseable {
  /**
   * The item that has a key ({@code GetItem}).
   *
   * @throws SdkException when there is no answer
   */
  GetItemResult item(GetItem question);

  /**
   * A page of a partition's items, by their sort key ({@code Query}).
   *
   * @throws SdkException when there is no answer
   */
  QueryResult page(Query question);

  @Override
  void close();

  /**
   * Which item.
   *
   * @param key all attributes of its key
   * @param consistent whether it is to be as of now; else it may be as it was a moment ago
   */
  record GetItem(String table, Map<String, Attribute> key, boolean consistent) {}

  /**
   * What was found under a key.
   *
   * @param item null when there is none
   * @param table the table that the answer says it is from; null when it names none
   */
  record GetItemResult(@Nullable Map<String, Attribute> item, @Nullable String table) {}

  /**
   * Which items.
   *
   * @param key the name of the attribute that is the partition's key
   * @param partition its value
   * @param consistent whether they are to be as of now; else they may be as they were a moment ago
   * @param order by sort key
   * @param most how many items at most, from 1; null for as many as a page has, which is a megabyte
   * @param after the key of the item that they come after; null for those from the beginning
   */
  record Query(
      String table,
      String key,
      Attribute partition,
      boolean consistent,
      Order order,
      @Nullable Integer most,
      @Nullable Map<String, Attribute> after) {
    /** All items of a partition as of now, in ascending order. */
    public static Query all(String table, String key, Attribute partition) {
      return new Query(table, key, partition, true, Order.ASCENDING, null, null);
    }

    /** The last item of a partition as of now. */
    public static Query last(String table, String key, Attribute partition) {
      return new Query(table, key, partition, true, Order.DESCENDING, 1, null);
    }

    /** The same question about the items after this key. */
    public Query after(Map<String, Attribute> lastKey) {
      return new Query(table, key, partition, consistent, order, most, lastKey);
    }
  }

  /** In which order a partition's items come. */
  enum Order {
    ASCENDING,
    DESCENDING
  }

  /**
   * A page of a partition.
   *
   * @param lastKey where the next page begins; null when there is none
   * @param table the table that the answer says it is from; null when it names none
   */
  record QueryResult(
      List<Map<String, Attribute>> items,
      @Nullable Map<String, Attribute> lastKey,
      @Nullable String table) {}
}
