package updategateway.store.history;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.policy.set.Digest;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.TableSchema;

/**
 * Names the item to restore for each finding, and the hash that it must have. Restoring itself is
 * left to point-in-time recovery.
 */
final class RestoreAdvice {
  private static final String SOURCE = " from point-in-time recovery";

  private final Map<String, Attribute> pointer;
  private final NavigableMap<Long, Map<String, Attribute>> items;
  private final NavigableMap<Long, Optional<Activation>> places;

  /**
   * @param items what is stored in each place
   * @param places the entry of each place; empty if it is not as it was written
   */
  RestoreAdvice(
      Map<String, Attribute> pointer,
      NavigableMap<Long, Map<String, Attribute>> items,
      NavigableMap<Long, Optional<Activation>> places) {
    this.pointer = pointer;
    this.items = items;
    this.places = places;
  }

  /** Advice for an item that is no entry, or one too many. */
  static String delete(String sortKey) {
    return "Delete the item " + TableSchema.ACTIVATION + " / " + sortKey + ".";
  }

  /** Advice for an entry that was changed or is missing. */
  String entry(long place) {
    return "Restore the item " + named(place) + SOURCE + withHash(": its entry is ", hashOf(place));
  }

  /** Advice for entries that are missing. */
  String entries(long from, long to) {
    return from == to
        ? entry(to)
        : "Restore the items "
            + named(from)
            + " to "
            + ActivationItem.place(to)
            + SOURCE
            + withHash(": the last one's entry is ", hashOf(to));
  }

  /** Advice for an entry that does not follow the one before it. */
  String link(long place) {
    return place == 1 ? entry(1) : entries(place - 1, place);
  }

  /** Advice for entries that are missing at the end, or for a pointer that is too far ahead. */
  String end(long from, long to) {
    Activation last = lastEntry();
    return last != null && last.entry().hex().equals(textOf(pointer, TableSchema.ENTRY))
        ? pointer()
        : entries(from, to);
  }

  /** Advice for another entry in this place. */
  String stray(long place, long last) {
    return place > last ? delete(ActivationItem.place(place)) : entry(place);
  }

  /** Advice for a pointer that disagrees with the last entry. */
  String pointer() {
    Activation last = lastEntry();
    return "Restore the item "
        + ActivationItem.POINTER
        + " and the last entry"
        + SOURCE
        + (last == null
            ? "."
            : ": entry "
                + last.sequence()
                + ", the last one now, has the hash "
                + last.entry()
                + ".");
  }

  /** Advice for the record of a request. */
  static String request(String id) {
    return "Restore the item " + TableSchema.REQUEST + " / " + id + SOURCE + ".";
  }

  /** Advice for a set that does not verify. */
  static String set(Digest digest) {
    return "Restore the items of "
        + TableSchema.SET
        + digest
        + SOURCE
        + "; where they are only missing, deploying the same files again writes them.";
  }

  private @Nullable Activation lastEntry() {
    return items.isEmpty() ? null : entryAt(items.lastKey());
  }

  private @Nullable Activation entryAt(long place) {
    return places.getOrDefault(place, Optional.empty()).orElse(null);
  }

  /** Returns the hash that the next entry or the pointer has for a place; null if neither has. */
  private @Nullable String hashOf(long place) {
    Activation next = entryAt(place + 1);
    if (next != null) {
      return next.previousEntry() == null ? null : next.previousEntry().hex();
    }
    boolean isLast = !items.containsKey(place + 1) && pointsAt(place);
    return isLast ? textOf(pointer, TableSchema.ENTRY) : null;
  }

  private boolean pointsAt(long place) {
    Attribute sequence = pointer.get(TableSchema.SEQUENCE);
    if (sequence != null && sequence.n() != null) {
      return sequence.n().equals(Long.toString(place));
    }
    return items.isEmpty() || place >= items.lastKey();
  }

  private static String withHash(String label, @Nullable String hash) {
    return hash == null ? "." : label + hash + ".";
  }

  private static @Nullable String textOf(Map<String, Attribute> item, String name) {
    Attribute value = item.get(name);
    return value == null ? null : value.s();
  }

  private static String named(long place) {
    return TableSchema.ACTIVATION + " / " + ActivationItem.place(place);
  }
}
