package updategateway.store.agents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks what may not be answered in time. Each question has a thread of its own and goes on when
 * nobody waits for it any more, so that its answer can be kept for later.
 *
 * <p>Who waits the whole budget in vain spares the next ones that wait: for a second, then twice as
 * long each time up to the longest pause, they ask all the same, but do not stay for the answer.
 * One answer in time ends that.
 *
 * <p>Of questions that fail, one may be chance. After the second in a row nobody asks for as long
 * as that; then one does for all, so that who is throttled is not asked by everybody, and nobody
 * waits for a no. One answer ends that. Safe for many threads.
 */
final class LookupCircuitBreaker {
  private static final int MAX_CONCURRENT = 128;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int FAILURES_BY_CHANCE = 1;
  private static final OpenState CLOSED = new OpenState(Instant.MIN, Instant.MIN, FIRST_PAUSE, 0);

  private final Duration budget;
  private final Duration maxPause;
  private final InstantSource clock;
  private final Waiting waiting;
  private final Semaphore free = new Semaphore(MAX_CONCURRENT);
  private final AtomicReference<OpenState> state = new AtomicReference<>(CLOSED);

  /** How to wait for an answer. */
  @FunctionalInterface
  interface Waiting {
    /** Returns what ended the wait. */
    Waited await(Pending<?> answer, Duration budget) throws InterruptedException;

    /** What ended a wait. */
    enum Waited {
      /** The look-up ended, with an answer or without. */
      ENDED,
      /** The table used up the budget. */
      LATE,
      /** This process had too little processor time to tell. */
      STARVED
    }
  }

  /** The answer to a question that is asked on a thread of its own. */
  static final class Pending<T> extends CompletableFuture<T> {
    private volatile boolean begun;

    /** Whether its thread has begun to ask. */
    boolean isBegun() {
      return begun;
    }

    void begin() {
      begun = true;
    }
  }

  /**
   * A time in which nobody waits.
   *
   * @param nextPause how long the next one lasts if it follows this one
   * @param failures how many questions have failed since the last answer
   */
  private record OpenState(Instant since, Instant until, Duration nextPause, int failures) {
    boolean lasts(Instant now) {
      // A clock that was set back must not make it last for ever.
      return now.isBefore(until) && !now.isBefore(since);
    }

    /** Whether nobody is to ask, and not only nobody to wait. */
    boolean isRefused() {
      return failures > FAILURES_BY_CHANCE;
    }

    OpenState withFailures(int number) {
      return new OpenState(since, until, nextPause, number);
    }

    /** The one that follows this one. */
    OpenState next(Instant now, Duration maxPause) {
      Duration twice = nextPause.multipliedBy(2);
      return new OpenState(
          now, now.plus(nextPause), twice.compareTo(maxPause) < 0 ? twice : maxPause, failures);
    }
  }

  /**
   * @param budget how long to wait for an answer, not counting time without a processor: see {@link
   *     AnswerWait}
   * @param maxPause how long after a recovery it may take until somebody asks
   */
  LookupCircuitBreaker(Duration budget, Duration maxPause, InstantSource clock) {
    this(budget, maxPause, clock, new LookupWait());
  }

  LookupCircuitBreaker(Duration budget, Duration maxPause, InstantSource clock, Waiting waiting) {
    this.budget = budget;
    this.maxPause = maxPause;
    this.clock = clock;
    this.waiting = waiting;
  }

  /**
   * The answer, if it comes in time. What the question throws counts as a failure; it is better
   * that it throws nothing.
   *
   * @param failed whether an answer says only that there is none to be had
   */
  <T> Optional<T> call(Supplier<T> question, Predicate<? super T> failed) {
    if (!free.tryAcquire()) {
      return Optional.empty();
    }
    OpenState before = state.get();
    boolean probe = before.isRefused();
    if (probe && !isProbe(before)) {
      free.release();
      return Optional.empty();
    }
    boolean stays = probe || !before.lasts(clock.instant());
    Pending<T> answer = new Pending<>();
    try {
      Thread.ofPlatform().daemon().name("question").start(() -> answer(question, failed, answer));
    } catch (OutOfMemoryError e) {
      free.release();
      return Optional.empty();
    }
    if (!stays) {
      return Optional.empty();
    }
    try {
      switch (waiting.await(answer, budget)) {
        case ENDED -> {
          return answer.isCompletedExceptionally()
              ? Optional.empty()
              : Optional.of(answer.resultNow());
        }
        case LATE -> open();
        case STARVED -> {
          // That says nothing of the table: the next ones wait too.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  /** Whether this one is to find out for the others; they have a pause meanwhile. */
  private boolean isProbe(OpenState before) {
    Instant now = clock.instant();
    return !before.lasts(now) && state.compareAndSet(before, before.next(now, maxPause));
  }

  private <T> void answer(Supplier<T> question, Predicate<? super T> failed, Pending<T> answer) {
    answer.begin();
    long begun = System.nanoTime();
    try {
      T given = question.get();
      if (failed.test(given)) {
        fail();
      } else if (System.nanoTime() - begun < budget.toNanos()) {
        state.set(CLOSED);
      } else {
        state.updateAndGet(before -> before.withFailures(0));
      }
      answer.complete(given);
    } catch (RuntimeException | Error e) {
      fail();
      answer.completeExceptionally(e);
    } finally {
      free.release();
    }
  }

  private void open() {
    state.updateAndGet(before -> {
      Instant now = clock.instant();
      return before.lasts(now) ? before : before.next(now, maxPause);
    });
  }

  private void fail() {
    state.updateAndGet(before -> {
      if (before.isRefused()) {
        // Whoever asked for all has begun the pause.
        return before;
      }
      OpenState after = before.withFailures(before.failures() + 1);
      Instant now = clock.instant();
      return after.isRefused() && !after.lasts(now) ? after.next(now, maxPause) : after;
    });
  }
}
