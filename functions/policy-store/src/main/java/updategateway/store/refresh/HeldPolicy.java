package updategateway.store.refresh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.set.Digest;

/**
 * The set in force as far as it is known, and when to ask again: what all threads share. It reads
 * nothing and waits for nobody.
 *
 * <p>All of it is one immutable state, exchanged by compare-and-set, so that nobody ever sees a
 * part of a change, and nobody who is stopped in the middle, for a moment or for ever, keeps
 * another from going on. A reading of the table is an {@link Attempt}. The next one is due an
 * interval after the last one began, whatever became of it; one that fails makes it due earlier: a
 * second later, then twice as long each time. An attempt that hangs, or that thaws together with a
 * process frozen long ago, is therefore waited for by nobody longer than an interval. Its result
 * still counts, unless a later attempt has succeeded or the set had to be checked anew meanwhile.
 *
 * <p>Activations only follow each other. Whoever reads an earlier one than was known before, or the
 * same one with another set, was told what cannot be, by a table put back or by an answer that is
 * not the table's; it never counts, however often it is read.
 *
 * <p>All times are wall-clock times, since a frozen process does not see time pass. The clock is
 * always read after the state: a time of the state that lies ahead means that the clock was set
 * back, and never that another thread was faster. Then an attempt is due at once; and a failure
 * lowers the time at which the set was last good to the present, so that it does not get younger.
 */
final class HeldPolicy {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Duration interval;
  private final Duration maxAge;
  private final AtomicReference<State> held =
      new AtomicReference<>(
          new State(null, Instant.MIN, 0, 0, 0, false, null, Instant.MIN, FIRST_PAUSE));

  /** What becomes of a set that was found in force. */
  enum Verdict {
    /** It is the one to decide by. */
    COUNTS,
    /** A later attempt, or one beside this one, knows better. */
    OVERTAKEN,
    /** It cannot be in force. */
    CONTRADICTED
  }

  /** One reading of the table, from its beginning to its end, if it has one. */
  static final class Attempt {
    private final long number;
    private final long knownThen;
    private final Instant begun;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Attempt(long number, long knownThen, Instant begun) {
      this.number = number;
      this.knownThen = knownThen;
      this.begun = begun;
    }

    /** From 1, in the order in which attempts were begun. */
    long number() {
      return number;
    }

    /** Lets those go who wait for it. */
    void end() {
      ended.countDown();
    }

    /**
     * Waits for its end, but no longer than that. A thread that is interrupted does not wait, and
     * stays interrupted.
     */
    void await(Duration longest) {
      try {
        boolean _ = ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * What is known.
   *
   * @param set the last good set, if any
   * @param goodAt when the attempt began that found it in force
   * @param goodBy the number of that attempt
   * @param sequence the activation that put it in force
   * @param known the last activation that is known of, whether its set could be read or not
   * @param checked whether it was found in force since it last had to be checked anew
   * @param last the last attempt that was begun; null when the next one must come first
   * @param dueAt when the next one is due
   * @param pause how long to wait after the next failure
   */
  private record State(
      @Nullable Evaluator set,
      Instant goodAt,
      long goodBy,
      long sequence,
      long known,
      boolean checked,
      @Nullable Attempt last,
      Instant dueAt,
      Duration pause) {
    boolean isDue(Instant now) {
      return last == null || !now.isBefore(dueAt) || now.isBefore(last.begun);
    }

    boolean isUsable(Instant now, Duration maxAge) {
      return set != null && checked && now.isBefore(goodAt.plus(maxAge));
    }

    /** Whether there is no order of things in which an attempt can have read this. */
    boolean contradicts(Attempt attempt, long activation, Digest digest) {
      return activation < attempt.knownThen
          || (set != null && activation == sequence && !digest.equals(set.policySet().digest()));
    }

    /**
     * Whether a later attempt has succeeded, or one that ran beside this one knew of a later
     * activation.
     */
    boolean knowsBetterThan(Attempt attempt, long activation) {
      return goodBy > attempt.number || known > activation;
    }
  }

  private record Look(State state, Instant now) {}

  /**
   * @throws IllegalArgumentException when the interval is not positive or the age is shorter than
   *     it
   */
  HeldPolicy(InstantSource clock, Duration interval, Duration maxAge) {
    if (!interval.isPositive() || maxAge.compareTo(interval) < 0) {
      throw new IllegalArgumentException("refresh every " + interval + ", maximum age " + maxAge);
    }
    this.clock = clock;
    this.interval = interval;
    this.maxAge = maxAge;
  }

  /** The set to decide by where no attempt is due: what nearly every request gets. */
  @Nullable Evaluator fresh() {
    State state = held.get();
    Instant now = clock.instant();
    return !state.isDue(now) && state.isUsable(now, maxAge) ? state.set : null;
  }

  /** The set to decide by now: known to be in force, not too long ago. */
  Optional<Evaluator> usable() {
    Look look = look();
    return look.state.isUsable(look.now, maxAge)
        ? Optional.ofNullable(look.state.set)
        : Optional.empty();
  }

  /** The last good set, whether it may still be used or not. */
  @Nullable Evaluator lastGood() {
    return held.get().set;
  }

  /** How long ago the last good set was last known to be in force; null when there is none. */
  @Nullable Duration age() {
    Look look = look();
    if (look.state.set == null) {
      return null;
    }
    Duration age = Duration.between(look.state.goodAt, look.now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** A new attempt where one is due; whoever gets it carries it out. */
  @Nullable Attempt begin() {
    while (true) {
      Look look = look();
      State before = look.state;
      Instant now = look.now;
      if (!before.isDue(now)) {
        return null;
      }
      Attempt attempt =
          new Attempt(1 + Math.max(numberOf(before.last), before.goodBy), before.known, now);
      if (held.compareAndSet(
          before,
          new State(
              before.set,
              before.goodAt,
              before.goodBy,
              before.sequence,
              before.known,
              before.checked,
              attempt,
              now.plus(interval),
              before.pause))) {
        return attempt;
      }
    }
  }

  /** The last attempt that was begun, ended or not; null when there is none. */
  @Nullable Attempt last() {
    return held.get().last;
  }

  /**
   * Whether the set of this name cannot have been put in force by that activation, after all that
   * is known.
   */
  boolean contradicts(Attempt attempt, long sequence, Digest digest) {
    return held.get().contradicts(attempt, sequence, digest);
  }

  /**
   * There is such an activation, though its set could not be read: whoever reads an earlier one
   * from now on is told something old.
   */
  void note(long sequence) {
    while (true) {
      State before = held.get();
      if (before.known >= sequence
          || held.compareAndSet(
              before,
              new State(
                  before.set,
                  before.goodAt,
                  before.goodBy,
                  before.sequence,
                  sequence,
                  before.checked,
                  before.last,
                  before.dueAt,
                  before.pause))) {
        return;
      }
    }
  }

  /**
   * This set was found in force by this attempt.
   *
   * @param sequence how many activations there have been with this one
   */
  Verdict succeed(Attempt attempt, Evaluator set, long sequence) {
    while (true) {
      State before = held.get();
      if (before.contradicts(attempt, sequence, set.policySet().digest())) {
        return Verdict.CONTRADICTED;
      }
      if (before.knowsBetterThan(attempt, sequence)) {
        return Verdict.OVERTAKEN;
      }
      if (held.compareAndSet(
          before,
          new State(
              set,
              attempt.begun,
              attempt.number,
              sequence,
              sequence,
              true,
              before.last,
              before.dueAt,
              FIRST_PAUSE))) {
        return Verdict.COUNTS;
      }
    }
  }

  /** The attempt found out nothing. */
  void fail(Attempt attempt) {
    while (true) {
      State before = held.get();
      if (before.last != attempt) {
        return;
      }
      Instant now = clock.instant();
      Duration pause = min(before.pause, interval);
      State after =
          new State(
              before.set,
              min(before.goodAt, now),
              before.goodBy,
              before.sequence,
              before.known,
              before.checked,
              attempt,
              min(now.plus(pause), attempt.begun.plus(interval)),
              pause.multipliedBy(2));
      if (held.compareAndSet(before, after)) {
        return;
      }
    }
  }

  /**
   * From now on there is no set to decide by, until an attempt that begins later finds it in force.
   */
  void recheck() {
    while (true) {
      State before = held.get();
      long barrier = 1 + Math.max(numberOf(before.last), before.goodBy);
      if (held.compareAndSet(
          before,
          new State(
              before.set,
              before.goodAt,
              barrier,
              before.sequence,
              before.known,
              false,
              null,
              Instant.MIN,
              FIRST_PAUSE))) {
        return;
      }
    }
  }

  /** The state, and a time at which it was the state. */
  @SuppressWarnings("ReferenceEquality") // Comparing fields as a record does is ready much later.
  private Look look() {
    while (true) {
      State state = held.get();
      Instant now = clock.instant();
      if (held.get() == state) {
        return new Look(state, now);
      }
    }
  }

  private static long numberOf(@Nullable Attempt attempt) {
    return attempt == null ? 0 : attempt.number;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
