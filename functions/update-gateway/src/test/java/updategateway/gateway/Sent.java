package updategateway.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import updategateway.gateway.settings.SettingsReader;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/** A handler, bytes in and bytes out, and what one event made of it. */
final class Sent {
  static final JsonMapper JSON = new JsonMapper();
  static final Instant CLOCK = Instant.parse("2024-09-29T04:00:00Z");

  private static final Context CONTEXT = context();

  private final UpdateHandler handler;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  Sent(ActivePolicySource policy, AgentRegistry agents, Map<String, String> settings) {
    this(policy, agents, settings, CLOCK);
  }

  Sent(
      ActivePolicySource policy,
      AgentRegistry agents,
      Map<String, String> settings,
      Instant clock) {
    this(policy, agents, settings, InstantSource.fixed(clock));
  }

  Sent(
      ActivePolicySource policy,
      AgentRegistry agents,
      Map<String, String> settings,
      InstantSource clock) {
    Map<String, String> environment = new HashMap<>();
    environment.put("ORIGIN_URL", "https://origin.example/files");
    environment.put("OPERATOR_NAME", "Example Inc.");
    environment.put("OPERATOR_URL", "https://vendor.example/legal");
    environment.put("CONTACT", "legal@vendor.example");
    environment.put("MAX_CLOCK_SKEW_SECONDS", "0");
    environment.putAll(settings);
    this.handler =
        new UpdateHandler(
            SettingsReader.read(environment),
            policy,
            agents,
            clock,
            new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  /** An answer, its line in the log, and the sample event behind it, which is mostly empty. */
  record Answered(int status, JsonNode headers, String body, JsonNode line, String sample) {
    Optional<String> header(String name) {
      return headers.has(name) ? Optional.of(headers.path(name).asText()) : Optional.empty();
    }
  }

  /** What was logged before the first request; only then. */
  String startLines() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** The answer's bytes, in whichever form the front wants them. */
  byte[] raw(ObjectNode event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
        out,
        context());
    return out.toByteArray();
  }

  Answered send(ObjectNode event) {
    return send(event.toString().getBytes(StandardCharsets.UTF_8));
  }

  Answered send(byte[] event) {
    log.reset();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event), out, context());
      String lines = log.toString(StandardCharsets.UTF_8);
      List<String> all = lines.lines().toList();
      boolean sampled = all.size() == 2 && all.getLast().startsWith("{\"expect\":");
      if ((all.size() != 1 && !sampled) || !lines.endsWith("\n")) {
        throw new AssertionError("not one line: " + lines);
      }
      JsonNode answer = JSON.readTree(out.toByteArray());
      return new Answered(
          answer.path("statusCode").asInt(),
          answer.path("headers"),
          answer.path("body").asText(),
          JSON.readTree(all.getFirst()),
          sampled ? all.getLast() : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers, and looks at nothing of the answer: for measuring. */
  void sendOnly(byte[] event) {
    log.reset();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event), OutputStream.nullOutputStream(), CONTEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> {
              if (method.getName().equals("getAwsRequestId")) {
                return "invocation-1";
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  /** A GET from a place, through the proven edge; an empty place is an edge that does not know. */
  static ObjectNode get(String path, String country, Instant time) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("rawPath", path).put("rawQueryString", "");
    ObjectNode headers = event.putObject("headers");
    if (!country.isEmpty()) {
      headers.put("cloudfront-viewer-country", country);
    }
    ObjectNode context = event.putObject("requestContext");
    context.putObject("authorizer").putObject("iam").put("accountId", "1");
    context.put("requestId", "request-1").put("timeEpoch", time.toEpochMilli());
    context
        .putObject("http")
        .put("method", "GET")
        .put("path", path)
        .put("sourceIp", "203.0.113.77");
    return event;
  }

  static ObjectNode with(ObjectNode event, String header, String value) {
    ((ObjectNode) event.path("headers")).put(header, value);
    return event;
  }

  static ObjectNode method(ObjectNode event, String method) {
    ((ObjectNode) event.path("requestContext").path("http")).put("method", method);
    return event;
  }
}
