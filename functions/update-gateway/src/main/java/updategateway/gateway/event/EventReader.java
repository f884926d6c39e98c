package updategateway.gateway.event;

import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import updategateway.policy.json.StrictJsonReader;

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

  private static final int LONGEST_TIME = 15;

  /** Lambda hands out 6 MB at most ("Lambda quotas"). */
  private static final int MOST_BYTES = 16 << 20;

  private static final int DEEPEST = 64;

  /** The stage whose name stands in no path. */
  private static final String DEFAULT_STAGE = "$default";

  private @Nullable String method;
  private @Nullable String rawPath;
  private @Nullable String rawQuery;
  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, StringBuilder> repeatedHeaders = new HashMap<>();
  private boolean loadBalancer;
  private boolean multiValue;
  private @Nullable String balancedMethod;
  private @Nullable String balancedPath;
  private final StringBuilder balancedQuery = new StringBuilder();
  private @Nullable String sourceAddress;
  private @Nullable Instant time;
  private @Nullable String requestId;
  private @Nullable String stage;
  private @Nullable String contextPath;
  private boolean signed;

  private EventReader() {}

  /** Reads one event; never throws for what is in it. */
  public static Event read(InputStream in) {
    EventReader reader = new EventReader();
    try {
      StrictJsonReader json = new StrictJsonReader(in, MOST_BYTES, DEEPEST);
      if (json.peek() != JsonToken.BEGIN_OBJECT) {
        return reader.malformed("is not a JSON object");
      }
      reader.event(json);
      if (goesOn(json)) {
        return reader.malformed("goes on behind its end");
      }
    } catch (IOException e) {
      return reader.malformed("is not JSON");
    }
    return reader.request();
  }

  private static boolean goesOn(StrictJsonReader json) {
    try {
      return json.peek() != JsonToken.END_DOCUMENT;
    } catch (IOException e) {
      return true;
    }
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
    repeatedHeaders.forEach((name, values) -> headers.put(name, values.toString()));
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
            null,
            null,
            false,
            front())
        : new Event.HttpRequest(
            itsMethod,
            itsPath,
            rawQuery,
            headers,
            sourceAddress,
            time,
            requestId,
            DEFAULT_STAGE.equals(stage) ? null : stage,
            contextPath,
            signed,
            front());
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

  private void event(StrictJsonReader json) throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "rawPath" -> rawPath = text(json);
        case "rawQueryString" -> rawQuery = text(json);
        case "headers" -> headers(json);
        case "requestContext" -> context(json);
        case "httpMethod" -> balancedMethod = text(json);
        case "path" -> balancedPath = text(json);
        case "multiValueHeaders" -> {
          multiValue |= json.peek() == JsonToken.BEGIN_OBJECT;
          headers(json);
        }
        case "queryStringParameters", "multiValueQueryStringParameters" -> query(json);
        default -> json.skipValue();
      }
    }
    json.endObject();
  }

  /** Whether an object comes, and is open now; anything else is passed over. */
  private static boolean opened(StrictJsonReader json) throws IOException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      json.skipValue();
      return false;
    }
    json.beginObject();
    return true;
  }

  private void headers(StrictJsonReader json) throws IOException {
    if (!opened(json)) {
      return;
    }
    while (json.hasNext()) {
      String name = json.nextName().toLowerCase(Locale.ROOT);
      if (json.peek() == JsonToken.STRING) {
        header(name, json.nextString());
        continue;
      }
      for (String text : texts(json)) {
        header(name, text);
      }
    }
    json.endObject();
  }

  private void header(String name, String value) {
    String first = headers.putIfAbsent(name, value);
    if (first != null) {
      repeatedHeaders
          .computeIfAbsent(name, _ -> new StringBuilder(first))
          .append(',')
          .append(value);
    }
  }

  private void query(StrictJsonReader json) throws IOException {
    if (!opened(json)) {
      return;
    }
    while (json.hasNext()) {
      String name = json.nextName();
      for (String text : texts(json)) {
        balancedQuery.append(balancedQuery.isEmpty() ? "" : "&").append(name);
        balancedQuery.append('=').append(text);
      }
    }
    json.endObject();
  }

  private void context(StrictJsonReader json) throws IOException {
    if (!opened(json)) {
      return;
    }
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "http" -> http(json);
        case "timeEpoch" -> time = time(json);
        case "elb" -> {
          loadBalancer |= json.peek() == JsonToken.BEGIN_OBJECT;
          json.skipValue();
        }
        case "requestId" -> requestId = text(json);
        case "stage" -> stage = text(json);
        case "authorizer" -> authorizer(json);
        default -> json.skipValue();
      }
    }
    json.endObject();
  }

  private void http(StrictJsonReader json) throws IOException {
    if (!opened(json)) {
      return;
    }
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "method" -> method = text(json);
        case "path" -> contextPath = text(json);
        case "sourceIp" -> sourceAddress = text(json);
        default -> json.skipValue();
      }
    }
    json.endObject();
  }

  /**
   * A signature was checked where there is an IAM identity; AWS writes null where there is none.
   */
  private void authorizer(StrictJsonReader json) throws IOException {
    if (!opened(json)) {
      return;
    }
    while (json.hasNext()) {
      boolean iam = json.nextName().equals("iam");
      signed |= iam && json.peek() == JsonToken.BEGIN_OBJECT;
      json.skipValue();
    }
    json.endObject();
  }

  private static @Nullable Instant time(StrictJsonReader json) throws IOException {
    if (json.peek() != JsonToken.NUMBER) {
      json.skipValue();
      return null;
    }
    String digits = json.nextString();
    if (digits.length() > LONGEST_TIME) {
      return null;
    }
    long epochMilli = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      epochMilli = 10 * epochMilli + c - '0';
    }
    return epochMilli > LATEST ? null : Instant.ofEpochMilli(epochMilli);
  }

  /** The text, or those of the array; what else is there is passed over. */
  private static List<String> texts(StrictJsonReader json) throws IOException {
    if (json.peek() != JsonToken.BEGIN_ARRAY) {
      String text = text(json);
      return text == null ? List.of() : List.of(text);
    }
    List<String> texts = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      String text = text(json);
      if (text != null) {
        texts.add(text);
      }
    }
    json.endArray();
    return texts;
  }

  private static @Nullable String text(StrictJsonReader json) throws IOException {
    if (json.peek() == JsonToken.STRING) {
      return json.nextString();
    }
    json.skipValue();
    return null;
  }
}
