package updategateway.gateway.decisionlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import updategateway.store.refresh.RefreshListener;

/** A refresh of the policy set in the log, as one line of JSON. */
public final class RefreshLine {
  private static final int MOST_OF_A_DETAIL = 1_024;
  private static final JsonFactory JSON = new JsonFactory();

  private RefreshLine() {}

  /**
   * The line, without its end.
   *
   * @param at when it is written
   * @param function which function refreshed
   */
  public static String json(RefreshListener.Event event, Instant at, String function) {
    Measurements measurements = new Measurements();
    if (event instanceof RefreshListener.Loaded loaded) {
      measurements.gauge(Metric.POLICY_AGE_SECONDS, 0);
      return line("policy-loaded", null, loaded.digest().hex(), measurements, at, function);
    }
    if (event instanceof RefreshListener.Failed failed) {
      measurements.count(Metric.REFRESH_FAILURES);
      age(failed.age(), measurements);
      return line(
          "policy-refresh-failed",
          failed.failureCause().code(),
          failed.reason(),
          measurements,
          at,
          function);
    }
    RefreshListener.Rejected rejected = (RefreshListener.Rejected) event;
    measurements.count(Metric.POLICY_REJECTED);
    age(rejected.age(), measurements);
    return line(
        "policy-rejected",
        rejected.corruptionKind().code(),
        rejected.reason(),
        measurements,
        at,
        function);
  }

  private static void age(@Nullable Duration age, Measurements measurements) {
    if (age != null) {
      measurements.gauge(Metric.POLICY_AGE_SECONDS, age.toSeconds());
    }
  }

  private static String line(
      String event,
      @Nullable String cause,
      String detail,
      Measurements measurements,
      Instant at,
      String function) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("event", event);
      if (cause != null) {
        out.writeStringField("cause", cause);
      }
      out.writeStringField("detail", LogText.cut(detail, MOST_OF_A_DETAIL));
      measurements.writeTo(out, at, function);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return text.toString();
  }
}
