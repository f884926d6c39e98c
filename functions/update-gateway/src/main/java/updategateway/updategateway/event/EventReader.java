package updategateway.updategateway.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event of payload format 2.0, token by token, and of it only what a decision needs. HTTP
 * APIs and function URLs send the same form ("Working with AWS Lambda proxy integrations for HTTP
 * APIs", API Gateway Developer Guide).
 */
public final class EventReader {
  /** Milliseconds since the epoch beyond which no event was made: the year 9999. */
  private static final long LATEST = 253_402_300_799_999L;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxStringLength(8 << 20)
                  .maxDocumentLength(16 << 20)
                  .build())
          .build();

  private @Nullable String method;
  private @Nullable String rawPath;
  private @Nullable String rawQuery;
  private final Map<String, String> headers = new HashMap<>();
  private @Nullable String sourceAddress;
  private @Nullable Instant time;
  private @Nullable String requestId;
  private boolean signed;

  private EventReader() {}

  /** Reads one event; never throws for what is in it. */
  public static Event read(InputStream in) {
    EventReader reader = new EventReader();
    try (JsonParser json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new Event.Malformed("is not a JSON object");
      }
      reader.event(json);
      if (json.nextToken() != null) {
        return new Event.Malformed("goes on behind its end");
      }
    } catch (IOException e) {
      return new Event.Malformed("is not JSON");
    }
    if (reader.rawPath == null || reader.method == null) {
      return new Event.Malformed(
          "has no rawPath or no requestContext.http.method: payload format 2.0 has both");
    }
    return new Event.HttpRequest(
        reader.method,
        reader.rawPath,
        reader.rawQuery,
        reader.headers,
        reader.sourceAddress,
        reader.time,
        reader.requestId,
        reader.signed);
  }

  private void event(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "rawPath" -> rawPath = text(json, value);
        case "rawQueryString" -> rawQuery = text(json, value);
        case "headers" -> headers(json, value);
        case "requestContext" -> context(json, value);
        default -> json.skipChildren();
      }
    }
  }

  private void headers(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName().toLowerCase(Locale.ROOT);
      String text = text(json, json.nextToken());
      if (text != null) {
        headers.merge(name, text, (first, second) -> first + "," + second);
      }
    }
  }

  private void context(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken inner = json.nextToken();
      switch (name) {
        case "http" -> http(json, inner);
        case "timeEpoch" -> time = time(json, inner);
        case "requestId" -> requestId = text(json, inner);
        case "authorizer" -> authorizer(json, inner);
        default -> json.skipChildren();
      }
    }
  }

  private void http(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken inner = json.nextToken();
      switch (name) {
        case "method" -> method = text(json, inner);
        case "sourceIp" -> sourceAddress = text(json, inner);
        default -> json.skipChildren();
      }
    }
  }

  /**
   * A signature was checked where there is an IAM identity; AWS writes null where there is none.
   */
  private void authorizer(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean iam = json.currentName().equals("iam");
      if (json.nextToken() == JsonToken.START_OBJECT && iam) {
        signed = true;
      }
      json.skipChildren();
    }
  }

  private static @Nullable Instant time(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_NUMBER_INT) {
      json.skipChildren();
      return null;
    }
    long epochMilli = json.getValueAsLong(-1);
    return epochMilli < 0 || epochMilli > LATEST ? null : Instant.ofEpochMilli(epochMilli);
  }

  private static @Nullable String text(JsonParser json, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }
}
