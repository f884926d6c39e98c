package updategateway.deployer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What was answered, and whether it was taken, as one line of JSON in the log. */
final class DeploymentLogEntry {
  private static final JsonFactory JSON = new JsonFactory();

  private DeploymentLogEntry() {}

  /**
   * The line, without its end.
   *
   * @param answer JSON
   */
  static String json(byte[] answer, ResponseSender.Delivery delivery) {
    StringWriter text = new StringWriter(answer.length + 256);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("event", "policy-deployment");
      out.writeFieldName("answer");
      out.writeRawValue(new String(answer, StandardCharsets.UTF_8));
      switch (delivery) {
        case ResponseSender.Delivered _ -> out.writeStringField("delivery", "taken");
        case ResponseSender.Rejected(String why) -> {
          out.writeStringField("delivery", "refused");
          out.writeStringField("detail", why);
        }
        case ResponseSender.Failed(String why) -> {
          out.writeStringField("delivery", "lost");
          out.writeStringField("detail", why);
        }
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a writer in memory takes everything", e);
    }
    return text.toString();
  }
}
