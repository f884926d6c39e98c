package updategateway.policystore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Asks what may not be answered in time. Each question has a thread of its own and goes on when
 * nobody waits for it any more, so that its answer can be kept for later.
 *
 * <p>Who waits the whole budget in vain spares the next ones that wait: for a second, then twice as
 * long each time up to half a minute, they ask all the same, but do not stay for the answer. One
 * answer in time ends that. Safe for many threads.
 */
final class BudgetedQuestions {
  private static final int MOST_AT_ONCE = 128;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Outage NONE = new Outage(Instant.MIN, Instant.MIN, FIRST_PAUSE);

  private final Duration budget;
  private final InstantSource clock;
  private final Waiting waiting;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);
  private final AtomicReference<Outage> outage = new AtomicReference<>(NONE);

  /** How to wait for an answer. */
  @FunctionalInterface
  interface Waiting {
    /** Whether its end came in time, with an answer or without. */
    boolean await(CompletableFuture<?> answer, Duration longest) throws InterruptedException;
  }

  /**
   * A time in which nobody waits.
   *
   * @param nextPause how long the next one lasts if it follows this one
   */
  private record Outage(Instant since, Instant until, Duration nextPause) {
    boolean lasts(Instant now) {
      // A clock that was set back must not make it last for ever.
      return now.isBefore(until) && !now.isBefore(since);
    }
  }

  /**
   * @param budget how long to wait for an answer
   */
  BudgetedQuestions(Duration budget, InstantSource clock) {
    this(budget, clock, BudgetedQuestions::await);
  }

  BudgetedQuestions(Duration budget, InstantSource clock, Waiting waiting) {
    this.budget = budget;
    this.clock = clock;
    this.waiting = waiting;
  }

  /**
   * The answer, if it comes in time. What the question throws counts as no answer; it is better
   * that it throws nothing.
   */
  <T> Optional<T> ask(Supplier<T> question) {
    if (!free.tryAcquire()) {
      return Optional.empty();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      Thread.ofPlatform().daemon().name("question").start(() -> answer(question, answer));
    } catch (OutOfMemoryError e) {
      free.release();
      return Optional.empty();
    }
    if (outage.get().lasts(clock.instant())) {
      return Optional.empty();
    }
    try {
      if (waiting.await(answer, budget)) {
        return answer.isCompletedExceptionally()
            ? Optional.empty()
            : Optional.of(answer.resultNow());
      }
      begin();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private static boolean await(CompletableFuture<?> answer, Duration longest)
      throws InterruptedException {
    try {
      answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private <T> void answer(Supplier<T> question, CompletableFuture<T> answer) {
    long begun = System.nanoTime();
    try {
      T given = question.get();
      if (System.nanoTime() - begun < budget.toNanos()) {
        outage.set(NONE);
      }
      answer.complete(given);
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    } finally {
      free.release();
    }
  }

  private void begin() {
    outage.updateAndGet(before -> {
      Instant now = clock.instant();
      if (before.lasts(now)) {
        return before;
      }
      Duration pause = before.nextPause();
      Duration next = pause.multipliedBy(2);
      return new Outage(
          now, now.plus(pause), next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE);
    });
  }
}
