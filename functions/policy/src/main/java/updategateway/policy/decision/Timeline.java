package updategateway.policy.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.ScopeBasis;

/**
 * The decisions on one question over all of time: between two neighbouring instants nothing
 * changes. Safe for many threads.
 *
 * <p>Outcomes and their changes are known from the start. The decision of a stretch, with its
 * grounds, is made when it is first asked for and then kept, so that answering is a search among
 * instants; a set of thousands of policies would have more stretches and grounds than anybody asks
 * for.
 */
final class Timeline {
  private static final Instant BEGINNING = Instant.MIN;

  /** Grounds beyond so many are listed only when somebody reads them. */
  private static final int MOST_LISTED = 32;

  private static final int WORDS = 32;
  private static final int WORDS_OF_A_POLICY = 2;
  private static final int WORDS_OF_A_STRETCH = 8;

  /** Always served, whatever the registrations. */
  static final Timeline SERVED =
      new Timeline(
          0,
          0,
          new long[] {Long.MIN_VALUE},
          new Outcome[] {Outcome.SERVE},
          (_, _) -> List.of(),
          Long.MIN_VALUE);

  /** Names it among those that are kept; 0 for none of them. */
  final int id;

  /**
   * From this instant on (milliseconds since the epoch) no registration can change anything; the
   * smallest for ever, the greatest for never.
   */
  final long registrationsMatterUntil;

  /** How many policies a decision names at most. */
  private final int policies;

  /** Milliseconds since the epoch, ascending; the first is the beginning of time. */
  private final long[] starts;

  private final Outcome[] outcomes;

  /** Of each stretch, the next with another outcome; 0 for none. */
  private final int[] nextOther;

  private final @Nullable Decision[] decisions;
  private final GroundsAt groundsAt;

  private Timeline(
      int id,
      int policies,
      long[] starts,
      Outcome[] outcomes,
      GroundsAt groundsAt,
      long registrationsMatterUntil) {
    this.id = id;
    this.policies = policies;
    this.starts = starts;
    this.outcomes = outcomes;
    this.nextOther = new int[outcomes.length];
    for (int i = outcomes.length - 2; i >= 0; i--) {
      nextOther[i] = outcomes[i + 1] == outcomes[i] ? nextOther[i + 1] : i + 1;
    }
    this.decisions = new Decision[outcomes.length];
    this.groundsAt = groundsAt;
    this.registrationsMatterUntil = registrationsMatterUntil;
  }

  /** The grounds of an outcome that is not serving, at an instant, ordered by policy id. */
  interface GroundsAt {
    List<RefusalReason> find(Outcome outcome, long epochMilli);
  }

  /**
   * By one piece of evidence.
   *
   * @param policies how many there are at most that any decision names
   * @param starts ascending; the first is the beginning of time
   * @param outcomes from each start on
   */
  static Timeline of(
      int id,
      int policies,
      long[] starts,
      Outcome[] outcomes,
      GroundsAt groundsAt,
      long registrationsMatterUntil) {
    return new Timeline(id, policies, starts, outcomes, groundsAt, registrationsMatterUntil);
  }

  /**
   * The timeline on which at each instant the stricter of two holds, with the grounds of both where
   * they are as strict.
   *
   * @param id of it
   */
  static Timeline strictest(int id, Timeline one, Timeline other) {
    long[] starts =
        LongStream.concat(Arrays.stream(one.starts), Arrays.stream(other.starts))
            .sorted()
            .distinct()
            .toArray();
    Outcome[] outcomes = new Outcome[starts.length];
    for (int i = 0; i < outcomes.length; i++) {
      Outcome first = one.outcomes[indexOf(one.starts, starts[i])];
      Outcome second = other.outcomes[indexOf(other.starts, starts[i])];
      outcomes[i] = first.compareTo(second) >= 0 ? first : second;
    }
    int policies = one.policies + other.policies;
    return new Timeline(
        id,
        policies,
        starts,
        outcomes,
        (outcome, epochMilli) -> grounds(one.at(epochMilli), other.at(epochMilli), outcome),
        Math.min(one.registrationsMatterUntil, other.registrationsMatterUntil));
  }

  private static List<RefusalReason> grounds(Decision one, Decision other, Outcome outcome) {
    TreeMap<String, RefusalReason> byPolicy = new TreeMap<>();
    for (Decision decision : List.of(one, other)) {
      if (decision.outcome() == outcome) {
        for (RefusalReason ground : decision.grounds()) {
          byPolicy.merge(ground.policy().id(), ground, Timeline::both);
        }
      }
    }
    return List.copyOf(byPolicy.values());
  }

  private static RefusalReason both(RefusalReason one, RefusalReason other) {
    Set<ScopeBasis> evidence = EnumSet.copyOf(one.evidence());
    evidence.addAll(other.evidence());
    return new RefusalReason(one.policy(), one.phase(), evidence);
  }

  /** Whether it is served at all times. */
  boolean isServed() {
    return outcomes[0] == Outcome.SERVE && nextOther[0] == 0;
  }

  /** The decision at an instant, in milliseconds since the epoch. */
  Decision at(long epochMilli) {
    int index = indexOf(starts, epochMilli);
    // Without a lock: a decision is immutable, and whoever misses one makes an equal one.
    Decision known = decisions[index];
    return known == null ? make(index) : known;
  }

  private List<RefusalReason> grounds(Outcome outcome, long epochMilli) {
    if (outcome == Outcome.SERVE) {
      return List.of();
    }
    return policies > MOST_LISTED
        ? new Grounds(() -> groundsAt.find(outcome, epochMilli))
        : groundsAt.find(outcome, epochMilli);
  }

  /** How much room it takes, in the size of a reference. */
  long words() {
    return WORDS
        + (long) WORDS_OF_A_POLICY * Math.min(policies, MOST_LISTED)
        + (long) WORDS_OF_A_STRETCH * starts.length;
  }

  private Decision make(int index) {
    Outcome outcome = outcomes[index];
    int other = nextOther[index];
    Decision made =
        new Decision(
            outcome,
            grounds(outcome, starts[index]),
            other == 0
                ? null
                : new OutcomeChange(Instant.ofEpochMilli(starts[other]), outcomes[other]));
    decisions[index] = made;
    return made;
  }

  /**
   * Whether, from an instant up to the next change of outcome and at that change, another timeline
   * is nowhere stricter than this one; then the strictest of both has the same outcome and the same
   * next change as this one.
   */
  boolean isAsStrictAs(Timeline other, long epochMilli) {
    int here = indexOf(starts, epochMilli);
    int change = nextOther[here];
    long end = change == 0 ? Long.MAX_VALUE : starts[change];
    int there = indexOf(other.starts, epochMilli);
    do {
      if (other.outcomes[there].compareTo(outcomes[here]) > 0) {
        return false;
      }
      there = other.nextOther[there];
    } while (there != 0 && other.starts[there] < end);
    return change == 0
        || other.outcomes[indexOf(other.starts, end)].compareTo(outcomes[change]) <= 0;
  }

  /**
   * All decisions in the order of time, neighbours with the same outcome and grounds as one; the
   * first begins at {@link Instant#MIN}.
   */
  List<DecisionInterval> stretches() {
    List<DecisionInterval> stretches = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      Decision decision = at(starts[i]);
      if (stretches.isEmpty()
          || stretches.getLast().decision().outcome() != decision.outcome()
          || !stretches.getLast().decision().grounds().equals(decision.grounds())) {
        Instant from = starts[i] == Long.MIN_VALUE ? BEGINNING : Instant.ofEpochMilli(starts[i]);
        stretches.add(new DecisionInterval(from, decision));
      }
    }
    return List.copyOf(stretches);
  }

  /** The last start at or before an instant. */
  static int indexOf(long[] starts, long epochMilli) {
    int found = Arrays.binarySearch(starts, epochMilli);
    return found >= 0 ? found : -found - 2;
  }
}
