package updategateway.system.soak;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long answers took, in classes that are two per cent wide. Safe for many threads. */
final class Latencies {
  private static final double WIDTH = Math.log(1.02);

  private final AtomicLongArray counts = new AtomicLongArray(1_500);
  private final AtomicLong longest = new AtomicLong();

  void add(long nanos) {
    int at = nanos < 1_000 ? 0 : (int) (Math.log(nanos / 1_000.0) / WIDTH);
    counts.incrementAndGet(Math.min(at, counts.length() - 1));
    longest.accumulateAndGet(nanos, Math::max);
  }

  long count() {
    long sum = 0;
    for (int i = 0; i < counts.length(); i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  /** The upper edge of the class in which this part of all answers, fastest first, ends. */
  Duration quantile(double part) {
    long left = (long) Math.ceil(count() * part);
    for (int i = 0; i < counts.length(); i++) {
      left -= counts.get(i);
      if (left <= 0) {
        return Duration.ofNanos((long) (1_000 * Math.exp((i + 1) * WIDTH)));
      }
    }
    return longest();
  }

  Duration longest() {
    return Duration.ofNanos(longest.get());
  }
}
