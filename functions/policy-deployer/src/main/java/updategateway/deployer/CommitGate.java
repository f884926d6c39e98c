package updategateway.deployer;

/**
 * Gate before the one write of a deployment that has an effect. The deployment must pass it, and
 * the watchdog can close it; exactly one of them wins. Safe for many threads.
 */
final class CommitGate {
  private boolean passed;
  private boolean closed;

  /** Returns true if the write is allowed; from then on it may have been sent. */
  synchronized boolean tryCommit() {
    passed |= !closed;
    return !closed;
  }

  /** Forbids every later write. */
  synchronized void close() {
    closed = true;
  }

  /** Returns true if a write may have been sent. */
  synchronized boolean mayHaveCommitted() {
    return passed;
  }
}
