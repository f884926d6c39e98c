package updategateway.policystore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.policy.set.Digest;
import updategateway.policystore.HistoryFinding.Kind;

/**
 * Holds the history against itself, the pointer, the requests and the sets.
 *
 * <p>What was done to one entry gives one finding, as far as that can be told: an entry that is
 * changed in itself is not also held against its neighbours.
 */
final class HistoryVerification {
  /** Tells what is wrong with a set. */
  @FunctionalInterface
  interface SetCheck {
    /** What is wrong with the set of this name; empty when it verifies. */
    Optional<String> problem(Digest digest) throws PolicyStoreException;
  }

  private final List<HistoryFinding> findings = new ArrayList<>();

  /** Whatever stands in a place of the history; empty when it cannot be relied on. */
  private final TreeMap<Long, Optional<Activation>> places = new TreeMap<>();

  private HistoryVerification() {}

  /**
   * @param pointer the item that says what is in force; empty when there is none
   * @param history the items of the history
   * @param requests the items of the requests
   */
  static HistoryReport of(
      Map<String, AttributeValue> pointer,
      List<Map<String, AttributeValue>> history,
      List<Map<String, AttributeValue>> requests,
      SetCheck sets)
      throws PolicyStoreException {
    HistoryVerification verification = new HistoryVerification();
    List<Activation> entries = verification.entries(history);
    InForce inForce = verification.inForce(pointer, !history.isEmpty());
    long last =
        inForce != null
            ? inForce.sequence()
            : verification.places.isEmpty() ? 0 : verification.places.lastKey();
    verification.gaps(last);
    verification.links();
    if (inForce != null) {
      verification.head(inForce);
    }
    verification.requests(requests, last);
    verification.sets(entries, sets);
    verification.findings.sort(Comparator.comparingLong(HistoryFinding::sequence));
    return new HistoryReport(entries, verification.findings);
  }

  private void find(Kind kind, long sequence, String sentence) {
    findings.add(new HistoryFinding(kind, sequence, sentence));
  }

  private List<Activation> entries(List<Map<String, AttributeValue>> history)
      throws PolicyStoreException {
    List<Activation> entries = new ArrayList<>();
    Map<Digest, Long> ownPlaces = new HashMap<>();
    Map<Long, Activation> strays = new LinkedHashMap<>();
    for (Map<String, AttributeValue> item : history) {
      OptionalLong key = ActivationItem.place(item);
      if (key.isEmpty() || key.getAsLong() == 0) {
        find(
            Kind.FOREIGN,
            0,
            "The history has an item " + Item.text(item, Names.SK) + ", which is no place in it.");
        continue;
      }
      long place = key.getAsLong();
      places.put(place, Optional.empty());
      try {
        Activation activation = ActivationItem.read(item);
        Set<String> foreign = new TreeSet<>(item.keySet());
        foreign.removeAll(ActivationItem.ENTRY_ATTRIBUTES);
        if (!foreign.isEmpty()) {
          find(
              Kind.CHANGED,
              place,
              "Entry " + place + " was changed: it has " + foreign + ", which no entry has.");
        } else if (!activation.isIntact()) {
          find(
              Kind.CHANGED,
              place,
              "Entry " + place + " was changed: its hash is not that of what it says.");
        } else if (activation.sequence() != place) {
          strays.put(place, activation);
        } else {
          places.put(place, Optional.of(activation));
          ownPlaces.put(activation.entry(), place);
        }
        entries.add(activation);
      } catch (PolicyStoreException.Corrupt e) {
        find(
            Kind.CHANGED,
            place,
            "Entry " + place + " was changed and cannot be read: " + e.getMessage() + ".");
      }
    }
    strays.forEach((place, activation) -> {
      boolean copy = ownPlaces.containsKey(activation.entry());
      find(
          copy ? Kind.DUPLICATED : Kind.OUT_OF_PLACE,
          place,
          "In the place of entry "
              + place
              + " stands "
              + (copy ? "a copy of entry " : "entry ")
              + activation.sequence()
              + ".");
    });
    return entries;
  }

  private @Nullable InForce inForce(Map<String, AttributeValue> pointer, boolean hasHistory) {
    if (pointer.isEmpty()) {
      if (hasHistory) {
        find(
            Kind.POINTER,
            0,
            "Nothing says which set is in force, though there is a history: the item "
                + Names.IN_FORCE
                + " is missing.");
      }
      return null;
    }
    Set<String> foreign = new TreeSet<>(pointer.keySet());
    foreign.removeAll(ActivationItem.POINTER_ATTRIBUTES);
    if (!foreign.isEmpty()) {
      find(
          Kind.POINTER,
          0,
          "The item "
              + Names.IN_FORCE
              + " was changed: it has "
              + foreign
              + ", which it never has.");
    }
    try {
      return ActivationItem.readPointer(pointer);
    } catch (PolicyStoreException.Corrupt e) {
      find(Kind.POINTER, 0, "What is in force cannot be read: " + e.getMessage() + ".");
      return null;
    }
  }

  /** By stretches, since a pointer that was changed may claim any number of entries. */
  private void gaps(long last) {
    long expected = 1;
    for (long place : places.keySet()) {
      if (place > last) {
        break;
      }
      missing(expected, place - 1, last);
      expected = place + 1;
    }
    missing(expected, last, last);
    for (Map.Entry<Long, Optional<Activation>> beyond : places.tailMap(last, false).entrySet()) {
      if (beyond.getValue().isPresent()) {
        find(
            Kind.FOREIGN,
            beyond.getKey(),
            "Entry "
                + beyond.getKey()
                + " was never put in force: the item "
                + Names.IN_FORCE
                + " ends the history with entry "
                + last
                + ".");
      }
    }
  }

  private void missing(long from, long to, long last) {
    if (from > to) {
      return;
    }
    String which = from == to ? "Entry " + from + " is" : "Entries " + from + " to " + to + " are";
    find(
        Kind.MISSING,
        from,
        to == last
            ? which
                + " missing: the history was cut off, and the item "
                + Names.IN_FORCE
                + " ends it with entry "
                + last
                + "."
            : which + " missing.");
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
          find(Kind.UNLINKED, 1, "Entry 1 names an entry before it, and there is none.");
        }
        continue;
      }
      Activation before = places.getOrDefault(sequence - 1, Optional.empty()).orElse(null);
      if (before == null) {
        continue;
      }
      if (!before.entry().equals(activation.previousEntry())) {
        find(
            Kind.UNLINKED,
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
        find(
            Kind.UNLINKED,
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
        find(
            Kind.UNLINKED,
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

  private void head(InForce inForce) {
    Activation last = places.getOrDefault(inForce.sequence(), Optional.empty()).orElse(null);
    if (last != null && !Objects.equals(last.inForce(), inForce)) {
      find(
          Kind.POINTER,
          inForce.sequence(),
          "The item "
              + Names.IN_FORCE
              + " is not what entry "
              + inForce.sequence()
              + " says: it has "
              + said(inForce)
              + ", and the entry has "
              + said(last.inForce())
              + ".");
    }
  }

  private static String said(InForce inForce) {
    return "the set "
        + inForce.digest()
        + " since "
        + inForce.since()
        + " by "
        + inForce.by()
        + " with the hash "
        + inForce.entry();
  }

  private void requests(List<Map<String, AttributeValue>> requests, long last)
      throws PolicyStoreException {
    Map<String, Long> sequences = new HashMap<>();
    for (Map<String, AttributeValue> item : requests) {
      String id = Item.text(item, Names.SK);
      if (!item.containsKey(Names.SEQUENCE)) {
        continue;
      }
      try {
        long sequence = Item.number(item, Names.SEQUENCE);
        sequences.put(id, sequence);
        if (sequence < 1 || sequence > last) {
          find(
              Kind.REQUEST,
              0,
              "The request "
                  + id
                  + " is said to have led to entry "
                  + sequence
                  + ", which is none.");
        }
      } catch (PolicyStoreException.Corrupt e) {
        find(Kind.REQUEST, 0, "A request's record cannot be read: " + e.getMessage() + ".");
      }
    }
    for (Optional<Activation> place : places.values()) {
      place.ifPresent(activation -> {
        String id = activation.request().requestId();
        if (!Objects.equals(sequences.get(id), activation.sequence())) {
          find(
              Kind.REQUEST,
              activation.sequence(),
              "The record of the request "
                  + id
                  + " does not say that it led to entry "
                  + activation.sequence()
                  + ": the same request again would be carried out again.");
        }
      });
    }
  }

  private void sets(List<Activation> entries, SetCheck sets) throws PolicyStoreException {
    Map<Digest, List<Activation>> named =
        entries.stream()
            .collect(
                Collectors.groupingBy(Activation::digest, LinkedHashMap::new, Collectors.toList()));
    for (Map.Entry<Digest, List<Activation>> set : named.entrySet()) {
      String problem = sets.problem(set.getKey()).orElse(null);
      if (problem != null) {
        List<Long> where = set.getValue().stream().map(Activation::sequence).toList();
        find(
            Kind.SET,
            where.getFirst(),
            (where.size() == 1 ? "Entry " : "Entries ")
                + where.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + ": "
                + problem
                + ".");
      }
    }
  }
}
