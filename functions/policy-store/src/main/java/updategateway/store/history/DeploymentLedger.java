package updategateway.store.history;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.Table;
import updategateway.store.dynamodb.TableSchema;

/**
 * What became of each request: one item a request, whose outcome is written once, in the same step
 * as its effect. A request that has an outcome never takes effect again, or at all when it was
 * abandoned.
 */
final class DeploymentLedger {
  /** The condition that a request has no outcome yet, whether it was heard of or not. */
  static final String IS_OPEN =
      "attribute_not_exists(#sequence) AND attribute_not_exists(#abandoned)";

  /** The names in that condition; some of them are reserved words. */
  static final Map<String, String> IS_OPEN_NAMES =
      Map.of("#sequence", TableSchema.SEQUENCE, "#abandoned", TableSchema.ABANDONED);

  private final Table table;

  DeploymentLedger(Table table) {
    this.table = table;
  }

  /** What is known of a request that has come to its end. */
  sealed interface Outcome {}

  /**
   * It was carried out.
   *
   * @param sequence the activation that it made, or that it found had made its set in force
   */
  record Done(long sequence) implements Outcome {}

  /** It was given up. */
  record Abandoned(Instant at) implements Outcome {}

  Optional<Outcome> find(String requestId) throws PolicyStoreException {
    Map<String, Attribute> item = item(requestId);
    if (item.isEmpty() || isOpen(item)) {
      return Optional.empty();
    }
    return Optional.of(
        item.containsKey(TableSchema.ABANDONED)
            ? new Abandoned(Item.instant(item, TableSchema.ABANDONED))
            : new Done(Item.number(item, TableSchema.SEQUENCE)));
  }

  private Map<String, Attribute> item(String requestId) throws PolicyStoreException {
    return table.get("read what became of the request", TableSchema.REQUEST, requestId);
  }

  private static boolean isOpen(Map<String, Attribute> item) {
    return item.containsKey(TableSchema.BEGUN)
        && !item.containsKey(TableSchema.SEQUENCE)
        && !item.containsKey(TableSchema.ABANDONED);
  }

  /** When the request was first heard of: now, unless it was before. */
  Instant begin(String requestId, Instant now) throws PolicyStoreException {
    Map<String, Attribute> item = Item.withKey(TableSchema.REQUEST, requestId);
    Item.put(item, TableSchema.BEGUN, now);
    if (table.putNew("note the request", item)) {
      return now;
    }
    Map<String, Attribute> earlier = item(requestId);
    return isOpen(earlier) ? Item.instant(earlier, TableSchema.BEGUN) : now;
  }

  /** The item of a request that is carried out with this activation. */
  static Map<String, Attribute> done(String requestId, long sequence) {
    Map<String, Attribute> item = Item.withKey(TableSchema.REQUEST, requestId);
    Item.put(item, TableSchema.SEQUENCE, sequence);
    return item;
  }

  /** Notes that there was nothing to do; whether this is news. */
  boolean noteDone(String requestId, long sequence) throws PolicyStoreException {
    return table.putIf(
        "note what became of the request", done(requestId, sequence), IS_OPEN, IS_OPEN_NAMES);
  }

  /** Notes that it must not take effect any more; whether this is news. */
  boolean noteAbandoned(String requestId, Instant at) throws PolicyStoreException {
    Map<String, Attribute> item = Item.withKey(TableSchema.REQUEST, requestId);
    Item.put(item, TableSchema.ABANDONED, at);
    return table.putIf("give up the request", item, IS_OPEN, IS_OPEN_NAMES);
  }
}
