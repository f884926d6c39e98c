package updategateway.cli.policy;

import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says what takes longer than a second, and for how long already, to a person who waits for it; the
 * line is gone when it is done. Close it before anything else is printed.
 */
final class Progress implements AutoCloseable {
  /** Set to true by the scripts where standard error is a terminal. */
  static final String WANTED = "updategateway.progress";

  private static final Duration STEP = Duration.ofSeconds(1);

  private final PrintWriter err;
  private final Duration step;
  private final @Nullable Thread thread;
  private int width;

  private Progress(String what, PrintWriter err, boolean wanted, Duration step) {
    this.err = err;
    this.step = step;
    this.thread = wanted ? Thread.ofPlatform().daemon().start(() -> say(what)) : null;
  }

  /**
   * Begins to wait.
   *
   * @param what what is done: "Comparing the sets"
   */
  static Progress of(String what, PrintWriter err) {
    return new Progress(what, err, Boolean.getBoolean(WANTED), STEP);
  }

  /** Likewise, with what the process and a person's patience say otherwise. */
  static Progress of(String what, PrintWriter err, boolean wanted, Duration step) {
    return new Progress(what, err, wanted, step);
  }

  private void say(String what) {
    try {
      for (int steps = 1; ; steps++) {
        Thread.sleep(step);
        String line = what + " … " + step.multipliedBy(steps).toSeconds() + " s";
        width = line.length();
        err.print("\r" + line);
        err.flush();
      }
    } catch (InterruptedException e) {
      // It is done.
    }
  }

  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
    }
  }
}
