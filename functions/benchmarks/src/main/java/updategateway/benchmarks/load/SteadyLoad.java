package updategateway.benchmarks.load;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Requests at a steady rate, whether what is asked keeps up or not: each has a time at which it is
 * due, and its latency counts from then. A client that waits for an answer before it asks again
 * would leave out just the requests that a stall hits (coordinated omission, Gil Tene).
 *
 * <p>Nor is a request left out because it failed: whoever asked has waited in vain, so it counts
 * with the time since it was due, and with all of the patience at least, however fast it failed.
 */
final class SteadyLoad {
  private static final Set<Integer> RIGHT = Set.of(302, 451);

  private final HttpClient client;
  private final IntFunction<HttpRequest> requests;
  private final int mostOpen;
  private final Duration patience;

  /**
   * @param requests by their number, from 0; each gives up by itself after the patience
   * @param mostOpen how many may wait for their answers; what is due beyond is not sent and fails
   */
  SteadyLoad(
      HttpClient client, IntFunction<HttpRequest> requests, int mostOpen, Duration patience) {
    this.client = client;
    this.requests = requests;
    this.mostOpen = mostOpen;
    this.patience = patience;
  }

  /**
   * What became of the requests, each of which is one of these.
   *
   * @param latencies of all of them, in nanoseconds
   * @param answered with 302 or 451
   * @param wrong answered with another status
   * @param unanswered without an answer in time
   * @param unsent because too many were open
   */
  record Outcome(Histogram latencies, long answered, long wrong, long unanswered, long unsent) {
    long failed() {
      return wrong + unanswered + unsent;
    }
  }

  /** What becomes of a request. */
  private enum Fate {
    ANSWERED,
    WRONG,
    UNANSWERED,
    UNSENT
  }

  /** One run. */
  private final class Run {
    private final Histogram latencies = new ConcurrentHistogram(3);
    private final Map<Fate, Long> fates = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicIntegerArray settled;
    private final CountDownLatch left;
    private final int rate;
    private final long begun = System.nanoTime();

    Run(int rate, int many) {
      this.rate = rate;
      this.settled = new AtomicIntegerArray(many);
      this.left = new CountDownLatch(many);
    }

    private long due(int number) {
      return begun + TimeUnit.SECONDS.toNanos(1) * number / rate;
    }

    private void settle(int number, Fate fate) {
      if (settled.compareAndSet(number, 0, 1)) {
        long since = Math.max(0, System.nanoTime() - due(number));
        latencies.recordValue(fate == Fate.ANSWERED ? since : Math.max(since, patience.toNanos()));
        fates.merge(fate, 1L, Long::sum);
        left.countDown();
      }
    }

    private void ask(int number) {
      long wait = due(number) - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      if (open.incrementAndGet() > mostOpen) {
        // It has lost the race long ago: no reason to open ever more.
        open.decrementAndGet();
        settle(number, Fate.UNSENT);
        return;
      }
      var _ =
          client
              .sendAsync(requests.apply(number), HttpResponse.BodyHandlers.discarding())
              .whenComplete((response, fault) -> {
                open.decrementAndGet();
                if (fault != null) {
                  settle(number, Fate.UNANSWERED);
                } else {
                  settle(
                      number, RIGHT.contains(response.statusCode()) ? Fate.ANSWERED : Fate.WRONG);
                }
              });
    }

    private Outcome outcome() throws InterruptedException {
      if (!left.await(patience.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        for (int number = 0; number < settled.length(); number++) {
          settle(number, Fate.UNANSWERED);
        }
      }
      return new Outcome(
          latencies.copy(),
          count(Fate.ANSWERED),
          count(Fate.WRONG),
          count(Fate.UNANSWERED),
          count(Fate.UNSENT));
    }

    private long count(Fate fate) {
      return fates.getOrDefault(fate, 0L);
    }
  }

  /** Asks so many times, and waits for what is still open then. */
  Outcome run(int rate, int many) throws InterruptedException {
    Run run = new Run(rate, many);
    for (int number = 0; number < many; number++) {
      run.ask(number);
    }
    return run.outcome();
  }
}
