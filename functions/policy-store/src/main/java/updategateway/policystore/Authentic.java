package updategateway.policystore;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Whether an answer is one to the question. "There is no such item" is an empty answer, and so is
 * any rubbish: it counts only from whoever names the table that was asked, as DynamoDB does when it
 * is asked what the question cost. An item counts only under the key that was asked for.
 */
final class Authentic {
  private Authentic() {}

  /** What answered is not the table, or answered another question. */
  static final class ForgeryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ForgeryException(String message) {
      super(message);
    }
  }

  /**
   * The item, with no attributes when there is none.
   *
   * @throws ForgeryException when that is not what the answer says
   */
  static Map<String, AttributeValue> item(
      GetItemResponse answer, String table, Map<String, AttributeValue> key) {
    Map<String, AttributeValue> item = answer.item();
    // An item has its key at least; where none was found, the answer has no item.
    if (!answer.hasItem()) {
      requireTable(answer.consumedCapacity(), table);
    } else if (!item.entrySet().containsAll(key.entrySet())) {
      throw new ForgeryException("what came is another item than was asked for");
    }
    return item;
  }

  /**
   * The items of one page.
   *
   * @throws ForgeryException when they are not of this partition of this table
   */
  static List<Map<String, AttributeValue>> items(QueryResponse page, String table, String pk) {
    requireTable(page.consumedCapacity(), table);
    AttributeValue partition = AttributeValue.fromS(pk);
    if (!page.items().stream().allMatch(item -> partition.equals(item.get(Names.PK)))) {
      throw new ForgeryException("what came are other items than were asked for");
    }
    return page.items();
  }

  private static void requireTable(@Nullable ConsumedCapacity cost, String table) {
    if (cost == null || !table.equals(cost.tableName())) {
      throw new ForgeryException("what answered is not DynamoDB");
    }
  }
}
