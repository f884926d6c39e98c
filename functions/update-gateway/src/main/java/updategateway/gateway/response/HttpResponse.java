package updategateway.gateway.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import updategateway.gateway.event.Event;

/**
 * An HTTP response.
 *
 * @param status the status code
 * @param headers in the order in which they are sent
 * @param body empty for none
 */
public record HttpResponse(int status, SequencedMap<String, String> headers, String body) {
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

  public HttpResponse {
    headers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(headers));
  }

  /** Returns the reason phrase of a status that the gateway sends. */
  static String reasonPhrase(int status) {
    return REASONS.getOrDefault(status, "");
  }

  /** A response to which headers are added. Not safe for use by many threads. */
  static final class Builder {
    private final int status;
    private final String body;
    private final SequencedMap<String, String> headers = new LinkedHashMap<>();

    /**
     * @param body empty for none
     */
    Builder(int status, String body) {
      this.status = status;
      this.body = body;
    }

    /** Adds a header. */
    Builder header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    /** Returns the response to GET, with the length of its body. */
    HttpResponse build() {
      header("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
      return new HttpResponse(status, headers, body);
    }

    /** Returns the response to HEAD: the headers of the response to GET, without its body. */
    HttpResponse buildWithoutBody() {
      return new HttpResponse(status, build().headers(), "");
    }
  }

  /**
   * Writes the response as the function's result.
   *
   * @param front which takes it: a load balancer needs the reason phrase too, and the headers in
   *     the form in which it sent those of the request
   */
  public void writeTo(OutputStream out, Event.Front front) throws IOException {
    boolean multiValue = front == Event.Front.LOAD_BALANCER_MULTI_VALUE;
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      if (front.isLoadBalancer()) {
        json.writeStringField("statusDescription", status + " " + reasonPhrase(status));
      }
      json.writeObjectFieldStart(multiValue ? "multiValueHeaders" : "headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        json.writeFieldName(header.getKey());
        if (multiValue) {
          json.writeArray(new String[] {header.getValue()}, 0, 1);
        } else {
          json.writeString(header.getValue());
        }
      }
      json.writeEndObject();
      json.writeStringField("body", body);
      json.writeBooleanField("isBase64Encoded", false);
      json.writeEndObject();
    }
  }
}
