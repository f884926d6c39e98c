package updategateway.store.refresh;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import updategateway.policy.decision.Evaluator;
import updategateway.store.dynamodb.Defect;
import updategateway.store.dynamodb.Names;
import updategateway.store.dynamodb.Patience;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.Trouble;
import updategateway.store.history.DynamoDbPolicySets;
import updategateway.store.history.InForce;

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
 * Patience#budget()}; the others use the old set meanwhile and do not wait. Where there is no set
 * to use they all wait for the same attempt, up to {@link Patience#firstLoad()}.
 *
 * <p>A process may be frozen at any time, as Lambda does between two requests, and thaw much later
 * with dead connections: see {@link HeldPolicy} for why that delays nothing and leaves no old set
 * in use for longer than it may.
 */
public final class RefreshingPolicy implements PolicyInForce {
  private final DynamoDbPolicySets store;
  private final HeldPolicy held;
  private final Patience patience;
  private final RefreshListener listener;
  private final UnaryOperator<Duration> waiting;

  /**
   * @throws IllegalArgumentException when the interval is not positive or the age is shorter than
   *     it
   */
  public RefreshingPolicy(
      DynamoDbPolicySets store,
      InstantSource clock,
      Duration refreshInterval,
      Duration maxAge,
      Patience patience,
      RefreshListener listener) {
    this(store, clock, refreshInterval, maxAge, patience, listener, UnaryOperator.identity());
  }

  /**
   * @param waiting how long a request waits that may wait so long
   */
  public RefreshingPolicy(
      DynamoDbPolicySets store,
      InstantSource clock,
      Duration refreshInterval,
      Duration maxAge,
      Patience patience,
      RefreshListener listener,
      UnaryOperator<Duration> waiting) {
    this.store = store;
    this.held = new HeldPolicy(clock, refreshInterval, maxAge);
    this.patience = patience;
    this.listener = listener;
    this.waiting = waiting;
  }

  @Override
  public Optional<Evaluator> current() {
    Evaluator fresh = held.fresh();
    if (fresh != null) {
      return Optional.of(fresh);
    }
    HeldPolicy.Attempt begun = held.begin();
    if (begun != null) {
      start(begun);
    }
    Optional<Evaluator> usable = held.usable();
    if (usable.isPresent() && begun == null) {
      return usable;
    }
    HeldPolicy.Attempt last = begun == null ? held.last() : begun;
    if (last != null) {
      last.await(waiting.apply(usable.isPresent() ? patience.share() : patience.firstLoad()));
    }
    return held.usable();
  }

  /**
   * Begins to read the set, where that is due, and does not wait for it: for a process that has
   * something else to do before its first request.
   */
  public void begin() {
    HeldPolicy.Attempt begun = held.begin();
    if (begun != null) {
      start(begun);
    }
  }

  /**
   * Forgets when the set was checked: the next request reads the pointer before it decides, and
   * while that fails there is no set. For a process that was frozen, nobody knows how long.
   */
  public void recheck() {
    held.recheck();
  }

  private void start(HeldPolicy.Attempt attempt) {
    try {
      Thread.ofPlatform().daemon().name("policy-refresh").start(() -> carryOut(attempt));
    } catch (OutOfMemoryError e) {
      // No thread can be had: as good as a table that cannot be read.
      failed(attempt, Trouble.OTHER, "a fault of our own: " + e);
      attempt.end();
    }
  }

  private void carryOut(HeldPolicy.Attempt attempt) {
    try {
      refresh(attempt);
    } catch (PolicyStoreException.Unavailable e) {
      failed(attempt, e.trouble(), String.valueOf(e.getMessage()));
    } catch (PolicyStoreException.Corrupt e) {
      Duration age = held.age();
      held.fail(attempt);
      listener.on(new RefreshListener.Rejected(e.defect(), String.valueOf(e.getMessage()), age));
    } catch (PolicyStoreException | RuntimeException | Error e) {
      failed(attempt, Trouble.OTHER, "a fault of our own: " + e);
    } finally {
      attempt.end();
    }
  }

  private void refresh(HeldPolicy.Attempt attempt) throws PolicyStoreException {
    InForce inForce =
        store
            .pointed()
            .orElseThrow(() ->
                new PolicyStoreException.Unavailable(
                    "no policy set is in force: deploy one", Trouble.NOTHING_IN_FORCE));
    if (held.contradicts(attempt, inForce.sequence(), inForce.digest())) {
      throw contradiction(inForce);
    }
    Evaluator before = held.lastGood();
    Evaluator set =
        before != null && before.policySet().digest().equals(inForce.digest())
            ? before
            : read(inForce);
    switch (held.succeed(attempt, set, inForce.sequence())) {
      case COUNTS -> {
        if (!set.equals(before)) {
          listener.on(new RefreshListener.Loaded(inForce.digest()));
        }
      }
      case CONTRADICTED -> throw contradiction(inForce);
      case OVERTAKEN -> {}
    }
  }

  private Evaluator read(InForce inForce) throws PolicyStoreException {
    try {
      return Evaluator.of(store.read(inForce.digest()));
    } catch (PolicyStoreException.Unavailable e) {
      // Not so for a set that does not verify: then the pointer may be what somebody changed.
      held.note(inForce.sequence());
      throw e;
    }
  }

  private static PolicyStoreException.Corrupt contradiction(InForce inForce) {
    return new PolicyStoreException.Corrupt(
        Defect.GONE_BACK,
        "the item "
            + Names.IN_FORCE
            + " names the activation "
            + inForce.sequence()
            + " with the set "
            + inForce.digest()
            + ", and this process knows of a later one, or of that one with another set: the table"
            + " was put back, or somebody changed the item by hand, or it was not the table that"
            + " answered. Verify the history (scripts/policy history --verify); scripts/OPERATIONS.md"
            + " says how gateways follow a restored table");
  }

  private void failed(HeldPolicy.Attempt attempt, Trouble trouble, String reason) {
    Duration age = held.age();
    held.fail(attempt);
    listener.on(new RefreshListener.Failed(trouble, reason, age));
  }
}
