package updategateway.store.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.store.refresh.PolicyCache.Verdict;

/** Which set counts, and when the next attempt is due, whatever clocks and attempts do. */
final class PolicyCacheTest {
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration MAX_AGE = Duration.ofHours(1);
  private static final Evaluator ONE = set(11);
  private static final Evaluator TWO = set(22);

  private Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private final PolicyCache held = new PolicyCache(() -> now, INTERVAL, MAX_AGE);

  @Test
  void oneAttemptAnIntervalWhateverBecomesOfIt() {
    PolicyCache.Attempt hanging = begun();
    assertThat(held.beginAttempt()).isNull();
    now = now.plus(INTERVAL).minusNanos(1);
    assertThat(held.beginAttempt()).isNull();
    now = now.plusNanos(1);
    PolicyCache.Attempt next = begun();
    held.fail(hanging);
    assertThat(held.beginAttempt()).as("the failure of an old attempt hurries nobody").isNull();
    assertThat(held.succeed(next, ONE, 1)).isEqualTo(Verdict.ACCEPTED);
    assertThat(held.beginAttempt()).isNull();
  }

  @Test
  void pausesAfterFailuresDoubleUpToTheInterval() {
    for (long seconds : new long[] {1, 2, 4, 8, 16, 30, 30}) {
      held.fail(begun());
      now = now.plusSeconds(seconds).minusNanos(1);
      assertThat(held.beginAttempt()).as("before " + seconds + " s").isNull();
      now = now.plusNanos(1);
    }
    assertThat(held.succeed(begun(), ONE, 1)).isEqualTo(Verdict.ACCEPTED);
    now = now.plus(INTERVAL);
    held.fail(begun());
    now = now.plusSeconds(1);
    assertThat(held.beginAttempt()).as("a success makes the pauses short again").isNotNull();
  }

  @Test
  void anAttemptThatFailsLateIsFollowedWithinTheSameInterval() {
    PolicyCache.Attempt slow = begun();
    now = now.plus(INTERVAL).minusMillis(1);
    held.fail(slow);
    now = now.plusMillis(1);
    assertThat(held.beginAttempt()).isNotNull();
  }

  @Test
  void anAttemptThatThawsDoesNotUndoALaterOne() {
    PolicyCache.Attempt frozen = begun();
    now = now.plus(Duration.ofHours(3));
    held.succeed(begun(), TWO, 2);
    assertThat(held.succeed(frozen, ONE, 1)).isEqualTo(Verdict.SUPERSEDED);
    assertThat(held.usable()).contains(TWO);
  }

  @Test
  void anAttemptThatThawsDoesNotMakeTheSetOlder() {
    PolicyCache.Attempt frozen = begun();
    now = now.plus(Duration.ofHours(3));
    held.succeed(begun(), TWO, 2);
    held.succeed(frozen, TWO, 2);
    assertThat(held.usable()).as("found in force just now").contains(TWO);
  }

  @Test
  void ofTwoAttemptsBesideEachOtherTheLaterActivationCounts() {
    PolicyCache.Attempt slow = begun();
    now = now.plus(INTERVAL);
    PolicyCache.Attempt quick = begun();
    held.succeed(slow, TWO, 2);
    assertThat(held.succeed(quick, ONE, 1))
        .as("it had read before the other")
        .isEqualTo(Verdict.SUPERSEDED);
    assertThat(held.usable()).contains(TWO);
  }

  @Test
  void anEarlierActivationThanIsKnownNeverCountsAndMakesNoSetYounger() {
    held.succeed(begun(), ONE, 1);
    now = now.plus(INTERVAL);
    held.succeed(begun(), TWO, 2);
    for (int i = 0; i < 5; i++) {
      now = now.plus(INTERVAL);
      PolicyCache.Attempt told = begun();
      assertThat(held.conflicts(told, 1, ONE.policySet().digest())).isTrue();
      assertThat(held.succeed(told, ONE, 1)).isEqualTo(Verdict.CONFLICTING);
      held.fail(told);
      assertThat(held.usable()).contains(TWO);
    }
    now = now.plus(MAX_AGE).minus(INTERVAL.multipliedBy(5));
    assertThat(held.usable()).as("its age went on").isEmpty();
    held.invalidate();
    assertThat(held.succeed(begun(), ONE, 1))
        .as("nor after a restore")
        .isEqualTo(Verdict.CONFLICTING);
    now = now.plus(INTERVAL);
    assertThat(held.succeed(begun(), ONE, 3)).as("deployed again").isEqualTo(Verdict.ACCEPTED);
    assertThat(held.usable()).contains(ONE);
  }

  @Test
  void theSameActivationWithAnotherSetNeverCounts() {
    held.succeed(begun(), ONE, 1);
    now = now.plus(INTERVAL);
    PolicyCache.Attempt told = begun();
    assertThat(held.conflicts(told, 1, TWO.policySet().digest())).isTrue();
    assertThat(held.succeed(told, TWO, 1)).isEqualTo(Verdict.CONFLICTING);
    assertThat(held.usable()).contains(ONE);
  }

  @Test
  void anActivationWhoseSetCouldNotBeReadIsKnownAllTheSame() {
    held.succeed(begun(), ONE, 1);
    now = now.plus(INTERVAL);
    PolicyCache.Attempt beside = begun();
    held.recordSequence(2);
    assertThat(held.succeed(beside, ONE, 1)).as("read before that").isEqualTo(Verdict.SUPERSEDED);
    now = now.plus(INTERVAL);
    assertThat(held.succeed(begun(), ONE, 1)).isEqualTo(Verdict.CONFLICTING);
    now = now.plus(INTERVAL);
    assertThat(held.succeed(begun(), TWO, 2)).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void anAttemptThatThawsFirstIsAsOldAsItsBeginning() {
    PolicyCache.Attempt frozen = begun();
    now = now.plus(MAX_AGE);
    assertThat(held.succeed(frozen, ONE, 1)).isEqualTo(Verdict.ACCEPTED);
    assertThat(held.usable()).as("found in force too long ago").isEmpty();
    assertThat(held.beginAttempt()).isNotNull();
  }

  @Test
  void afterARestoreNothingDecidesThatWasNotCheckedSince() {
    held.succeed(begun(), ONE, 1);
    now = now.plus(INTERVAL);
    PolicyCache.Attempt before = begun();
    held.invalidate();
    assertThat(held.usable()).isEmpty();
    assertThat(held.succeed(before, ONE, 1))
        .as("it may have read before the snapshot")
        .isEqualTo(Verdict.SUPERSEDED);
    assertThat(held.usable()).isEmpty();
    held.fail(begun());
    assertThat(held.usable()).as("a failed check is none").isEmpty();
    now = now.plusSeconds(1);
    held.succeed(begun(), ONE, 1);
    assertThat(held.usable()).contains(ONE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 86_400_000, 86_400_000_000L})
  void aClockThatStepsBackMakesAnAttemptDueAndTheSetNoYounger(long millis) {
    held.succeed(begun(), ONE, 1);
    now = now.minusMillis(millis);
    assertThat(held.fresh()).isNull();
    held.fail(begun());
    assertThat(held.usable()).contains(ONE);
    now = now.plus(MAX_AGE).minusMillis(1);
    assertThat(held.usable()).contains(ONE);
    now = now.plusMillis(1);
    assertThat(held.usable()).isEmpty();
  }

  @Test
  void aClockThatWasAheadDoesNotMakeLaterAttemptsOld() {
    now = now.plus(Duration.ofDays(400));
    held.succeed(begun(), ONE, 1);
    now = now.minus(Duration.ofDays(400));
    assertThat(held.succeed(begun(), TWO, 2)).isEqualTo(Verdict.ACCEPTED);
    assertThat(held.usable()).contains(TWO);
    now = now.plus(MAX_AGE);
    assertThat(held.usable()).isEmpty();
  }

  @Test
  void aClockThatStepsForthMakesTheSetOldUntilItIsChecked() {
    held.succeed(begun(), ONE, 1);
    now = now.plus(Duration.ofDays(40));
    assertThat(held.usable()).isEmpty();
    held.fail(begun());
    assertThat(held.usable()).isEmpty();
    now = now.plusSeconds(1);
    held.succeed(begun(), ONE, 1);
    assertThat(held.usable()).contains(ONE);
  }

  private PolicyCache.Attempt begun() {
    return Objects.requireNonNull(held.beginAttempt(), "no attempt is due");
  }

  private static Evaluator set(int seed) {
    return Evaluator.of(new RandomPolicySets(new SplittableRandom(seed)).policySet());
  }
}
