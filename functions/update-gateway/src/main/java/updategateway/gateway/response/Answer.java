package updategateway.gateway.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import updategateway.gateway.event.Event;

/** A response over HTTP. Immutable. */
public final class Answer {
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

  private final int status;

  /** Each name followed by its value, in the order in which they are sent; never changed. */
  private final String[] headers;

  private final String body;

  /**
   * A response.
   *
   * @param headers in the order in which they are to be sent
   * @param body empty for none
   */
  public Answer(int status, Map<String, String> headers, String body) {
    this(status, flat(headers), body);
  }

  private Answer(int status, String[] own, String body) {
    this.status = status;
    this.headers = own;
    this.body = body;
  }

  private static String[] flat(Map<String, String> headers) {
    String[] flat = new String[2 * headers.size()];
    int at = 0;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      flat[at++] = header.getKey();
      flat[at++] = header.getValue();
    }
    return flat;
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** In the order in which they are sent. */
  public Map<String, String> headers() {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return Collections.unmodifiableMap(all);
  }

  /** Empty for none. */
  public String body() {
    return body;
  }

  /** The same with the length of its body named, as a HEAD request must learn it. */
  Answer withLength() {
    int length = body.isEmpty() ? 0 : body.getBytes(StandardCharsets.UTF_8).length;
    return with("Content-Length", Integer.toString(length));
  }

  /** The same with one more header, which it does not have yet. */
  public Answer with(String name, String value) {
    String[] more = Arrays.copyOf(headers, headers.length + 2);
    more[headers.length] = name;
    more[headers.length + 1] = value;
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
      for (int i = 0; i < headers.length; i += 2) {
        json.writeFieldName(headers[i]);
        if (multiValue) {
          json.writeArray(headers, i + 1, 1);
        } else {
          json.writeString(headers[i + 1]);
        }
      }
      json.writeEndObject();
      json.writeStringField("body", body);
      json.writeBooleanField("isBase64Encoded", false);
      json.writeEndObject();
    }
  }
}
