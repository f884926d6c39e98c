package updategateway.deployer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Task on a daemon thread of its own, which can be waited for with a time-out. */
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
   * Returns the result; empty if there is none in time or the waiting thread is interrupted.
   *
   * @throws ExecutionException if the task threw an exception
   */
  Optional<T> await(Duration timeout) throws ExecutionException {
    try {
      return Optional.of(task.get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  void interrupt() {
    task.cancel(true);
  }
}
