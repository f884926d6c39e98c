package updategateway.store.refresh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.set.Digest;

/**
 * Thread-safe cache of the set in force and the schedule of its refreshes. It does no I/O and never
 * blocks: the state is one immutable record, exchanged by compare-and-set.
 *
 * <ul>
 *   <li>A refresh is an {@link Attempt}. The next one is due one interval after the last one began,
 *       whatever its result. A failure makes it due earlier: after a second, then after twice as
 *       long each time. No request waits longer than an interval for an attempt that hangs or that
 *       was frozen together with the process.
 *   <li>The result of an attempt is accepted unless a later attempt has succeeded or the cache was
 *       invalidated since the attempt began.
 *   <li>An older activation than the latest one known when the attempt began, or the same one with
 *       another digest, is rejected. It means a restored table or a response that is not the
 *       table's.
 *   <li>All times are wall-clock times, since a frozen process does not see time pass. A timestamp
 *       in the future means the clock went back, since the clock is read after the state. Then an
 *       attempt is due at once, and a failure lowers {@code verifiedAt} to the present, so that the
 *       set does not get younger.
 * </ul>
 */
final class PolicyCache {
  private final InstantSource clock;
  private final Duration interval;
  private final Duration maxAge;
  private final AtomicReference<PolicyCacheState> state =
      new AtomicReference<>(PolicyCacheState.initial());

  /** What the cache does with the result of an attempt. */
  enum Verdict {
    /** The set is used from now on. */
    ACCEPTED,
    /** A later attempt succeeded, or a later activation is known. */
    SUPERSEDED,
    /** The activation cannot be the current one. */
    CONFLICTING
  }

  /** One refresh. */
  static final class Attempt {
    private final long number;
    private final long latestSequenceAtBegin;
    private final Instant begun;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Attempt(long number, long latestSequenceAtBegin, Instant begun) {
      this.number = number;
      this.latestSequenceAtBegin = latestSequenceAtBegin;
      this.begun = begun;
    }

    /** Returns the number of this attempt, from 1 in the order in which attempts began. */
    long number() {
      return number;
    }

    /** Returns the latest activation that was known when this attempt began. */
    long latestSequenceAtBegin() {
      return latestSequenceAtBegin;
    }

    /** Returns when this attempt began. */
    Instant begun() {
      return begun;
    }

    /** Releases the threads that wait for this attempt. */
    void end() {
      ended.countDown();
    }

    /** Waits for the end of this attempt; not at all if the thread is interrupted. */
    void await(Duration timeout) {
      try {
        boolean _ = ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the interval is not positive or longer than the maximum age
   */
  PolicyCache(InstantSource clock, Duration interval, Duration maxAge) {
    if (!interval.isPositive() || maxAge.compareTo(interval) < 0) {
      throw new IllegalArgumentException("refresh every " + interval + ", maximum age " + maxAge);
    }
    this.clock = clock;
    this.interval = interval;
    this.maxAge = maxAge;
  }

  /** Returns the set if it is usable and no attempt is due; the fast path of a request. */
  @Nullable Evaluator fresh() {
    PolicyCacheState current = state.get();
    Instant now = clock.instant();
    return !current.isDue(now) && current.isUsable(now, maxAge) ? current.set() : null;
  }

  /** Returns the set if it was verified within the maximum age. */
  Optional<Evaluator> usable() {
    return snapshot((current, now) ->
        current.isUsable(now, maxAge) ? Optional.ofNullable(current.set()) : Optional.empty());
  }

  /** Returns the last accepted set, usable or not. */
  @Nullable Evaluator lastGood() {
    return state.get().set();
  }

  /** Returns the time since the set was last verified; null if there is no set. */
  @Nullable Duration age() {
    return snapshot(
            (current, now) -> {
              Duration age = Duration.between(min(current.verifiedAt(), now), now);
              return current.set() == null ? Optional.<Duration>empty() : Optional.of(age);
            })
        .orElse(null);
  }

  /** Returns a new attempt, which the caller must run, or null if none is due. */
  @Nullable Attempt beginAttempt() {
    while (true) {
      PolicyCacheState before = state.get();
      Instant now = clock.instant();
      if (!before.isDue(now)) {
        // The clock is read after the state; a newer state may make another attempt due.
        if (isCurrent(before)) {
          return null;
        }
        continue;
      }
      Attempt attempt = new Attempt(before.nextNumber(), before.latestSequence(), now);
      if (state.compareAndSet(before, before.withAttempt(attempt, now.plus(interval)))) {
        return attempt;
      }
    }
  }

  /** Returns the last attempt that began, ended or not; null if there is none. */
  @Nullable Attempt last() {
    return state.get().last();
  }

  /** Returns true if the attempt cannot have found this activation with this digest. */
  boolean conflicts(Attempt attempt, long sequence, Digest digest) {
    return state.get().conflictsWith(attempt, sequence, digest);
  }

  /** Records an activation whose set could not be read, so that earlier ones are rejected. */
  void recordSequence(long sequence) {
    state.updateAndGet(before ->
        before.latestSequence() >= sequence ? before : before.withLatestSequence(sequence));
  }

  /**
   * Offers the set that an attempt found in force.
   *
   * @param sequence the activation that put the set in force
   */
  Verdict succeed(Attempt attempt, Evaluator set, long sequence) {
    while (true) {
      PolicyCacheState before = state.get();
      if (before.conflictsWith(attempt, sequence, set.policySet().digest())) {
        return Verdict.CONFLICTING;
      }
      if (before.supersedes(attempt, sequence)) {
        return Verdict.SUPERSEDED;
      }
      if (state.compareAndSet(before, before.withSuccess(attempt, set, sequence))) {
        return Verdict.ACCEPTED;
      }
    }
  }

  /** Schedules the next attempt after this one failed; does nothing if a later one has begun. */
  void fail(Attempt attempt) {
    state.updateAndGet(before -> {
      if (before.last() != attempt) {
        return before;
      }
      Instant now = clock.instant();
      Duration pause = before.pause().compareTo(interval) < 0 ? before.pause() : interval;
      Instant dueAt = min(now.plus(pause), attempt.begun.plus(interval));
      return before.withFailure(now, dueAt, pause.multipliedBy(2));
    });
  }

  /** Makes the set unusable until an attempt that begins later finds it in force. */
  void invalidate() {
    state.updateAndGet(PolicyCacheState::invalidated);
  }

  /** Applies a function to a state and a time at which it was the current one. */
  private <T> Optional<T> snapshot(BiFunction<PolicyCacheState, Instant, Optional<T>> function) {
    while (true) {
      PolicyCacheState current = state.get();
      Instant now = clock.instant();
      if (isCurrent(current)) {
        return function.apply(current, now);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // As compare-and-set compares.
  private boolean isCurrent(PolicyCacheState expected) {
    return state.get() == expected;
  }

  private static Instant min(Instant first, Instant second) {
    return first.isBefore(second) ? first : second;
  }
}
