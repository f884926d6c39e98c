package updategateway.store.dynamodb;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.InstantFormat;
import updategateway.policy.set.Digest;

/** Reading and writing the attributes of one item. */
public final class Item {
  /** No clock is so far ahead; whatever says so would be in force for ever. */
  private static final Instant END_OF_TIME = InstantFormat.parse("9999-12-31T00:00:00Z");

  private Item() {}

  public static Map<String, Attribute> key(String pk, String sk) {
    return Map.of(TableSchema.PK, Attribute.fromS(pk), TableSchema.SK, Attribute.fromS(sk));
  }

  /** A new item under this key, to be filled. */
  public static Map<String, Attribute> withKey(String pk, String sk) {
    return new HashMap<>(key(pk, sk));
  }

  public static void put(Map<String, Attribute> item, String name, @Nullable Object value) {
    if (value != null) {
      item.put(name, Attribute.fromS(value.toString()));
    }
  }

  public static void put(Map<String, Attribute> item, String name, Instant value) {
    item.put(name, Attribute.fromS(InstantFormat.format(value)));
  }

  public static void put(Map<String, Attribute> item, String name, long value) {
    item.put(name, Attribute.fromN(Long.toString(value)));
  }

  public static String text(Map<String, Attribute> item, String name)
      throws PolicyStoreException.Corrupt {
    Attribute value = item.get(name);
    if (value == null || value.s() == null) {
      throw new PolicyStoreException.Corrupt(
          CorruptionKind.ILL_FORMED,
          named(item)
              + " has "
              + (value == null ? "no " + name : "a " + name + " that is no text"));
    }
    return value.s();
  }

  public static long number(Map<String, Attribute> item, String name)
      throws PolicyStoreException.Corrupt {
    Attribute value = item.get(name);
    try {
      if (value != null && value.n() != null) {
        return Long.parseLong(value.n());
      }
    } catch (NumberFormatException e) {
      // Answered below, like any other value that is no whole number.
    }
    throw new PolicyStoreException.Corrupt(
        CorruptionKind.ILL_FORMED, named(item) + " has no whole number " + name);
  }

  public static Digest digest(Map<String, Attribute> item, String name)
      throws PolicyStoreException.Corrupt {
    try {
      return new Digest(text(item, name));
    } catch (IllegalArgumentException e) {
      throw new PolicyStoreException.Corrupt(
          CorruptionKind.ILL_FORMED, named(item) + " has a wrong " + name + ": " + e.getMessage());
    }
  }

  public static @Nullable Digest optionalDigest(Map<String, Attribute> item, String name)
      throws PolicyStoreException.Corrupt {
    return item.containsKey(name) ? digest(item, name) : null;
  }

  public static Instant instant(Map<String, Attribute> item, String name)
      throws PolicyStoreException.Corrupt {
    try {
      Instant instant = InstantFormat.parse(text(item, name));
      if (!instant.isBefore(END_OF_TIME)) {
        throw new DateTimeException("no time of ours: " + instant);
      }
      return instant;
    } catch (DateTimeException e) {
      throw new PolicyStoreException.Corrupt(
          CorruptionKind.ILL_FORMED, named(item) + " has a wrong " + name + ": " + e.getMessage());
    }
  }

  private static String named(Map<String, Attribute> item) {
    return "the item " + keyText(item, TableSchema.PK) + " / " + keyText(item, TableSchema.SK);
  }

  private static String keyText(Map<String, Attribute> item, String name) {
    Attribute value = item.get(name);
    return value == null ? "?" : String.valueOf(value.s());
  }
}
