package updategateway.store.history;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import updategateway.store.dynamodb.Attribute;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.history.HistoryFinding.Kind;

/** Verifies the pointer to the set in force, by itself and against the entry that it names. */
final class PointerVerifier {
  private final PendingFindings findings;
  private final RestoreAdvice advice;
  private final NavigableMap<Long, Map<String, Attribute>> items;
  private final NavigableMap<Long, Optional<Activation>> places;

  PointerVerifier(
      PendingFindings findings,
      RestoreAdvice advice,
      NavigableMap<Long, Map<String, Attribute>> items,
      NavigableMap<Long, Optional<Activation>> places) {
    this.findings = findings;
    this.advice = advice;
    this.items = items;
    this.places = places;
  }

  private void add(long sequence, String sentence) {
    findings.add(Kind.POINTER, sequence, sentence, advice::pointer);
  }

  /** Returns what the pointer says; null if there is no pointer or it cannot be read. */
  @Nullable ActiveSet read(Map<String, Attribute> pointer) {
    if (pointer.isEmpty()) {
      if (!items.isEmpty()) {
        add(
            0,
            "Nothing says which set is in force, though there is a history: the item "
                + ActivationItem.POINTER
                + " is missing"
                + Optional.ofNullable(items.lastEntry())
                    .flatMap(last -> places.getOrDefault(last.getKey(), Optional.empty()))
                    .map(last ->
                        ", and entry "
                            + last.sequence()
                            + ", the last one, put the set "
                            + last.digest()
                            + " in force at "
                            + last.at())
                    .orElse("")
                + ".");
      }
      return null;
    }
    try {
      ActiveSet inForce = ActivationItem.readPointer(pointer);
      Map<String, Attribute> written = ActivationItem.pointer(inForce);
      Set<String> foreign = new TreeSet<>(pointer.keySet());
      foreign.removeAll(written.keySet());
      if (!foreign.isEmpty()) {
        add(
            0,
            "The item "
                + ActivationItem.POINTER
                + " was changed: it has "
                + foreign
                + ", which it never has.");
      } else if (!written.equals(pointer)) {
        add(
            0,
            "The item "
                + ActivationItem.POINTER
                + " was changed: it says what it said, and is written otherwise than it is by a"
                + " deployment.");
      }
      return inForce;
    } catch (PolicyStoreException.Corrupt e) {
      add(0, "What is in force cannot be read: " + e.getMessage() + ".");
      return null;
    }
  }

  /** Compares the pointer with the entry that it names. */
  void compare(ActiveSet inForce) {
    Activation named = places.getOrDefault(inForce.sequence(), Optional.empty()).orElse(null);
    if (named != null && !named.inForce().equals(inForce)) {
      add(
          inForce.sequence(),
          "The item "
              + ActivationItem.POINTER
              + " is not what entry "
              + inForce.sequence()
              + " says: it has "
              + said(inForce)
              + ", and the entry has "
              + said(named.inForce())
              + ".");
    }
  }

  private static String said(ActiveSet inForce) {
    return "the set "
        + inForce.digest()
        + " since "
        + inForce.since()
        + " by "
        + inForce.by()
        + " with the hash "
        + inForce.entry();
  }
}
