package updategateway.store.history;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import updategateway.policy.set.Digest;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.TableSchema;
import updategateway.store.history.HistoryFinding.Kind;

/** Verifies that the requests and the sets that entries name are stored. */
final class ReferenceVerifier {
  private final PendingFindings findings;
  private final NavigableMap<Long, Map<String, Attribute>> items;
  private final NavigableMap<Long, Optional<Activation>> places;
  private final List<Activation> entries;
  private final long last;

  /** Tells what is wrong with a set. */
  @FunctionalInterface
  interface SetCheck {
    /** What is wrong with the set of this name; empty when it verifies. */
    Optional<String> problem(Digest digest) throws PolicyStoreException;
  }

  ReferenceVerifier(
      PendingFindings findings,
      NavigableMap<Long, Map<String, Attribute>> items,
      NavigableMap<Long, Optional<Activation>> places,
      List<Activation> entries,
      long last) {
    this.findings = findings;
    this.items = items;
    this.places = places;
    this.entries = entries;
    this.last = last;
  }

  void requests(List<Map<String, Attribute>> requests) throws PolicyStoreException {
    Map<String, Long> sequences = new HashMap<>();
    for (Map<String, Attribute> item : requests) {
      String id = Item.text(item, TableSchema.SK);
      if (!item.containsKey(TableSchema.SEQUENCE)) {
        continue;
      }
      try {
        long sequence = Item.number(item, TableSchema.SEQUENCE);
        sequences.put(id, sequence);
        // An entry that is there is none that never was, even if the pointer ends before it.
        if (sequence < 1 || (sequence > last && !items.containsKey(sequence))) {
          findings.add(
              Kind.REQUEST,
              0,
              "The request "
                  + id
                  + " is said to have led to entry "
                  + sequence
                  + ", which is none.",
              () -> RestoreAdvice.request(id));
        }
      } catch (PolicyStoreException.Corrupt e) {
        findings.add(
            Kind.REQUEST,
            0,
            "A request's record cannot be read: " + e.getMessage() + ".",
            () -> RestoreAdvice.request(id));
      }
    }
    for (Optional<Activation> place : places.values()) {
      place.ifPresent(activation -> {
        String id = activation.request().requestId();
        if (!Objects.equals(sequences.get(id), activation.sequence())) {
          findings.add(
              Kind.REQUEST,
              activation.sequence(),
              "The record of the request "
                  + id
                  + " does not say that it led to entry "
                  + activation.sequence()
                  + ": the same request again would be carried out again.",
              () -> RestoreAdvice.request(id));
        }
      });
    }
  }

  void sets(SetCheck sets) throws PolicyStoreException {
    Map<Digest, List<Activation>> named =
        entries.stream()
            .collect(
                Collectors.groupingBy(Activation::digest, LinkedHashMap::new, Collectors.toList()));
    for (Map.Entry<Digest, List<Activation>> set : named.entrySet()) {
      String problem = sets.problem(set.getKey()).orElse(null);
      if (problem != null) {
        List<Long> where = set.getValue().stream().map(Activation::sequence).toList();
        findings.add(
            Kind.SET,
            where.getFirst(),
            (where.size() == 1 ? "Entry " : "Entries ")
                + where.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + ": "
                + problem
                + ".",
            () -> RestoreAdvice.set(set.getKey()));
      }
    }
  }
}
