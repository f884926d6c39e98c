package updategateway.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.history.Activation;
import updategateway.store.refresh.PolicyRefresher;
import updategateway.store.testing.FaultProxy;
import updategateway.store.testing.TestTables;

/**
 * What the table is asked under load, counted as requests on the wire, whichever client asks. The
 * clock stands still but for the steps of the test; the requests never do. On DynamoDB Local alone:
 * 64 threads leave a cloud on the same machine too little of it, and what is asked twice because
 * nobody answered is counted twice.
 */
@Tag("dynamodb-local")
final class PointerReadsTest {
  private static final int THREADS = 64;
  private static final int INTERVALS = 12;
  private static final int REQUESTS = 25;
  private static final int DEPLOYED_BEFORE = 5;
  private static final Duration REFRESH = Duration.ofSeconds(30);
  private static final Duration MAX_AGE = Duration.ofHours(1);

  /** Of a machine that is busy: an attempt that is given up would be made again, and counted. */
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofHours(1), Duration.ofHours(2), 2, Duration.ofMillis(200), Duration.ofHours(3));

  private static final PolicySet ONE = set(11);
  private static final PolicySet TWO = set(22);

  private final StoreSettings tables = TestTables.create();
  private volatile Instant now = Instant.parse("2026-01-15T12:00:00Z");

  @ParameterizedTest
  @EnumSource
  void onceAnIntervalHoweverManyAsk(ReaderKind reader) throws Exception {
    try (PolicyStore direct = PolicyStore.open(tables);
        FaultProxy proxy = FaultProxy.before(tables);
        PolicyStore store = reader.open(proxy.tables(TIMEOUTS))) {
      put(direct, ONE);
      PolicyRefresher policy = store.policyInForce(() -> now, REFRESH, MAX_AGE, _ -> {});
      try (Load load = new Load(policy)) {
        load.everyThreadAsks();
        assertThat(asked(proxy)).containsExactly("GetItem", "Query");
        for (int interval = 1; interval <= INTERVALS; interval++) {
          if (interval == DEPLOYED_BEFORE) {
            put(direct, TWO);
          }
          now = now.plus(REFRESH).minusMillis(1);
          load.everyThreadAsks();
          assertThat(proxy.pointerReads()).as("in interval %s", interval).isEqualTo(interval);
          now = now.plusMillis(1);
          long due = interval + 1L;
          await(() -> proxy.pointerReads() >= due);
          load.everyThreadAsks();
          assertThat(proxy.pointerReads()).as("at the end of interval %s", interval).isEqualTo(due);
        }
        await(() -> digest(policy).equals(Optional.of(TWO.digest())));
        load.everyThreadAsks();
        assertThat(load.withoutASet()).isZero();
      }
      assertThat(proxy.pointerReads()).isEqualTo(1 + INTERVALS);
      assertThat(asked(proxy))
          .as("besides the pointer, each set once")
          .hasSize(1 + INTERVALS + 2)
          .filteredOn("Query"::equals)
          .hasSize(2);
    }
  }

  /** Threads that ask for the set again and again until it is closed. */
  private static final class Load implements AutoCloseable {
    private final PolicyRefresher policy;
    private final AtomicLongArray asked = new AtomicLongArray(THREADS);
    private final AtomicLongArray without = new AtomicLongArray(THREADS);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean stopped;

    Load(PolicyRefresher policy) {
      this.policy = policy;
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        running.add(threads.submit(() -> ask(thread)));
      }
    }

    private void ask(int thread) {
      while (!stopped) {
        if (policy.current().isEmpty()) {
          without.incrementAndGet(thread);
        }
        asked.incrementAndGet(thread);
        // The machine has fewer processors than there are threads.
        LockSupport.parkNanos(1_000);
      }
    }

    /** Waits until each has asked many times more. */
    void everyThreadAsks() {
      for (int thread = 0; thread < THREADS; thread++) {
        int one = thread;
        long until = asked.get(thread) + REQUESTS;
        await(() -> asked.get(one) >= until || running.get(one).isDone());
      }
    }

    long withoutASet() {
      long sum = 0;
      for (int thread = 0; thread < THREADS; thread++) {
        sum += without.get(thread);
      }
      return sum;
    }

    @Override
    public void close() throws Exception {
      stopped = true;
      try {
        for (Future<?> one : running) {
          one.get();
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static List<String> asked(FaultProxy proxy) {
    return proxy.calls().stream().map(FaultProxy.Call::operation).toList();
  }

  private static Optional<Digest> digest(PolicyRefresher policy) {
    return policy.current().map(Evaluator::policySet).map(PolicySet::digest);
  }

  /** For as long as it takes. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void put(PolicyStore store, PolicySet set) throws PolicyStoreException {
    store
        .policySets()
        .putInForce(
            set, new Activation.Request("test", "stack", UUID.randomUUID().toString(), null), now);
  }

  private static PolicySet set(int seed) {
    return new RandomPolicySets(new SplittableRandom(seed)).policySet();
  }
}
