package updategateway.deployer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer needs of a request: where it goes, and the names that it repeats. Read from
 * whatever can be read, since a request that makes no sense is to be answered too.
 *
 * @param responseUrl where CloudFormation waits for the answer; null when nobody waits
 * @param requestId to be repeated; likewise the others, null when they are missing
 */
record ResponseTarget(
    @Nullable String responseUrl,
    @Nullable String requestId,
    @Nullable String stackId,
    @Nullable String logicalResourceId,
    @Nullable String physicalResourceId) {
  private static final JsonFactory JSON = new JsonFactory();

  static ResponseTarget read(byte[] event) {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser in = JSON.createParser(event)) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          if (in.nextToken() == JsonToken.VALUE_STRING && !in.getText().isBlank()) {
            texts.put(name, in.getText());
          } else {
            in.skipChildren();
          }
        }
      }
    } catch (IOException e) {
      // What was read so far is what there is; the reader of the request says what is wrong.
    }
    return new ResponseTarget(
        texts.get("ResponseURL"),
        texts.get("RequestId"),
        texts.get("StackId"),
        texts.get("LogicalResourceId"),
        texts.get("PhysicalResourceId"));
  }
}
