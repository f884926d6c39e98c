package updategateway.store.history;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.TableSchema;

/** An entry of the history, and the pointer to the last one, as items. */
final class ActivationItem {
  /** What an entry's item may have. */
  static final Set<String> ENTRY_ATTRIBUTES =
      Set.of(
          TableSchema.PK,
          TableSchema.SK,
          TableSchema.SEQUENCE,
          TableSchema.DIGEST,
          TableSchema.PREVIOUS,
          TableSchema.AT,
          TableSchema.BY,
          TableSchema.STACK,
          TableSchema.REQUEST_ID,
          TableSchema.REASON,
          TableSchema.ENTRY,
          TableSchema.PREVIOUS_ENTRY);

  /** What the pointer's item may have. */
  static final Set<String> POINTER_ATTRIBUTES =
      Set.of(
          TableSchema.PK,
          TableSchema.SK,
          TableSchema.DIGEST,
          TableSchema.SINCE,
          TableSchema.BY,
          TableSchema.SEQUENCE,
          TableSchema.ENTRY);

  /** The pointer's key, as a person reads it. */
  static final String POINTER = TableSchema.IN_FORCE + " / " + TableSchema.IN_FORCE;

  /** Twelve digits, so that the order of texts is that of numbers. */
  private static final int PLACE_DIGITS = 12;

  private static final long LAST_PLACE = 999_999_999_999L;

  private ActivationItem() {}

  static String place(long sequence) {
    return String.format(Locale.ROOT, "%012d", sequence);
  }

  /** The place in the history that the key says; empty when it says none. */
  static OptionalLong place(Map<String, Attribute> item) throws PolicyStoreException.Corrupt {
    String key = Item.text(item, TableSchema.SK);
    return isPlace(key) ? OptionalLong.of(Long.parseLong(key)) : OptionalLong.empty();
  }

  private static boolean isPlace(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() == PLACE_DIGITS;
  }

  static Map<String, Attribute> of(Activation activation) {
    Map<String, Attribute> item =
        Item.withKey(TableSchema.ACTIVATION, place(activation.sequence()));
    Item.put(item, TableSchema.SEQUENCE, activation.sequence());
    Item.put(item, TableSchema.DIGEST, activation.digest());
    Item.put(item, TableSchema.PREVIOUS, activation.previous());
    Item.put(item, TableSchema.AT, activation.at());
    Item.put(item, TableSchema.BY, activation.request().by());
    Item.put(item, TableSchema.STACK, activation.request().stack());
    Item.put(item, TableSchema.REQUEST_ID, activation.request().requestId());
    Item.put(item, TableSchema.REASON, activation.request().reason());
    Item.put(item, TableSchema.PREVIOUS_ENTRY, activation.previousEntry());
    Item.put(item, TableSchema.ENTRY, activation.entry());
    return item;
  }

  /** What the item says, whether rightly or not. */
  static Activation read(Map<String, Attribute> item) throws PolicyStoreException.Corrupt {
    try {
      return new Activation(
          Item.number(item, TableSchema.SEQUENCE),
          Item.digest(item, TableSchema.DIGEST),
          Item.optionalDigest(item, TableSchema.PREVIOUS),
          Item.instant(item, TableSchema.AT),
          new Activation.Request(
              Item.text(item, TableSchema.BY),
              Item.text(item, TableSchema.STACK),
              Item.text(item, TableSchema.REQUEST_ID),
              item.containsKey(TableSchema.REASON) ? Item.text(item, TableSchema.REASON) : null),
          Item.optionalDigest(item, TableSchema.PREVIOUS_ENTRY),
          Item.digest(item, TableSchema.ENTRY));
    } catch (IllegalArgumentException e) {
      throw new PolicyStoreException.Corrupt(
          CorruptionKind.HISTORY,
          "the activation " + Item.text(item, TableSchema.SK) + " is not one: " + e.getMessage());
    }
  }

  static Map<String, Attribute> pointer(ActiveSet inForce) {
    Map<String, Attribute> item = Item.withKey(TableSchema.IN_FORCE, TableSchema.IN_FORCE);
    Item.put(item, TableSchema.DIGEST, inForce.digest());
    Item.put(item, TableSchema.SINCE, inForce.since());
    Item.put(item, TableSchema.BY, inForce.by());
    Item.put(item, TableSchema.SEQUENCE, inForce.sequence());
    Item.put(item, TableSchema.ENTRY, inForce.entry());
    return item;
  }

  /**
   * @throws PolicyStoreException.Corrupt when it says nothing that was ever written there
   */
  static ActiveSet readPointer(Map<String, Attribute> item) throws PolicyStoreException.Corrupt {
    try {
      long sequence = Item.number(item, TableSchema.SEQUENCE);
      if (sequence < 1 || sequence > LAST_PLACE) {
        throw new PolicyStoreException.Corrupt(
            CorruptionKind.POINTER,
            "the item " + POINTER + " names entry " + sequence + ", which there cannot be");
      }
      return new ActiveSet(
          Item.digest(item, TableSchema.DIGEST),
          Item.instant(item, TableSchema.SINCE),
          Item.text(item, TableSchema.BY),
          sequence,
          Item.optionalDigest(item, TableSchema.ENTRY));
    } catch (PolicyStoreException.Corrupt e) {
      throw new PolicyStoreException.Corrupt(
          CorruptionKind.POINTER, String.valueOf(e.getMessage()));
    }
  }

  /**
   * That it can be read does not mean that nobody touched it.
   *
   * @throws PolicyStoreException.Corrupt when the item is not exactly what is written for this
   */
  static void requireAsWritten(Map<String, Attribute> item, ActiveSet inForce)
      throws PolicyStoreException.Corrupt {
    Map<String, Attribute> written = pointer(inForce);
    for (Map.Entry<String, Attribute> attribute : item.entrySet()) {
      if (!attribute.getValue().equals(written.get(attribute.getKey()))) {
        throw new PolicyStoreException.Corrupt(
            CorruptionKind.POINTER,
            "the item "
                + TableSchema.IN_FORCE
                + " has the attribute "
                + attribute.getKey()
                + ", which is never written there, or not like this");
      }
    }
  }
}
