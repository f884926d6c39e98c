package updategateway.deployer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Something that runs on a thread of its own, so that whoever waits for it can stop waiting. The
 * thread does not keep the process alive.
 */
final class BackgroundTask<T> {
  private final FutureTask<T> task;

  private BackgroundTask(FutureTask<T> task) {
    this.task = task;
  }

  static <T> BackgroundTask<T> start(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name(name).start(task);
    return new BackgroundTask<>(task);
  }

  /**
   * The result; empty when there is none in time, or the waiting thread is interrupted.
   *
   * @throws ExecutionException when it ended with an exception
   */
  Optional<T> await(Duration longest) throws ExecutionException {
    try {
      return Optional.of(task.get(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Asks it to stop; it may not. */
  void interrupt() {
    task.cancel(true);
  }
}
