package updategateway.policy.catalog;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds what an automaton remembers: whoever asks for ever new paths must not make us use ever
 * more memory. What does not fit is worked out each time. Safe for many threads.
 */
final class Budget {
  private final AtomicInteger left;

  /**
   * @param words how much there is, in about the size of a reference
   */
  Budget(int words) {
    this.left = new AtomicInteger(words);
  }

  /** Takes so much where there is so much. */
  boolean take(int words) {
    int before = left.getAndUpdate(now -> now >= words ? now - words : now);
    return before >= words;
  }
}
