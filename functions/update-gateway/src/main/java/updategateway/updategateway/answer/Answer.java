package updategateway.updategateway.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response over HTTP, as payload format 2.0 describes it.
 *
 * @param status the status code
 * @param headers in the order in which they are sent
 * @param body empty for none
 */
public record Answer(int status, Map<String, String> headers, String body) {
  private static final JsonFactory JSON = new JsonFactory();

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

  /** Writes it as the function's result. */
  public void writeTo(OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      json.writeStringField("body", body);
      json.writeBooleanField("isBase64Encoded", false);
      json.writeEndObject();
    }
  }
}
