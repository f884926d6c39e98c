package updategateway.updategateway.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import updategateway.updategateway.event.Event;

/**
 * A response over HTTP.
 *
 * @param status the status code
 * @param headers in the order in which they are sent
 * @param body empty for none
 */
public record Answer(int status, Map<String, String> headers, String body) {
  private static final JsonFactory JSON = new JsonFactory();

  /** The reason phrases of RFC 9110 and RFC 7725. */
  private static final Map<Integer, String> REASONS =
      Map.of(
          200, "OK",
          302, "Found",
          400, "Bad Request",
          405, "Method Not Allowed",
          414, "URI Too Long",
          431, "Request Header Fields Too Large",
          451, "Unavailable For Legal Reasons",
          503, "Service Unavailable");

  public Answer {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The same with the length of its body named, as a HEAD request must learn it. */
  Answer withLength() {
    return with("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
  }

  /** The same with one more header. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  /** The same head without the body: what HEAD gets. */
  public Answer headOnly() {
    return new Answer(status, headers, "");
  }

  /**
   * Writes it as the function's result.
   *
   * @param front who takes it: a load balancer wants its status in words too, and its headers in
   *     the form in which it sent those of the request
   */
  public void writeTo(OutputStream out, Event.Front front) throws IOException {
    boolean multiValue = front == Event.Front.LOAD_BALANCER_MULTI_VALUE;
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      if (front.isLoadBalancer()) {
        json.writeStringField("statusDescription", status + " " + REASONS.getOrDefault(status, ""));
      }
      json.writeObjectFieldStart(multiValue ? "multiValueHeaders" : "headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        if (multiValue) {
          json.writeFieldName(header.getKey());
          json.writeArray(new String[] {header.getValue()}, 0, 1);
        } else {
          json.writeStringField(header.getKey(), header.getValue());
        }
      }
      json.writeEndObject();
      json.writeStringField("body", body);
      json.writeBooleanField("isBase64Encoded", false);
      json.writeEndObject();
    }
  }
}
