package updategateway.updategateway.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event, token by token, and of it only what a decision needs. HTTP APIs and function URLs
 * send payload format 2.0 ("Working with AWS Lambda proxy integrations for HTTP APIs", API Gateway
 * Developer Guide). Application load balancers send another form, which has no time, no request id
 * and no raw query: that is put together again from parameters that are not decoded ("Use Lambda
 * functions as targets", User Guide for Application Load Balancers).
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
  private boolean loadBalancer;
  private boolean multiValue;
  private @Nullable String balancedMethod;
  private @Nullable String balancedPath;
  private final StringBuilder balancedQuery = new StringBuilder();
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
        return reader.malformed("is not a JSON object");
      }
      reader.event(json);
      if (json.nextToken() != null) {
        return reader.malformed("goes on behind its end");
      }
    } catch (IOException e) {
      return reader.malformed("is not JSON");
    }
    return reader.request();
  }

  private Event request() {
    String itsMethod = loadBalancer ? balancedMethod : method;
    String itsPath = loadBalancer ? balancedPath : rawPath;
    if (itsPath == null || itsMethod == null) {
      return malformed(
          loadBalancer
              ? "has no path or no httpMethod: that of a load balancer has both"
              : "has no rawPath or no requestContext.http.method: payload format 2.0 has both");
    }
    // What only the other form has is not AWS's word here.
    return loadBalancer
        ? new Event.HttpRequest(
            itsMethod,
            itsPath,
            balancedQuery.isEmpty() ? null : balancedQuery.toString(),
            headers,
            null,
            null,
            null,
            false,
            front())
        : new Event.HttpRequest(
            itsMethod, itsPath, rawQuery, headers, sourceAddress, time, requestId, signed, front());
  }

  private Event malformed(String reason) {
    return new Event.Malformed(reason, front());
  }

  private Event.Front front() {
    if (!loadBalancer) {
      return Event.Front.HTTP_API;
    }
    return multiValue ? Event.Front.LOAD_BALANCER_MULTI_VALUE : Event.Front.LOAD_BALANCER;
  }

  private void event(JsonParser json) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (name) {
        case "rawPath" -> rawPath = text(json, value);
        case "rawQueryString" -> rawQuery = text(json, value);
        case "headers" -> headers(json, value);
        case "requestContext" -> context(json, value);
        case "httpMethod" -> balancedMethod = text(json, value);
        case "path" -> balancedPath = text(json, value);
        case "multiValueHeaders" -> {
          multiValue |= value == JsonToken.START_OBJECT;
          headers(json, value);
        }
        case "queryStringParameters", "multiValueQueryStringParameters" -> query(json, value);
        default -> json.skipChildren();
      }
    }
  }

  private void headers(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String sent = json.nextFieldName(); sent != null; sent = json.nextFieldName()) {
      String name = sent.toLowerCase(Locale.ROOT);
      JsonToken inner = json.nextToken();
      if (inner == JsonToken.VALUE_STRING) {
        header(name, json.getText());
        continue;
      }
      for (String text : texts(json, inner)) {
        header(name, text);
      }
    }
  }

  private void header(String name, String value) {
    String before = headers.putIfAbsent(name, value);
    if (before != null) {
      headers.put(name, before + "," + value);
    }
  }

  private void query(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      for (String text : texts(json, json.nextToken())) {
        balancedQuery.append(balancedQuery.isEmpty() ? "" : "&").append(name);
        balancedQuery.append('=').append(text);
      }
    }
  }

  private void context(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken inner = json.nextToken();
      switch (name) {
        case "http" -> http(json, inner);
        case "timeEpoch" -> time = time(json, inner);
        case "elb" -> {
          loadBalancer |= inner == JsonToken.START_OBJECT;
          json.skipChildren();
        }
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
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
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
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      boolean iam = name.equals("iam");
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

  /** The text, or those of the array; what else is there is passed over. */
  private static List<String> texts(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      String text = text(json, value);
      return text == null ? List.of() : List.of(text);
    }
    List<String> texts = new ArrayList<>();
    for (JsonToken item = json.nextToken();
        item != null && item != JsonToken.END_ARRAY;
        item = json.nextToken()) {
      String text = text(json, item);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static @Nullable String text(JsonParser json, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }
}
