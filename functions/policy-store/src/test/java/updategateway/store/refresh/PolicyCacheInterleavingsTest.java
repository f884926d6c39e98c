package updategateway.store.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.testing.RandomPolicySets;

/**
 * Requests that begin attempts, attempts that end, clocks that move and restores, at once: whatever
 * any thread sees is what it would have seen had they come one after the other. Lincheck looks for
 * an interleaving in which it is not; {@link PolicyCacheTest} says what is right one after the
 * other.
 */
@Tag("dynamodb-local")
@Param(name = "attempt", gen = IntGen.class, conf = "0:2")
@Param(name = "set", gen = IntGen.class, conf = "0:2")
@Param(name = "sequence", gen = IntGen.class, conf = "0:3")
@Param(name = "seconds", gen = IntGen.class, conf = "-40:40")
public final class PolicyCacheInterleavingsTest {
  private static final List<Evaluator> SETS = List.of(set(11), set(22), set(33));

  private final AtomicLong seconds = new AtomicLong(1_000_000);
  private final PolicyCache held =
      new PolicyCache(
          () -> Instant.ofEpochSecond(seconds.get()),
          Duration.ofSeconds(30),
          Duration.ofDays(10_000));
  private final List<PolicyCache.Attempt> attempts = List.of(begun(0), begun(0), begun(1));

  /** An attempt that still goes on when the next one is due, and so many activations known. */
  private PolicyCache.Attempt begun(long known) {
    held.recordSequence(known);
    seconds.addAndGet(30);
    return Objects.requireNonNull(held.beginAttempt());
  }

  /** The number of the attempt begun; 0 where none is due. */
  @Operation
  public long begin() {
    PolicyCache.Attempt attempt = held.beginAttempt();
    return attempt == null ? 0 : attempt.number();
  }

  @Operation
  public String succeed(
      @Param(name = "attempt") int attempt,
      @Param(name = "set") int set,
      @Param(name = "sequence") int sequence) {
    return held.succeed(attempts.get(attempt), SETS.get(set), sequence).name();
  }

  @Operation
  public void note(@Param(name = "sequence") int sequence) {
    held.recordSequence(sequence);
  }

  @Operation
  public void fail(@Param(name = "attempt") int attempt) {
    held.fail(attempts.get(attempt));
  }

  @Operation
  public void recheck() {
    held.invalidate();
  }

  @Operation
  public void step(@Param(name = "seconds") int by) {
    seconds.addAndGet(by);
  }

  /** Which set is usable; -1 for none. */
  @Operation
  public int usable() {
    return held.usable().map(SETS::indexOf).orElse(-1);
  }

  @Test
  void noInterleavingIsSeenByModelChecking() {
    new ModelCheckingOptions()
        .iterations(15)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(3)
        .check(PolicyCacheInterleavingsTest.class);
  }

  @Test
  void noInterleavingIsSeenUnderStress() {
    new StressOptions()
        .iterations(10)
        .invocationsPerIteration(2_000)
        .threads(3)
        .actorsPerThread(3)
        .check(PolicyCacheInterleavingsTest.class);
  }

  private static Evaluator set(int seed) {
    return Evaluator.of(new RandomPolicySets(new SplittableRandom(seed)).policySet());
  }
}
