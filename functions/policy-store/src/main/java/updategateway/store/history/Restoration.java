package updategateway.store.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import updategateway.policy.set.Digest;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.TableSchema;

/**
 * Says what to write where, so that the history is again as it was.
 *
 * <p>What an entry said can often be worked out: the entry after it, or the pointer, has its hash,
 * and the facts beside it have most of what it said. A value is only named when the hash proves it.
 * What cannot be worked out comes from a copy of the table.
 */
final class Restoration {
  private static final String COPY =
      "from a copy of the table (point-in-time recovery, or a backup)";

  private final Map<String, Attribute> pointer;

  /** What stands in each place, rightly or not. */
  private final NavigableMap<Long, Map<String, Attribute>> items;

  /** What can be relied on in each place. */
  private final NavigableMap<Long, Optional<Activation>> places;

  Restoration(
      Map<String, Attribute> pointer,
      NavigableMap<Long, Map<String, Attribute>> items,
      NavigableMap<Long, Optional<Activation>> places) {
    this.pointer = pointer;
    this.items = items;
    this.places = places;
  }

  private @Nullable Activation reliable(long place) {
    return places.getOrDefault(place, Optional.empty()).orElse(null);
  }

  /** The hash of the entry of a place, as others have it; null when nobody has. */
  private @Nullable String hashOf(long place) {
    Activation after = reliable(place + 1);
    if (after != null) {
      return after.previousEntry() == null ? null : after.previousEntry().hex();
    }
    boolean isLast = !items.containsKey(place + 1) && pointsAt(place);
    return isLast ? textOf(pointer, TableSchema.ENTRY) : null;
  }

  /** Whether the pointer's facts are that entry's, as far as can be told. */
  private boolean pointsAt(long place) {
    Attribute sequence = pointer.get(TableSchema.SEQUENCE);
    if (sequence != null && sequence.n() != null) {
      return sequence.n().equals(Long.toString(place));
    }
    return items.isEmpty() || place >= items.lastKey();
  }

  private static @Nullable String textOf(Map<String, Attribute> item, String name) {
    Attribute value = item.get(name);
    return value == null ? null : value.s();
  }

  /** For an item that is no entry at all, or one too many. */
  static String deletion(String place) {
    return "Delete the item " + TableSchema.ACTIVATION + " / " + place + ".";
  }

  /** For an entry that is gone, and for one of which nothing else is known. */
  String fromCopy(long place) {
    String hash = hashOf(place);
    return "Restore the item "
        + named(place)
        + " "
        + COPY
        + (hash == null ? "." : ": its entry was " + hash + ".");
  }

  /** For entries at the end that are gone, or never were. */
  String ofEnd(long from, long to) {
    Activation last = items.isEmpty() ? null : reliable(items.lastKey());
    return last != null && last.entry().hex().equals(textOf(pointer, TableSchema.ENTRY))
        ? ofPointer()
        : fromCopy(from, to);
  }

  /** For entries that are gone. */
  String fromCopy(long from, long to) {
    String hash = hashOf(to);
    return from == to
        ? fromCopy(to)
        : "Restore the items "
            + named(from)
            + " to "
            + ActivationItem.place(to)
            + " "
            + COPY
            + (hash == null ? "." : ": the last one's entry was " + hash + ".");
  }

  private static String named(long place) {
    return TableSchema.ACTIVATION + " / " + ActivationItem.place(place);
  }

  /** For an entry that is not as it was written: the one change that makes it so, or the copy. */
  String ofEntry(long place) {
    Map<String, Attribute> item = items.getOrDefault(place, Map.of());
    String hash = hashOf(place);
    Map<String, Attribute> own = new HashMap<>(item);
    Set<String> foreign = new TreeSet<>(item.keySet());
    foreign.removeAll(ActivationItem.ENTRY_ATTRIBUTES);
    own.keySet().removeAll(foreign);
    List<Change> changes = new ArrayList<>();
    if (!foreign.isEmpty()) {
      changes.add(new Change(foreign, null));
    }
    for (String attribute : new TreeSet<>(ActivationItem.ENTRY_ATTRIBUTES)) {
      values(place, attribute, own, hash).stream()
          .map(value -> new Change(Set.of(attribute), value))
          .forEach(changes::add);
      changes.add(new Change(Set.of(attribute), null));
    }
    return changes.stream()
        .filter(change -> isAsWritten(change.to(item), place, hash))
        .findFirst()
        .map(change -> "In the item " + named(place) + " " + change.words() + ".")
        .orElseGet(() -> fromCopy(place));
  }

  /** What the attribute may have been, from all that is beside it. */
  private Set<Attribute> values(
      long place, String attribute, Map<String, Attribute> item, @Nullable String hash) {
    Set<Attribute> values = new LinkedHashSet<>();
    Activation before = reliable(place - 1);
    Activation after = reliable(place + 1);
    switch (attribute) {
      case TableSchema.PK, TableSchema.SK -> {}
      case TableSchema.SEQUENCE -> values.add(Attribute.fromN(Long.toString(place)));
      case TableSchema.ENTRY -> addText(values, hash);
      case TableSchema.PREVIOUS -> addText(values, before == null ? null : before.digest().hex());
      case TableSchema.PREVIOUS_ENTRY ->
          addText(values, before == null ? null : before.entry().hex());
      default -> {
        if (attribute.equals(TableSchema.DIGEST) && after != null && after.previous() != null) {
          addText(values, after.previous().hex());
        }
        if (pointsAt(place)) {
          addText(
              values,
              textOf(pointer, attribute.equals(TableSchema.AT) ? TableSchema.SINCE : attribute));
        }
        // Whoever writes an entry has often written another one, from the same place.
        items.values().stream()
            .map(other -> other.get(attribute))
            .filter(Objects::nonNull)
            .forEach(values::add);
      }
    }
    try {
      Attribute plain = ActivationItem.of(ActivationItem.read(item)).get(attribute);
      if (plain != null) {
        values.add(plain);
      }
    } catch (PolicyStoreException.Corrupt e) {
      // It says nothing that could be written more plainly.
    }
    return values;
  }

  private static void addText(Set<Attribute> values, @Nullable String text) {
    if (text != null) {
      values.add(Attribute.fromS(text));
    }
  }

  private static boolean isAsWritten(
      Map<String, Attribute> item, long place, @Nullable String hash) {
    try {
      Activation activation = ActivationItem.read(item);
      return activation.sequence() == place
          && activation.isIntact()
          && (hash == null || activation.entry().hex().equals(hash))
          && ActivationItem.of(activation).equals(item);
    } catch (PolicyStoreException.Corrupt e) {
      return false;
    }
  }

  /** For two entries that do not follow each other, each of them right in itself. */
  String ofLink(long place) {
    Activation here = reliable(place);
    String hash = hashOf(place);
    if (place == 1 || here == null) {
      return fromCopy(place);
    }
    if (hash != null) {
      return fromCopy(here.entry().hex().equals(hash) ? place - 1 : place);
    }
    return "If entry "
        + place
        + " is right: "
        + asClause(fromCopy(place - 1))
        + " If entry "
        + (place - 1)
        + " is right: "
        + asClause(fromCopy(place));
  }

  private static String asClause(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  /** For an entry in a place that is another one's. */
  String ofStray(long place, Activation stray) {
    Map<String, Attribute> there = items.getOrDefault(stray.sequence(), Map.of());
    boolean isThere =
        Objects.equals(textOf(there, TableSchema.ENTRY), stray.entry().hex())
            && reliable(stray.sequence()) != null;
    String move = isThere ? "" : "Write it under its own key, " + named(stray.sequence()) + ". ";
    for (Map.Entry<Long, Map<String, Attribute>> other : items.entrySet()) {
      Attribute sequence = other.getValue().get(TableSchema.SEQUENCE);
      if (other.getKey() != place
          && reliable(other.getKey()) == null
          && sequence != null
          && Long.toString(place).equals(sequence.n())) {
        return move + "Entry " + place + " itself stands under " + named(other.getKey()) + ".";
      }
    }
    boolean isBeyond = isThere && reliable(place + 1) == null && !pointsAt(place);
    return move + (isBeyond ? deletion(ActivationItem.place(place)) : fromCopy(place));
  }

  /** For a pointer that is not what the last entry says, is gone, or names another entry. */
  String ofPointer() {
    Activation last = items.isEmpty() ? null : reliable(items.lastKey());
    if (last == null) {
      return "Restore the last entry of the history first: scripts/policy history --verify then says"
          + " what the item "
          + ActivationItem.POINTER
          + " has to have.";
    }
    if (pointer.isEmpty()) {
      return "Write the item " + ActivationItem.POINTER + " with " + facts(last.inForce()) + ".";
    }
    String hash = textOf(pointer, TableSchema.ENTRY);
    Activation named =
        places.values().stream()
            .flatMap(Optional::stream)
            .filter(activation -> activation.entry().hex().equals(hash))
            .max(Comparator.comparingLong(Activation::sequence))
            .orElse(null);
    String mend = "In the item " + ActivationItem.POINTER + " " + difference(last.inForce());
    if (named != null && named.sequence() == last.sequence()) {
      return mend + ".";
    }
    if (named != null) {
      String rest =
          named.sequence() + 1 == last.sequence()
              ? "delete the item " + named(last.sequence())
              : "delete the items "
                  + named(named.sequence() + 1)
                  + " to "
                  + ActivationItem.place(last.sequence());
      String also = difference(named.inForce());
      return "If the item was set back: "
          + asClause(mend)
          + ". If entry "
          + named.sequence()
          + " really was the last: "
          + rest
          + (also.isEmpty() ? "" : ", and in the item " + ActivationItem.POINTER + " " + also)
          + ".";
    }
    return mend
        + ". But if entry "
        + last.sequence()
        + " itself was written anew, restore the item "
        + named(last.sequence())
        + " "
        + COPY
        + (hash == null ? "" : ": its entry was " + hash)
        + ". The hash of the last entry, kept elsewhere, tells which.";
  }

  private static String facts(ActiveSet inForce) {
    return TableSchema.DIGEST
        + " "
        + inForce.digest()
        + ", "
        + TableSchema.SINCE
        + " "
        + inForce.since()
        + ", "
        + TableSchema.BY
        + " "
        + inForce.by()
        + ", "
        + TableSchema.SEQUENCE
        + " "
        + inForce.sequence()
        + " (a number) and "
        + TableSchema.ENTRY
        + " "
        + inForce.entry();
  }

  /** What to do to the pointer, so that it says this. */
  private String difference(ActiveSet inForce) {
    Map<String, Attribute> right = ActivationItem.pointer(inForce);
    List<String> words = new ArrayList<>();
    for (String attribute : ActivationItem.POINTER_ATTRIBUTES.stream().sorted().toList()) {
      Attribute value = right.get(attribute);
      if (value != null && !value.equals(pointer.get(attribute))) {
        words.add(new Change(Set.of(attribute), value).words());
      }
    }
    Set<String> foreign = new TreeSet<>(pointer.keySet());
    foreign.removeAll(right.keySet());
    if (!foreign.isEmpty()) {
      words.add(new Change(foreign, null).words());
    }
    return String.join(", ", words);
  }

  /** For the record of a request that led to an entry. */
  static String ofRequest(String id, long sequence) {
    return "Write the item "
        + TableSchema.REQUEST
        + " / "
        + id
        + " with "
        + TableSchema.SEQUENCE
        + " "
        + sequence
        + " (a number) and nothing else.";
  }

  /** For the record of a request that led to nothing known. */
  static String ofRequest(String id) {
    return "Restore the item " + TableSchema.REQUEST + " / " + id + " " + COPY + ".";
  }

  /** For a set that does not verify. */
  static String ofSet(Digest digest) {
    return "Restore the items of "
        + TableSchema.SET
        + digest
        + " "
        + COPY
        + "; where they are only missing, deploying the same files again writes them.";
  }

  /**
   * What is done to an item.
   *
   * @param attributes to which
   * @param value what they get; null when they go
   */
  private record Change(Set<String> attributes, @Nullable Attribute value) {
    Map<String, Attribute> to(Map<String, Attribute> item) {
      Map<String, Attribute> changed = new HashMap<>(item);
      changed.keySet().removeAll(attributes);
      if (value != null) {
        attributes.forEach(attribute -> changed.put(attribute, value));
      }
      return changed;
    }

    String words() {
      String which = String.join(", ", attributes);
      if (value == null) {
        return "remove " + which;
      }
      return "set " + which + " to " + (value.n() == null ? value.s() : "the number " + value.n());
    }
  }
}
