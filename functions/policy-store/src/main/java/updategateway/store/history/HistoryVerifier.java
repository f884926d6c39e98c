package updategateway.store.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import updategateway.policy.set.Digest;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.TableSchema;
import updategateway.store.history.HistoryFinding.Kind;

/**
 * Holds the history against itself, the pointer, the requests and the sets.
 *
 * <p>What was done to one entry gives one finding, as far as that can be told: an entry that is
 * changed in itself is not also held against its neighbours.
 */
final class HistoryVerifier {
  private final PendingFindings findings = new PendingFindings();

  /** What stands in a place of the history, as it stands there. */
  private final TreeMap<Long, Map<String, Attribute>> items = new TreeMap<>();

  /** Whatever stands in a place of the history; empty when it cannot be relied on. */
  private final TreeMap<Long, Optional<Activation>> places = new TreeMap<>();

  /** All entries that can be read, in the order of their places. */
  private final List<Activation> entries = new ArrayList<>();

  /** The number of the last entry, by the pointer if that can be read. */
  private final long last;

  private final RestoreAdvice advice;

  private HistoryVerifier(Map<String, Attribute> pointer, List<Map<String, Attribute>> history)
      throws PolicyStoreException {
    this.advice = new RestoreAdvice(pointer, items, places);
    entries(history);
    PointerVerifier pointerVerifier = new PointerVerifier(findings, advice, items, places);
    ActiveSet inForce = pointerVerifier.read(pointer);
    this.last = inForce != null ? inForce.sequence() : places.isEmpty() ? 0 : places.lastKey();
    gaps();
    links();
    if (inForce != null) {
      pointerVerifier.compare(inForce);
    }
  }

  /**
   * Whether the pointer is what the last entry made it, and that entry as it was written. This
   * alone does not prove the entries before.
   *
   * @param pointer the item that says what is in force; empty when there is none
   * @param last the last item of the history; empty when there is none
   */
  static Optional<Activation> head(Map<String, Attribute> pointer, Map<String, Attribute> last) {
    try {
      Activation activation = ActivationItem.read(last);
      return activation.isIntact()
              && ActivationItem.of(activation).equals(last)
              && ActivationItem.pointer(activation.inForce()).equals(pointer)
          ? Optional.of(activation)
          : Optional.empty();
    } catch (PolicyStoreException.Corrupt e) {
      return Optional.empty();
    }
  }

  /**
   * Entry by entry, each against the one before, and the last against the pointer.
   *
   * @param pointer the item that says what is in force; empty when there is none
   * @param history the items of the history
   */
  static HistoryReport ofChain(Map<String, Attribute> pointer, List<Map<String, Attribute>> history)
      throws PolicyStoreException {
    return new HistoryVerifier(pointer, history).report();
  }

  /**
   * The same, and the requests and the sets as well.
   *
   * @param requests the items of the requests
   */
  static HistoryReport ofAll(
      Map<String, Attribute> pointer,
      List<Map<String, Attribute>> history,
      List<Map<String, Attribute>> requests,
      ReferenceVerifier.SetCheck sets)
      throws PolicyStoreException {
    HistoryVerifier verification = new HistoryVerifier(pointer, history);
    ReferenceVerifier references =
        new ReferenceVerifier(
            verification.findings,
            verification.items,
            verification.places,
            verification.entries,
            verification.last);
    references.requests(requests);
    references.sets(sets);
    return verification.report();
  }

  private HistoryReport report() {
    return new HistoryReport(entries, findings.toList());
  }

  private void changed(long place, String how) {
    findings.add(
        Kind.CHANGED,
        place,
        "Entry " + place + " was changed" + how + ".",
        () -> advice.entry(place));
  }

  private void entries(List<Map<String, Attribute>> history) throws PolicyStoreException {
    for (Map<String, Attribute> item : history) {
      OptionalLong place = ActivationItem.place(item);
      if (place.isPresent() && place.getAsLong() != 0) {
        items.put(place.getAsLong(), item);
        places.put(place.getAsLong(), Optional.empty());
      } else {
        String key = Item.text(item, TableSchema.SK);
        findings.add(
            Kind.FOREIGN,
            0,
            "The history has an item " + key + ", which is no place in it.",
            () -> RestoreAdvice.delete(key));
      }
    }
    Set<Digest> inPlace = new HashSet<>();
    Map<Long, Activation> strays = new LinkedHashMap<>();
    items.forEach((place, item) -> {
      try {
        Activation activation = ActivationItem.read(item);
        Map<String, Attribute> written = ActivationItem.of(activation);
        written.put(TableSchema.SK, Attribute.fromS(ActivationItem.place(place)));
        Set<String> foreign = new TreeSet<>(item.keySet());
        foreign.removeAll(written.keySet());
        if (!foreign.isEmpty()) {
          changed(place, ": it has " + foreign + ", which no entry has");
        } else if (!activation.isIntact()) {
          changed(place, ": its hash is not that of what it says");
        } else if (!written.equals(item)) {
          changed(place, ": it says what it said, and is written otherwise than entries are");
        } else if (activation.sequence() != place) {
          strays.put(place, activation);
        } else {
          places.put(place, Optional.of(activation));
          inPlace.add(activation.entry());
        }
        entries.add(activation);
      } catch (PolicyStoreException.Corrupt e) {
        changed(place, " and cannot be read: " + e.getMessage());
      }
    });
    strays.forEach((place, activation) -> {
      boolean copy = inPlace.contains(activation.entry());
      findings.add(
          copy ? Kind.DUPLICATED : Kind.OUT_OF_PLACE,
          place,
          "In the place of entry "
              + place
              + " stands "
              + (copy ? "a copy of entry " : "entry ")
              + activation.sequence()
              + ".",
          () -> advice.stray(place, last));
    });
  }

  /** By stretches, since a pointer that was changed may claim any number of entries. */
  private void gaps() {
    long expected = 1;
    for (long place : places.keySet()) {
      if (place > last) {
        break;
      }
      missing(expected, place - 1);
      expected = place + 1;
    }
    missing(expected, last);
    for (Map.Entry<Long, Optional<Activation>> beyond : places.tailMap(last, false).entrySet()) {
      if (beyond.getValue().isPresent()) {
        findings.add(
            Kind.FOREIGN,
            beyond.getKey(),
            "Entry "
                + beyond.getKey()
                + " was never put in force: the item "
                + ActivationItem.POINTER
                + " ends the history with entry "
                + last
                + ".",
            advice::pointer);
      }
    }
  }

  private void missing(long from, long to) {
    if (from > to) {
      return;
    }
    String which = from == to ? "Entry " + from + " is" : "Entries " + from + " to " + to + " are";
    findings.add(
        Kind.MISSING,
        from,
        to == last
            ? which
                + " missing: the history was cut off, and the item "
                + ActivationItem.POINTER
                + " ends it with entry "
                + last
                + "."
            : which + " missing.",
        () -> to == last ? advice.end(from, to) : advice.entries(from, to));
  }

  private void unlinked(long sequence, String sentence) {
    findings.add(Kind.UNLINKED, sequence, sentence, () -> advice.link(sequence));
  }

  private void links() {
    for (Map.Entry<Long, Optional<Activation>> place : places.entrySet()) {
      Activation activation = place.getValue().orElse(null);
      if (activation == null) {
        continue;
      }
      long sequence = activation.sequence();
      if (sequence == 1) {
        if (activation.previousEntry() != null || activation.previous() != null) {
          unlinked(1, "Entry 1 names an entry before it, and there is none.");
        }
        continue;
      }
      Activation before = places.getOrDefault(sequence - 1, Optional.empty()).orElse(null);
      if (before == null) {
        continue;
      }
      if (!before.entry().equals(activation.previousEntry())) {
        unlinked(
            sequence,
            "Entry "
                + sequence
                + " does not follow entry "
                + before.sequence()
                + ": it names the hash "
                + activation.previousEntry()
                + ", and that entry has "
                + before.entry()
                + ". One of the two was written anew.");
      } else if (!before.digest().equals(activation.previous())) {
        unlinked(
            sequence,
            "Entry "
                + sequence
                + " says that the set "
                + activation.previous()
                + " was in force before, and entry "
                + before.sequence()
                + " put "
                + before.digest()
                + " in force.");
      } else if (activation.at().isBefore(before.at())) {
        unlinked(
            sequence,
            "Entry "
                + sequence
                + " is of "
                + activation.at()
                + ", before entry "
                + before.sequence()
                + " of "
                + before.at()
                + ".");
      }
    }
  }
}
