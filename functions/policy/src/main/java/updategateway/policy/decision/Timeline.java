package updategateway.policy.decision;

import static java.util.Comparator.comparingInt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import updategateway.policy.Subject;

/**
 * The decisions on one question over all of time: between two neighbouring instants nothing
 * changes. Immutable.
 *
 * <p>Each decision is made once, with its own next change, so that answering is a search among
 * instants.
 */
final class Timeline {
  /** Milliseconds since the epoch, ascending; the first is the beginning of time. */
  private final long[] starts;

  private final Decision[] decisions;

  private Timeline(long[] starts, Decision[] decisions) {
    this.starts = starts;
    this.decisions = decisions;
  }

  /**
   * @param boundaries the only instants (milliseconds since the epoch) at which anything can change
   * @param verdictAt what holds from such an instant up to the next
   */
  static Timeline of(Set<Long> boundaries, LongFunction<Verdict> verdictAt) {
    TreeSet<Long> ordered = new TreeSet<>(boundaries);
    ordered.add(Long.MIN_VALUE);
    List<Long> starts = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (long start : ordered) {
      Verdict verdict = verdictAt.apply(start);
      if (verdicts.isEmpty() || !verdicts.getLast().equals(verdict)) {
        starts.add(start);
        verdicts.add(verdict);
      }
    }
    Decision[] decisions = new Decision[verdicts.size()];
    @Nullable Change change = null;
    for (int i = decisions.length - 1; i >= 0; i--) {
      Outcome outcome = verdicts.get(i).outcome();
      if (i + 1 < decisions.length && verdicts.get(i + 1).outcome() != outcome) {
        change = new Change(Instant.ofEpochMilli(starts.get(i + 1)), verdicts.get(i + 1).outcome());
      }
      decisions[i] = new Decision(outcome, verdicts.get(i).grounds(), change);
    }
    return new Timeline(starts.stream().mapToLong(Long::longValue).toArray(), decisions);
  }

  /**
   * The timeline on which at each instant the strictest of these holds, with the grounds of all
   * that are as strict.
   */
  static Timeline strictest(List<Timeline> timelines) {
    if (timelines.size() == 1) {
      return timelines.getFirst();
    }
    Set<Long> boundaries = new TreeSet<>();
    for (Timeline timeline : timelines) {
      for (long start : timeline.starts) {
        boundaries.add(start);
      }
    }
    return of(
        boundaries, t -> strictestOf(timelines.stream().map(timeline -> timeline.at(t)).toList()));
  }

  private static Verdict strictestOf(List<Decision> decisions) {
    Outcome outcome =
        decisions.stream().map(Decision::outcome).max(comparingInt(Outcome::ordinal)).orElseThrow();
    TreeMap<String, Ground> byPolicy = new TreeMap<>();
    for (Decision decision : decisions) {
      if (decision.outcome() == outcome) {
        decision
            .grounds()
            .forEach(ground -> byPolicy.merge(ground.policy().id(), ground, Timeline::both));
      }
    }
    return new Verdict(outcome, List.copyOf(byPolicy.values()));
  }

  private static Ground both(Ground one, Ground other) {
    Set<Subject> evidence = EnumSet.copyOf(one.evidence());
    evidence.addAll(other.evidence());
    return new Ground(one.policy(), one.phase(), evidence);
  }

  /** The decision at an instant, in milliseconds since the epoch. */
  Decision at(long epochMilli) {
    return decisions[index(epochMilli)];
  }

  private int index(long epochMilli) {
    int found = Arrays.binarySearch(starts, epochMilli);
    return found >= 0 ? found : -found - 2;
  }

  /**
   * Whether, from an instant up to the next change of outcome and at that change, another timeline
   * is nowhere stricter than this one; then the strictest of both has the same outcome and the same
   * next change as this one.
   */
  boolean isAsStrictAs(Timeline other, long epochMilli) {
    Decision here = at(epochMilli);
    Change change = here.change();
    long end = change == null ? Long.MAX_VALUE : change.at().toEpochMilli();
    int i = other.index(epochMilli);
    do {
      if (other.decisions[i].outcome().compareTo(here.outcome()) > 0) {
        return false;
      }
      i++;
    } while (i < other.starts.length && other.starts[i] < end);
    return change == null || other.at(end).outcome().compareTo(change.to()) <= 0;
  }

  /** All decisions in the order of time; the first begins at {@link Instant#MIN}. */
  List<Stretch> stretches() {
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      stretches.add(
          new Stretch(i == 0 ? Instant.MIN : Instant.ofEpochMilli(starts[i]), decisions[i]));
    }
    return List.copyOf(stretches);
  }

  /**
   * What holds for a while.
   *
   * @param outcome the outcome
   * @param grounds its grounds, ordered by policy id
   */
  record Verdict(Outcome outcome, List<Ground> grounds) {}
}
