package updategateway.store.refresh;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import updategateway.policy.decision.Evaluator;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.FailureCause;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.TableSchema;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.history.ActiveSet;
import updategateway.store.history.PolicySetRepository;

/**
 * The set in force, kept in memory.
 *
 * <p>At most once an interval one item is read: the pointer. Only another digest makes a set be
 * read. When that fails, the old set decides on until it reaches its maximum age, counted from when
 * it was last known to be in force; then there is none. After a failure the next attempt waits: a
 * second, then twice as long each time, but never longer than an interval, so that a recovery is
 * noticed within one.
 *
 * <p>Safe for many threads. Each attempt has a thread of its own. The request that begins one waits
 * for it, so that it already decides by a new set, but no longer than half of {@link
 * Timeouts#budget()}; the others use the old set meanwhile and do not wait. Where there is no set
 * to use they all wait for the same attempt, up to {@link Timeouts#firstLoad()}.
 *
 * <p>A process may be frozen at any time, as Lambda does between two requests, and thaw much later
 * with dead connections: see {@link PolicyCache} for why that delays nothing and leaves no old set
 * in use for longer than it may.
 */
public final class PolicyRefresher implements ActivePolicySource {
  private final PolicySetRepository store;
  private final PolicyCache cache;
  private final Timeouts timeouts;
  private final RefreshListener listener;
  private final UnaryOperator<Duration> waiting;

  /**
   * @throws IllegalArgumentException when the interval is not positive or the age is shorter than
   *     it
   */
  public PolicyRefresher(
      PolicySetRepository store,
      InstantSource clock,
      Duration refreshInterval,
      Duration maxAge,
      Timeouts timeouts,
      RefreshListener listener) {
    this(store, clock, refreshInterval, maxAge, timeouts, listener, UnaryOperator.identity());
  }

  /**
   * @param waiting how long a request waits that may wait so long
   */
  public PolicyRefresher(
      PolicySetRepository store,
      InstantSource clock,
      Duration refreshInterval,
      Duration maxAge,
      Timeouts timeouts,
      RefreshListener listener,
      UnaryOperator<Duration> waiting) {
    this.store = store;
    this.cache = new PolicyCache(clock, refreshInterval, maxAge);
    this.timeouts = timeouts;
    this.listener = listener;
    this.waiting = waiting;
  }

  @Override
  public Optional<Evaluator> current() {
    Evaluator fresh = cache.fresh();
    if (fresh != null) {
      return Optional.of(fresh);
    }
    PolicyCache.Attempt begun = cache.beginAttempt();
    if (begun != null) {
      start(begun);
    }
    Optional<Evaluator> usable = cache.usable();
    if (usable.isPresent() && begun == null) {
      return usable;
    }
    PolicyCache.Attempt last = begun == null ? cache.last() : begun;
    if (last != null) {
      last.await(waiting.apply(usable.isPresent() ? timeouts.halfBudget() : timeouts.firstLoad()));
    }
    return cache.usable();
  }

  /**
   * Begins to read the set, where that is due, and does not wait for it: for a process that has
   * something else to do before its first request.
   */
  public void prefetch() {
    PolicyCache.Attempt begun = cache.beginAttempt();
    if (begun != null) {
      start(begun);
    }
  }

  /**
   * Forgets when the set was checked: the next request reads the pointer before it decides, and
   * while that fails there is no set. For a process that was frozen, nobody knows how long.
   */
  public void invalidate() {
    cache.invalidate();
  }

  private void start(PolicyCache.Attempt attempt) {
    try {
      Thread.ofPlatform().daemon().name("policy-refresh").start(() -> runAttempt(attempt));
    } catch (OutOfMemoryError e) {
      // No thread can be had: as good as a table that cannot be read.
      failed(attempt, FailureCause.OTHER, "a fault of our own: " + e);
      attempt.end();
    }
  }

  private void runAttempt(PolicyCache.Attempt attempt) {
    try {
      refresh(attempt);
    } catch (PolicyStoreException.Unavailable e) {
      failed(attempt, e.failureCause(), String.valueOf(e.getMessage()));
    } catch (PolicyStoreException.Corrupt e) {
      Duration age = cache.age();
      cache.fail(attempt);
      listener.on(
          new RefreshListener.Rejected(e.corruptionKind(), String.valueOf(e.getMessage()), age));
    } catch (PolicyStoreException | RuntimeException | Error e) {
      failed(attempt, FailureCause.OTHER, "a fault of our own: " + e);
    } finally {
      attempt.end();
    }
  }

  private void refresh(PolicyCache.Attempt attempt) throws PolicyStoreException {
    ActiveSet inForce =
        store
            .readPointer()
            .orElseThrow(() ->
                new PolicyStoreException.Unavailable(
                    "no policy set is in force: deploy one", FailureCause.NOTHING_IN_FORCE));
    if (cache.conflicts(attempt, inForce.sequence(), inForce.digest())) {
      throw contradiction(inForce);
    }
    Evaluator before = cache.lastGood();
    Evaluator set =
        before != null && before.policySet().digest().equals(inForce.digest())
            ? before
            : read(inForce);
    switch (cache.succeed(attempt, set, inForce.sequence())) {
      case ACCEPTED -> {
        if (!set.equals(before)) {
          listener.on(new RefreshListener.Loaded(inForce.digest()));
        }
      }
      case CONFLICTING -> throw contradiction(inForce);
      case SUPERSEDED -> {}
    }
  }

  private Evaluator read(ActiveSet inForce) throws PolicyStoreException {
    try {
      return Evaluator.of(store.read(inForce.digest()));
    } catch (PolicyStoreException.Unavailable e) {
      // Not so for a set that does not verify: then the pointer may be what somebody changed.
      cache.recordSequence(inForce.sequence());
      throw e;
    }
  }

  private static PolicyStoreException.Corrupt contradiction(ActiveSet inForce) {
    return new PolicyStoreException.Corrupt(
        CorruptionKind.GONE_BACK,
        "the item "
            + TableSchema.IN_FORCE
            + " names the activation "
            + inForce.sequence()
            + " with the set "
            + inForce.digest()
            + ", and this process knows of a later one, or of that one with another set: the table"
            + " was put back, or somebody changed the item by hand, or it was not the table that"
            + " answered. Verify the history (scripts/policy history --verify); scripts/OPERATIONS.md"
            + " says how gateways follow a restored table");
  }

  private void failed(PolicyCache.Attempt attempt, FailureCause failureCause, String reason) {
    Duration age = cache.age();
    cache.fail(attempt);
    listener.on(new RefreshListener.Failed(failureCause, reason, age));
  }
}
