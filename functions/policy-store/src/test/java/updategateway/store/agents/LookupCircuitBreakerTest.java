package updategateway.store.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import updategateway.store.agents.LookupCircuitBreaker.Waiting.Waited;

/**
 * How long a request is ready to wait for an answer, and when it is not at all. Nothing is
 * measured: answers are kept back for as long as a test wants.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LookupCircuitBreakerTest {
  private static final Duration BUDGET = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<String> keptBack = new CompletableFuture<>();
  private Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private boolean late;
  private boolean starved;
  private final LookupCircuitBreaker questions =
      new LookupCircuitBreaker(
          BUDGET,
          LONGEST_PAUSE,
          () -> now,
          (answer, longest) -> {
            waits.add(longest);
            return !late && ended(answer) ? Waited.ENDED : late();
          });

  @Test
  void whoWaitsInVainSparesTheNextOnesTheWait() {
    late = true;
    for (long seconds : new long[] {1, 2, 4, 8, 16, 30, 30}) {
      assertThat(ask()).isEmpty();
      assertThat(waits).as("the first, at " + now).containsExactly(BUDGET);
      waits.clear();
      assertThat(ask()).isEmpty();
      now = now.plusSeconds(seconds).minusNanos(1);
      assertThat(ask()).isEmpty();
      assertThat(waits).as("for " + seconds + " s nobody").isEmpty();
      now = now.plusNanos(1);
    }
    keptBack.complete("late");
  }

  /** The processor was busy, which says nothing of the table. */
  @Test
  void whoGetsNoProcessorSparesNobodyTheWait() {
    late = true;
    starved = true;
    for (int i = 0; i < 10; i++) {
      assertThat(ask()).isEmpty();
    }
    assertThat(waits).hasSize(10);
    late = false;
    keptBack.complete("yes");
    assertThat(ask()).contains("yes");
  }

  @Test
  void aClockThatIsSetBackMakesThePauseNoLonger() {
    late = true;
    assertThat(ask()).isEmpty();
    now = now.minusSeconds(86_400);
    waits.clear();
    assertThat(ask()).isEmpty();
    assertThat(waits).containsExactly(BUDGET);
    keptBack.complete("late");
  }

  @Test
  void anAnswerInTimeIsGiven() {
    keptBack.complete("in time");
    assertThat(ask()).contains("in time");
    assertThat(waits).containsExactly(BUDGET);
  }

  @Test
  void aQuestionThatFailsHasNoAnswerAndTheSecondInARowSparesTheNextOnesTheQuestion() {
    keptBack.completeExceptionally(new IllegalStateException("broken on purpose"));
    assertThat(ask()).isEmpty();
    assertThat(ask()).isEmpty();
    assertThat(waits).containsExactly(BUDGET, BUDGET);
    assertThat(ask()).isEmpty();
    assertThat(waits).containsExactly(BUDGET, BUDGET);
  }

  @Test
  void oneFailureBetweenAnswersSparesNobody() {
    for (int round = 0; round < 10; round++) {
      assertThat(questions.call(() -> "no", _ -> true)).contains("no");
      assertThat(questions.call(() -> "yes", _ -> false)).contains("yes");
    }
    assertThat(waits).hasSize(20);
  }

  @Test
  void ofManyWhoFindAPauseOverOneAsks() throws Exception {
    assertThat(questions.call(() -> "no", _ -> true)).contains("no");
    assertThat(questions.call(() -> "no", _ -> true)).contains("no");
    now = now.plusSeconds(1);
    AtomicInteger asked = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      threads.invokeAll(
          Collections.nCopies(
              64, () -> questions.call(asked::incrementAndGet, _ -> true).isPresent()));
    }
    assertThat(asked).hasValue(1);
    now = now.plusSeconds(2);
    assertThat(questions.call(() -> "yes", _ -> false)).contains("yes");
    assertThat(questions.call(() -> "yes", _ -> false)).contains("yes");
  }

  /** Whoever waited to the end would wait for ever. */
  @Test
  void whoIsToWaitForABudgetDoesNotWaitForTheAnswer() {
    LookupCircuitBreaker real =
        new LookupCircuitBreaker(Duration.ofMillis(20), LONGEST_PAUSE, () -> now);
    assertThat(real.call(keptBack::join, _ -> false)).isEmpty();
    keptBack.complete("late");
  }

  /** It is worth to ask it, though not to wait for it. */
  @Test
  void anAnswerThatIsLateEndsThatNobodyAsks() throws Exception {
    LookupCircuitBreaker slow =
        new LookupCircuitBreaker(
            Duration.ofNanos(1),
            LONGEST_PAUSE,
            () -> now,
            (answer, longest) -> ended(answer) ? Waited.ENDED : Waited.LATE);
    assertThat(slow.call(() -> "no", _ -> true)).contains("no");
    assertThat(slow.call(() -> "no", _ -> true)).contains("no");
    now = now.plusSeconds(1);
    assertThat(slow.call(() -> "late", _ -> false)).contains("late");
    CompletableFuture<String> asked = new CompletableFuture<>();
    assertThat(slow.call(() -> asked.complete("asked"), _ -> false)).isEmpty();
    assertThat(asked.get(1, TimeUnit.MINUTES)).isEqualTo("asked");
  }

  private Waited late() {
    return starved ? Waited.STARVED : Waited.LATE;
  }

  private Optional<String> ask() {
    return questions.call(keptBack::join, _ -> false);
  }

  private static boolean ended(CompletableFuture<?> answer) throws InterruptedException {
    try {
      answer.get();
    } catch (ExecutionException e) {
      // It has no answer, which is an end too.
    }
    return true;
  }
}
