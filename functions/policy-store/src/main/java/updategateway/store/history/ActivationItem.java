package updategateway.store.history;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.Defect;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.Names;
import updategateway.store.dynamodb.PolicyStoreException;

/** An entry of the history, and the pointer to the last one, as items. */
final class ActivationItem {
  /** What an entry's item may have. */
  static final Set<String> ENTRY_ATTRIBUTES =
      Set.of(
          Names.PK,
          Names.SK,
          Names.SEQUENCE,
          Names.DIGEST,
          Names.PREVIOUS,
          Names.AT,
          Names.BY,
          Names.STACK,
          Names.REQUEST_ID,
          Names.REASON,
          Names.ENTRY,
          Names.PREVIOUS_ENTRY);

  /** What the pointer's item may have. */
  static final Set<String> POINTER_ATTRIBUTES =
      Set.of(Names.PK, Names.SK, Names.DIGEST, Names.SINCE, Names.BY, Names.SEQUENCE, Names.ENTRY);

  /** The pointer's key, as a person reads it. */
  static final String POINTER = Names.IN_FORCE + " / " + Names.IN_FORCE;

  /** Twelve digits, so that the order of texts is that of numbers. */
  private static final int PLACE_DIGITS = 12;

  private static final long LAST_PLACE = 999_999_999_999L;

  private ActivationItem() {}

  static String place(long sequence) {
    return String.format(Locale.ROOT, "%012d", sequence);
  }

  /** The place in the history that the key says; empty when it says none. */
  static OptionalLong place(Map<String, Attribute> item) throws PolicyStoreException.Corrupt {
    String key = Item.text(item, Names.SK);
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
    Map<String, Attribute> item = Item.under(Names.ACTIVATION, place(activation.sequence()));
    Item.put(item, Names.SEQUENCE, activation.sequence());
    Item.put(item, Names.DIGEST, activation.digest());
    Item.put(item, Names.PREVIOUS, activation.previous());
    Item.put(item, Names.AT, activation.at());
    Item.put(item, Names.BY, activation.request().by());
    Item.put(item, Names.STACK, activation.request().stack());
    Item.put(item, Names.REQUEST_ID, activation.request().requestId());
    Item.put(item, Names.REASON, activation.request().reason());
    Item.put(item, Names.PREVIOUS_ENTRY, activation.previousEntry());
    Item.put(item, Names.ENTRY, activation.entry());
    return item;
  }

  /** What the item says, whether rightly or not. */
  static Activation read(Map<String, Attribute> item) throws PolicyStoreException.Corrupt {
    try {
      return new Activation(
          Item.number(item, Names.SEQUENCE),
          Item.digest(item, Names.DIGEST),
          Item.optionalDigest(item, Names.PREVIOUS),
          Item.instant(item, Names.AT),
          new Activation.Request(
              Item.text(item, Names.BY),
              Item.text(item, Names.STACK),
              Item.text(item, Names.REQUEST_ID),
              item.containsKey(Names.REASON) ? Item.text(item, Names.REASON) : null),
          Item.optionalDigest(item, Names.PREVIOUS_ENTRY),
          Item.digest(item, Names.ENTRY));
    } catch (IllegalArgumentException e) {
      throw new PolicyStoreException.Corrupt(
          Defect.HISTORY,
          "the activation " + Item.text(item, Names.SK) + " is not one: " + e.getMessage());
    }
  }

  static Map<String, Attribute> pointer(InForce inForce) {
    Map<String, Attribute> item = Item.under(Names.IN_FORCE, Names.IN_FORCE);
    Item.put(item, Names.DIGEST, inForce.digest());
    Item.put(item, Names.SINCE, inForce.since());
    Item.put(item, Names.BY, inForce.by());
    Item.put(item, Names.SEQUENCE, inForce.sequence());
    Item.put(item, Names.ENTRY, inForce.entry());
    return item;
  }

  /**
   * @throws PolicyStoreException.Corrupt when it says nothing that was ever written there
   */
  static InForce readPointer(Map<String, Attribute> item) throws PolicyStoreException.Corrupt {
    try {
      long sequence = Item.number(item, Names.SEQUENCE);
      if (sequence < 1 || sequence > LAST_PLACE) {
        throw new PolicyStoreException.Corrupt(
            Defect.POINTER,
            "the item " + POINTER + " names entry " + sequence + ", which there cannot be");
      }
      return new InForce(
          Item.digest(item, Names.DIGEST),
          Item.instant(item, Names.SINCE),
          Item.text(item, Names.BY),
          sequence,
          Item.optionalDigest(item, Names.ENTRY));
    } catch (PolicyStoreException.Corrupt e) {
      throw new PolicyStoreException.Corrupt(Defect.POINTER, String.valueOf(e.getMessage()));
    }
  }

  /**
   * That it can be read does not mean that nobody touched it.
   *
   * @throws PolicyStoreException.Corrupt when the item is not exactly what is written for this
   */
  static void requireAsWritten(Map<String, Attribute> item, InForce inForce)
      throws PolicyStoreException.Corrupt {
    Map<String, Attribute> written = pointer(inForce);
    for (Map.Entry<String, Attribute> attribute : item.entrySet()) {
      if (!attribute.getValue().equals(written.get(attribute.getKey()))) {
        throw new PolicyStoreException.Corrupt(
            Defect.POINTER,
            "the item "
                + Names.IN_FORCE
                + " has the attribute "
                + attribute.getKey()
                + ", which is never written there, or not like this");
      }
    }
  }
}
