package updategateway.deployer;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Who decides whether a request still takes effect: the work, which asks right before the step that
 * has the effect, or the watchdog, which takes the word away. Exactly one of them has it at a time.
 * Safe for many threads.
 */
final class CommitGate implements BooleanSupplier {
  private enum State {
    /** Nothing with an effect was sent. */
    UNSPOKEN,
    /** Something with an effect was sent, perhaps. */
    SPOKEN,
    /** Nothing was sent, and nothing may be. */
    TAKEN,
    /** Something was sent, and nothing more may be. */
    TAKEN_AFTER_SPOKEN
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.UNSPOKEN);

  /** Whether the work may go ahead; from then on it counts as sent. */
  @Override
  public boolean getAsBoolean() {
    return state.updateAndGet(now -> now == State.UNSPOKEN ? State.SPOKEN : now) == State.SPOKEN;
  }

  /** Takes the word away for good. */
  void take() {
    state.updateAndGet(now ->
        switch (now) {
          case UNSPOKEN -> State.TAKEN;
          case SPOKEN -> State.TAKEN_AFTER_SPOKEN;
          case TAKEN, TAKEN_AFTER_SPOKEN -> now;
        });
  }

  /** Whether something with an effect may have been sent. */
  boolean mayHaveCommitted() {
    State now = state.get();
    return now == State.SPOKEN || now == State.TAKEN_AFTER_SPOKEN;
  }
}
