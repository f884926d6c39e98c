package updategateway.policystore;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What became of each request: one item a request, written in the same step as its effect. A
 * request that has one never takes effect again, or at all when it was abandoned.
 */
final class Requests {
  private final Table table;

  Requests(Table table) {
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
    Map<String, AttributeValue> item =
        table.get("read what became of the request", Names.REQUEST, requestId, true);
    if (item.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        item.containsKey(Names.ABANDONED)
            ? new Abandoned(Item.instant(item, Names.ABANDONED))
            : new Done(Item.number(item, Names.SEQUENCE)));
  }

  /** The item of a request that is carried out with this activation. */
  static Map<String, AttributeValue> done(String requestId, long sequence) {
    Map<String, AttributeValue> item = Item.under(Names.REQUEST, requestId);
    Item.put(item, Names.SEQUENCE, sequence);
    return item;
  }

  /** Notes that there was nothing to do; whether this is news. */
  boolean noteDone(String requestId, long sequence) throws PolicyStoreException {
    return table.putNew("note what became of the request", done(requestId, sequence));
  }

  /** Notes that it must not take effect any more; whether this is news. */
  boolean noteAbandoned(String requestId, Instant at) throws PolicyStoreException {
    Map<String, AttributeValue> item = Item.under(Names.REQUEST, requestId);
    Item.put(item, Names.ABANDONED, at);
    return table.putNew("give up the request", item);
  }
}
