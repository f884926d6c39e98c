package updategateway.gateway.decisionlog;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one line of the log measures, in CloudWatch's embedded metric format ("Specification:
 * Embedded metric format", Amazon CloudWatch User Guide): CloudWatch Logs makes metrics of the
 * line, and nobody has to be called.
 *
 * <p>Only what happened is in the line, never a zero: a line is written for each request, and its
 * length is paid for. An alarm takes a missing value for none.
 */
final class Measurements {
  private final Map<Metric, Long> values = new EnumMap<>(Metric.class);

  /** One more of it. */
  void count(Metric metric) {
    count(metric, 1);
  }

  /** That many more of it; none adds nothing. */
  void count(Metric metric, long many) {
    if (many > 0) {
      values.merge(metric, many, Long::sum);
    }
  }

  /** It is so much now. */
  void gauge(Metric metric, long value) {
    values.put(metric, value);
  }

  /**
   * Writes them as members of the object that is open. Nothing where there are none.
   *
   * @param at when the line is written: CloudWatch takes no metric that is two weeks old
   * @param function whose they are
   */
  void writeTo(JsonGenerator out, Instant at, String function) throws IOException {
    if (values.isEmpty()) {
      return;
    }
    out.writeStringField(Metric.DIMENSION, function);
    for (Map.Entry<Metric, Long> value : values.entrySet()) {
      out.writeNumberField(value.getKey().title(), value.getValue());
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
