package updategateway.gateway.decisionlog;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import updategateway.store.refresh.RefreshListener;

/** A refresh of the policy set in the log, as one line of JSON. */
public final class RefreshLogEntry {
  private static final int MAX_DETAIL_BYTES = 1_024;

  private RefreshLogEntry() {}

  /**
   * Returns the line in UTF-8, with its end.
   *
   * @param at when the line is written
   * @param function the function's name, used as the metrics' dimension
   */
  public static byte[] json(RefreshListener.Event event, Instant at, String function) {
    EmbeddedMetrics metrics = new EmbeddedMetrics();
    if (event instanceof RefreshListener.Loaded loaded) {
      metrics.gauge(Metric.POLICY_AGE_SECONDS, 0);
      return line("policy-loaded", null, loaded.digest().hex(), metrics, at, function);
    }
    if (event instanceof RefreshListener.Failed failed) {
      metrics.count(Metric.REFRESH_FAILURES);
      age(failed.age(), metrics);
      return line(
          "policy-refresh-failed",
          failed.failureCause().code(),
          failed.reason(),
          metrics,
          at,
          function);
    }
    RefreshListener.Rejected rejected = (RefreshListener.Rejected) event;
    metrics.count(Metric.POLICY_REJECTED);
    age(rejected.age(), metrics);
    return line(
        "policy-rejected",
        rejected.corruptionKind().code(),
        rejected.reason(),
        metrics,
        at,
        function);
  }

  private static void age(@Nullable Duration age, EmbeddedMetrics metrics) {
    if (age != null) {
      metrics.gauge(Metric.POLICY_AGE_SECONDS, age.toSeconds());
    }
  }

  private static byte[] line(
      String event,
      @Nullable String cause,
      String detail,
      EmbeddedMetrics metrics,
      Instant at,
      String function) {
    return JsonLine.of(line -> {
      line.text("event", event);
      line.text("cause", cause);
      line.text("detail", detail, MAX_DETAIL_BYTES);
      metrics.writeTo(line.generator(), at, function);
    });
  }
}
