package updategateway.gateway.decisionlog;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * The metrics of one line of the log, in CloudWatch's embedded metric format ("Specification:
 * Embedded metric format", Amazon CloudWatch User Guide): CloudWatch Logs extracts them, so that no
 * request to an API is needed.
 *
 * <p>A line has only what occurred, never a zero, since its length is paid for. An alarm treats a
 * missing value as none.
 */
final class EmbeddedMetrics {
  private final Map<Metric, Long> values = new EnumMap<>(Metric.class);

  /** Adds one. */
  void count(Metric metric) {
    count(metric, 1);
  }

  /** Adds a number; 0 adds nothing. */
  void count(Metric metric, long number) {
    if (number > 0) {
      values.merge(metric, number, Long::sum);
    }
  }

  /** Sets a current value. */
  void gauge(Metric metric, long value) {
    values.put(metric, value);
  }

  /**
   * Writes the metrics as members of the open object; nothing if there are none.
   *
   * @param at when the line is written: CloudWatch takes no metric that is two weeks old
   * @param function the function's name, used as the metrics' dimension
   */
  void writeTo(JsonGenerator out, Instant at, String function) throws IOException {
    if (values.isEmpty()) {
      return;
    }
    out.writeStringField(Metric.DIMENSION, function);
    for (Map.Entry<Metric, Long> value : values.entrySet()) {
      out.writeNumberField(value.getKey().metricName(), value.getValue());
    }
    out.writeObjectFieldStart("_aws");
    out.writeNumberField("Timestamp", at.toEpochMilli());
    out.writeArrayFieldStart("CloudWatchMetrics");
    out.writeStartObject();
    out.writeStringField("Namespace", Metric.NAMESPACE);
    out.writeFieldName("Dimensions");
    out.writeRawValue("[[\"" + Metric.DIMENSION + "\"]]");
    out.writeArrayFieldStart("Metrics");
    for (Metric metric : values.keySet()) {
      out.writeRawValue(metric.description());
    }
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }
}
