package updategateway.deployer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Destination of a response, and the ids that it repeats; each is null if the event has none. They
 * are read leniently, as far as the event can be read, since an invalid request needs a response
 * too.
 */
record ResponseTarget(
    @Nullable String responseUrl,
    @Nullable String requestId,
    @Nullable String stackId,
    @Nullable String logicalResourceId,
    @Nullable String physicalResourceId) {
  private static final JsonFactory JSON = new JsonFactory();

  static ResponseTarget read(byte[] event) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser in = JSON.createParser(event)) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          if (in.nextToken() == JsonToken.VALUE_STRING && !in.getText().isBlank()) {
            members.put(name, in.getText());
          } else {
            in.skipChildren();
          }
        }
      }
    } catch (IOException e) {
      // The members before the error are sufficient; the request's reader reports the error.
    }
    return new ResponseTarget(
        members.get("ResponseURL"),
        members.get("RequestId"),
        members.get("StackId"),
        members.get("LogicalResourceId"),
        members.get("PhysicalResourceId"));
  }
}
