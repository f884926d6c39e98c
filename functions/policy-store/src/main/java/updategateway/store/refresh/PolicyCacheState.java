package updategateway.store.refresh;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.set.Digest;

/**
 * Immutable contents of a {@link PolicyCache}.
 *
 * @param set the last accepted set, if any
 * @param verifiedAt when the attempt began that found the set in force
 * @param verifiedByAttempt the number of that attempt; a result of an earlier one is superseded
 * @param sequence the activation that put the set in force
 * @param latestSequence the latest activation seen, whether its set could be read or not
 * @param valid false after {@link PolicyCache#invalidate()} until an attempt succeeds
 * @param last the last attempt that began; null if the next one must come first
 * @param dueAt when the next attempt is due
 * @param pause how long to wait after the next failure
 */
record PolicyCacheState(
    @Nullable Evaluator set,
    Instant verifiedAt,
    long verifiedByAttempt,
    long sequence,
    long latestSequence,
    boolean valid,
    PolicyCache.@Nullable Attempt last,
    Instant dueAt,
    Duration pause) {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Returns the state of a cache before its first attempt. */
  static PolicyCacheState initial() {
    return new PolicyCacheState(null, Instant.MIN, 0, 0, 0, false, null, Instant.MIN, FIRST_PAUSE);
  }

  boolean isDue(Instant now) {
    return last == null || !now.isBefore(dueAt) || now.isBefore(last.begun());
  }

  boolean isUsable(Instant now, Duration maxAge) {
    return set != null && valid && now.isBefore(verifiedAt.plus(maxAge));
  }

  boolean conflictsWith(PolicyCache.Attempt attempt, long activation, Digest digest) {
    return activation < attempt.latestSequenceAtBegin()
        || (set != null && activation == sequence && !digest.equals(set.policySet().digest()));
  }

  boolean supersedes(PolicyCache.Attempt attempt, long activation) {
    return verifiedByAttempt > attempt.number() || latestSequence > activation;
  }

  /** The number of an attempt that begins now. */
  long nextNumber() {
    return 1 + Math.max(last == null ? 0 : last.number(), verifiedByAttempt);
  }

  PolicyCacheState withAttempt(PolicyCache.Attempt attempt, Instant nextDueAt) {
    return new PolicyCacheState(
        set,
        verifiedAt,
        verifiedByAttempt,
        sequence,
        latestSequence,
        valid,
        attempt,
        nextDueAt,
        pause);
  }

  PolicyCacheState withLatestSequence(long latest) {
    return new PolicyCacheState(
        set, verifiedAt, verifiedByAttempt, sequence, latest, valid, last, dueAt, pause);
  }

  PolicyCacheState withSuccess(PolicyCache.Attempt attempt, Evaluator found, long activation) {
    return new PolicyCacheState(
        found,
        attempt.begun(),
        attempt.number(),
        activation,
        activation,
        true,
        last,
        dueAt,
        FIRST_PAUSE);
  }

  PolicyCacheState withFailure(Instant now, Instant nextDueAt, Duration nextPause) {
    return new PolicyCacheState(
        set,
        verifiedAt.isBefore(now) ? verifiedAt : now,
        verifiedByAttempt,
        sequence,
        latestSequence,
        valid,
        last,
        nextDueAt,
        nextPause);
  }

  PolicyCacheState invalidated() {
    return new PolicyCacheState(
        set,
        verifiedAt,
        nextNumber(),
        sequence,
        latestSequence,
        false,
        null,
        Instant.MIN,
        FIRST_PAUSE);
  }
}
