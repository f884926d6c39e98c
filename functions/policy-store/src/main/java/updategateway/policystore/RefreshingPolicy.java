package updategateway.policystore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import updategateway.policy.decision.CompiledPolicySet;

/**
 * The set in force, kept in memory.
 *
 * <p>At most once an interval one item is read: the pointer. Only another digest makes a set be
 * read. When that fails, the old set decides on until it reaches its maximum age, counted from when
 * it was last known to be in force; then there is none. After a failure the next attempt waits: a
 * second, then twice as long each time, but never longer than an interval, so that a recovery is
 * noticed within one.
 *
 * <p>Safe for many threads. Only one refreshes at a time; the others use the old set meanwhile, and
 * wait only when there is none to use. All times are wall-clock times, since a frozen process does
 * not see time pass: a clock that steps back makes a refresh due, and never makes a set younger
 * than its last check.
 */
public final class RefreshingPolicy implements PolicyInForce {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final DynamoDbPolicySets store;
  private final InstantSource clock;
  private final Duration refreshInterval;
  private final Duration maxAge;
  private final RefreshListener listener;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile State state = new State(null, Instant.MIN, null, Instant.MIN, FIRST_PAUSE);

  /**
   * What is known; replaced as a whole.
   *
   * @param set the last good set, if any
   * @param goodAt when that was last known to be in force
   * @param triedAt when the last refresh began; null when the next request must refresh before
   *     anything else
   * @param dueAt when the next refresh is due
   * @param pause how long to wait after the next failure
   */
  private record State(
      @Nullable CompiledPolicySet set,
      Instant goodAt,
      @Nullable Instant triedAt,
      Instant dueAt,
      Duration pause) {
    boolean isDue(Instant now) {
      return triedAt == null || !now.isBefore(dueAt) || now.isBefore(triedAt);
    }

    /** How long ago the set was last known to be in force; null when there is none. */
    @Nullable Duration age(Instant now) {
      if (set == null) {
        return null;
      }
      Duration age = Duration.between(goodAt, now);
      return age.isNegative() ? Duration.ZERO : age;
    }

    boolean isUsable(Instant now, Duration maxAge) {
      return set != null && triedAt != null && now.isBefore(goodAt.plus(maxAge));
    }
  }

  /**
   * @throws IllegalArgumentException when the interval is not positive or the age is shorter than
   *     it
   */
  RefreshingPolicy(
      DynamoDbPolicySets store,
      InstantSource clock,
      Duration refreshInterval,
      Duration maxAge,
      RefreshListener listener) {
    if (!refreshInterval.isPositive() || maxAge.compareTo(refreshInterval) < 0) {
      throw new IllegalArgumentException(
          "refresh every " + refreshInterval + ", maximum age " + maxAge);
    }
    this.store = store;
    this.clock = clock;
    this.refreshInterval = refreshInterval;
    this.maxAge = maxAge;
    this.listener = listener;
  }

  @Override
  public Optional<CompiledPolicySet> current() {
    Instant now = clock.instant();
    if (state.isDue(now)) {
      refreshOnce(now);
    }
    State held = state;
    return held.isUsable(now, maxAge) ? Optional.ofNullable(held.set()) : Optional.empty();
  }

  /**
   * Forgets when the set was checked: the next request reads the pointer before it decides. For a
   * process that was frozen, nobody knows how long.
   */
  public void recheck() {
    refreshing.lock();
    try {
      state = new State(state.set(), state.goodAt(), null, Instant.MIN, FIRST_PAUSE);
    } finally {
      refreshing.unlock();
    }
  }

  private void refreshOnce(Instant now) {
    if (state.isUsable(now, maxAge)) {
      if (!refreshing.tryLock()) {
        return;
      }
    } else {
      refreshing.lock();
    }
    try {
      if (state.isDue(now)) {
        refresh(now);
      }
    } finally {
      refreshing.unlock();
    }
  }

  private void refresh(Instant now) {
    State before = state;
    try {
      InForce inForce =
          store
              .inForce()
              .orElseThrow(() ->
                  new PolicyStoreException.Unavailable("no policy set is in force: deploy one"));
      CompiledPolicySet set = before.set();
      if (set == null || !set.policySet().digest().equals(inForce.digest())) {
        set = CompiledPolicySet.of(store.read(inForce.digest()));
        listener.on(new RefreshListener.Loaded(inForce.digest()));
      }
      state = new State(set, now, now, now.plus(refreshInterval), FIRST_PAUSE);
    } catch (PolicyStoreException.Corrupt | PolicyStoreException.Unstorable e) {
      state = failed(before, now);
      listener.on(new RefreshListener.Rejected(String.valueOf(e.getMessage()), before.age(now)));
    } catch (PolicyStoreException e) {
      state = failed(before, now);
      listener.on(new RefreshListener.Failed(String.valueOf(e.getMessage()), before.age(now)));
    } catch (RuntimeException e) {
      state = failed(before, now);
      listener.on(new RefreshListener.Failed("a fault of our own: " + e, before.age(now)));
    }
  }

  private State failed(State before, Instant now) {
    Duration pause = min(before.pause(), refreshInterval);
    Instant goodAt = before.goodAt().isAfter(now) ? now : before.goodAt();
    return new State(before.set(), goodAt, now, now.plus(pause), pause.multipliedBy(2));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
