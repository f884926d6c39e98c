package updategateway.store.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.store.agents.LookupCircuitBreaker.Pending;
import updategateway.store.agents.LookupCircuitBreaker.Waiting.Waited;

/** The wait for an answer in a process whose processor is busy, by a clock of the test's own. */
final class LookupWaitTest {
  private static final Duration BUDGET = Duration.ofMillis(200);
  private static final Duration SLICE = Duration.ofMillis(20);

  private final Pending<String> answer = new Pending<>();
  private final List<Duration> slices = new ArrayList<>();
  private Duration now = Duration.ZERO;

  /** How much later than it should a waiting thread goes on. */
  private Duration lateness = Duration.ZERO;

  private BooleanSupplier answered = () -> false;
  private Runnable onSlice = () -> {};

  private final LookupWait wait = new LookupWait(() -> now.toNanos(), this::slice);

  private boolean slice(CompletableFuture<?> awaited, Duration time) {
    assertThat(awaited).isSameAs(answer);
    slices.add(time);
    now = now.plus(time).plus(lateness);
    onSlice.run();
    return answered.getAsBoolean();
  }

  @Test
  void aTableThatDoesNotAnswerIsWaitedForForTheBudget() throws Exception {
    answer.begin();
    assertThat(wait.await(answer, BUDGET)).isEqualTo(Waited.LATE);
    assertThat(now).isEqualTo(BUDGET);
    assertThat(slices).hasSize(LookupWait.SLICES).containsOnly(SLICE);
  }

  @Test
  void anAnswerEndsTheWait() throws Exception {
    answer.begin();
    answered = () -> slices.size() == 3;
    assertThat(wait.await(answer, BUDGET)).isEqualTo(Waited.ENDED);
    assertThat(now).isEqualTo(SLICE.multipliedBy(3));
  }

  /** The answer came at once, and its thread got a processor when the budget was over. */
  @Test
  void timeWithoutAProcessorDoesNotCount() throws Exception {
    answer.begin();
    lateness = Duration.ofMillis(60);
    answered = () -> now.compareTo(Duration.ofMillis(350)) > 0;
    assertThat(wait.await(answer, BUDGET)).isEqualTo(Waited.ENDED);
    assertThat(now).isEqualTo(Duration.ofMillis(400));
  }

  /** A wait that was stretched twice says nothing of the table, one that was not does. */
  @ParameterizedTest(name = "{0} ms late: {1} after {2} ms")
  @CsvSource({"0, LATE, 200", "19, LATE, 390", "20, STARVED, 400", "60, STARVED, 800"})
  void aTableIsLateOnlyWhereTheProcessorWasNotBusy(long millis, Waited expected, long after)
      throws Exception {
    answer.begin();
    lateness = Duration.ofMillis(millis);
    assertThat(wait.await(answer, BUDGET)).isEqualTo(expected);
    assertThat(now).isEqualTo(Duration.ofMillis(after));
  }

  @Test
  void aLookUpThatHasNotBegunUsesUpNoBudget() throws Exception {
    onSlice =
        () -> {
          if (now.equals(Duration.ofMillis(500))) {
            answer.begin();
          }
        };
    answered = () -> now.equals(Duration.ofMillis(660));
    assertThat(wait.await(answer, BUDGET)).isEqualTo(Waited.ENDED);
  }

  @Test
  void nobodyWaitsLongerThanTheBound() throws Exception {
    Duration bound = BUDGET.multipliedBy(LookupWait.MAX_STRETCH);
    assertThat(wait.await(answer, BUDGET)).as("it never began").isEqualTo(Waited.STARVED);
    assertThat(now).isEqualTo(bound);

    now = Duration.ZERO;
    answer.begin();
    lateness = Duration.ofMillis(180);
    assertThat(wait.await(answer, BUDGET)).as("slices of 200 ms").isEqualTo(Waited.STARVED);
    assertThat(now).isEqualTo(bound);
  }
}
