package updategateway.store.agents;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Wait for a look-up that counts the table's time and not the processor's.
 *
 * <p>The budget is used up in slices. A slice that ends late counts as long as it was meant to
 * last: where the waiting thread got no processor, the thread of the look-up got none either, and
 * the table may have answered long ago. A slice before the look-up has a thread that runs does not
 * count at all. All slices together never take longer than {@link #MAX_STRETCH} budgets.
 */
final class LookupWait implements LookupCircuitBreaker.Waiting {
  /** The longest wait, in budgets. */
  static final int MAX_STRETCH = 5;

  static final int SLICES = 10;

  /** A wait that took this many budgets was starved, and says nothing of the table. */
  private static final int CALM_STRETCH = 2;

  private final LongSupplier nanoTime;
  private final Slice slice;

  /** Waits for a short time. */
  @FunctionalInterface
  interface Slice {
    /** Returns whether the answer is there, or will never be. */
    boolean await(CompletableFuture<?> answer, Duration time) throws InterruptedException;
  }

  LookupWait() {
    this(System::nanoTime, LookupWait::await);
  }

  LookupWait(LongSupplier nanoTime, Slice slice) {
    this.nanoTime = nanoTime;
    this.slice = slice;
  }

  @Override
  public Waited await(LookupCircuitBreaker.Pending<?> answer, Duration budget)
      throws InterruptedException {
    Duration part = Duration.ofNanos(Math.max(1, budget.toNanos() / SLICES));
    long begun = nanoTime.getAsLong();
    long longest = MAX_STRETCH * budget.toNanos();
    int used = 0;
    while (used < SLICES) {
      if (slice.await(answer, part)) {
        return Waited.ENDED;
      }
      if (answer.isBegun()) {
        used++;
      }
      if (used < SLICES && nanoTime.getAsLong() - begun >= longest) {
        return Waited.STARVED;
      }
    }
    return nanoTime.getAsLong() - begun < CALM_STRETCH * budget.toNanos()
        ? Waited.LATE
        : Waited.STARVED;
  }

  private static boolean await(CompletableFuture<?> answer, Duration time)
      throws InterruptedException {
    try {
      answer.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
