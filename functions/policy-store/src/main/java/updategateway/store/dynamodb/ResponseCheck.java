package updategateway.store.dynamodb;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import updategateway.store.dynamodb.ItemReader.GetItem;
import updategateway.store.dynamodb.ItemReader.GetItemResult;
import updategateway.store.dynamodb.ItemReader.Query;
import updategateway.store.dynamodb.ItemReader.QueryResult;

/**
 * Whether an answer is one to the question. "There is no such item" is an empty answer, and so is
 * any rubbish: it counts only from whoever names the table that was asked, as DynamoDB does when it
 * is asked what the question cost. An item counts only under the key that was asked for.
 */
public final class ResponseCheck {
  private ResponseCheck() {}

  /** What answered is not the table, or answered another question. */
  public static final class UnexpectedResponseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private UnexpectedResponseException(String message) {
      super(message);
    }
  }

  /**
   * The item, with no attributes when there is none.
   *
   * @throws UnexpectedResponseException when that is not what the answer says
   */
  public static Map<String, Attribute> item(GetItemResult answer, GetItem question) {
    Map<String, Attribute> item = answer.item();
    // An item has its key at least; where none was found, the answer has no item.
    if (item == null) {
      requireTable(answer.table(), question.table());
      return Map.of();
    }
    if (!item.entrySet().containsAll(question.key().entrySet())) {
      throw new UnexpectedResponseException("what came is another item than was asked for");
    }
    return item;
  }

  /**
   * The items of one page.
   *
   * @throws UnexpectedResponseException when they are not of this partition of this table
   */
  public static List<Map<String, Attribute>> items(QueryResult page, Query question) {
    requireTable(page.table(), question.table());
    for (Map<String, Attribute> item : page.items()) {
      if (!question.partition().equals(item.get(question.key()))) {
        throw new UnexpectedResponseException("what came are other items than were asked for");
      }
    }
    return page.items();
  }

  private static void requireTable(@Nullable String named, String table) {
    if (!table.equals(named)) {
      throw new UnexpectedResponseException("what answered is not DynamoDB");
    }
  }
}
