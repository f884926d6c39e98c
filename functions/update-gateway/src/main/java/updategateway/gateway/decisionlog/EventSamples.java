package updategateway.gateway.decisionlog;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.DecisionContext;
import updategateway.gateway.decision.RequestDecision.Decided;
import updategateway.gateway.event.Event;
import updategateway.policy.decision.RefusalReason;
import updategateway.region.EdgeHeaders;
import updategateway.region.LocationReport;

/**
 * Requests written as sample events, with the outcome that they had: {@code scripts/replay} takes
 * them, and gives the same decision by the same policy set. Safe for many threads.
 *
 * <p>A sample holds only what a decision rests on: method, path, time, the place headers of the
 * edge, {@code accept}, the client's address and the registrations of its account. Queries, cookies
 * and all other headers can carry credentials and are never written. In a log the address is cut to
 * its network and the agent's id is replaced.
 */
public final class EventSamples {
  /** Writes none. */
  public static final EventSamples NONE = new EventSamples(0, null, null);

  private static final int MILLION = 1_000_000;
  private static final int MAX_LOGGED_PATH = 2_048;
  private static final int MAX_ACCEPT = 256;
  private static final String AGENT_HEADER = "x-agent-id";
  private static final String REPLACED_ID = "recorded-agent";
  private static final List<String> PLACE_HEADERS =
      List.of(EdgeHeaders.VIEWER_COUNTRY, EdgeHeaders.VIEWER_COUNTRY_REGION);

  /** Reads a request as the settings say. */
  public interface RequestReader {
    /** Returns what the agent calls itself; null if it does not. */
    @Nullable String agentId(Event.HttpRequest request);

    /** Returns the path that was asked for, without a stage or an API mapping before it. */
    String path(Event.HttpRequest request);
  }

  private final int perMillion;
  private final @Nullable RequestReader reader;
  private final @Nullable PrintStream file;

  private EventSamples(int perMillion, @Nullable RequestReader reader, @Nullable PrintStream file) {
    this.perMillion = perMillion;
    this.reader = reader;
    this.file = file;
  }

  /**
   * Writes a sample of all requests into the log, with addresses cut and ids replaced.
   *
   * @param perMillion how many of a million requests, 0 to 1,000,000
   */
  public static EventSamples logged(int perMillion, RequestReader reader) {
    return perMillion == 0 ? NONE : new EventSamples(perMillion, reader, null);
  }

  /** Writes every request into a file, with whole addresses and ids. */
  public static EventSamples toFile(PrintStream file, RequestReader reader) {
    return new EventSamples(MILLION, reader, file);
  }

  /**
   * Writes a request, if it is sampled and can be decided again.
   *
   * @param entry what became of it
   * @param log takes it where there is no file
   */
  public void write(Event event, DecisionLogEntry entry, PrintStream log) {
    RequestReader reading = reader;
    if (perMillion == 0
        || reading == null
        || !(event instanceof Event.HttpRequest request)
        || !isSampled(entry.requestId())
        || !isReplayable(request, entry)) {
      return;
    }
    byte[] text = json(request, reading, entry);
    PrintStream out = file == null ? log : file;
    out.write(text, 0, text.length);
    out.flush();
  }

  /** By the id alone, so that the same requests are sampled wherever it is asked. */
  private boolean isSampled(String requestId) {
    int hash = requestId.hashCode();
    // The finalizer of MurmurHash3: ids that differ in a digit are far apart.
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    hash ^= hash >>> 16;
    return Math.floorMod(hash, MILLION) < perMillion;
  }

  private boolean isReplayable(Event.HttpRequest request, DecisionLogEntry entry) {
    return entry.isReplayable(isCut())
        && request.headersWithinLimits()
        && (!isCut() || request.rawPath().length() <= MAX_LOGGED_PATH);
  }

  private boolean isCut() {
    return file == null;
  }

  private byte[] json(Event.HttpRequest request, RequestReader reading, DecisionLogEntry entry) {
    return JsonLine.of(line -> {
      JsonGenerator out = line.generator();
      out.writeObjectFieldStart("expect");
      expectation(entry, out);
      out.writeEndObject();
      out.writeStringField("policySet", Objects.requireNonNullElse(entry.policySet(), ""));
      String agent = agent(reading.agentId(request), entry);
      if (agent != null && !entry.registeredPlaces().isEmpty()) {
        out.writeObjectFieldStart("agents");
        out.writeFieldName(agent);
        String[] places = entry.registeredPlaces().toArray(String[]::new);
        out.writeArray(places, 0, places.length);
        out.writeEndObject();
      }
      out.writeStringField("version", "2.0");
      out.writeStringField("rawPath", reading.path(request));
      out.writeStringField("rawQueryString", "");
      headers(request, entry, agent, out);
      context(request, entry, out);
      out.writeBooleanField("isBase64Encoded", false);
    });
  }

  /** Writes what became of the request, as a sample event expects it. */
  private static void expectation(DecisionLogEntry entry, JsonGenerator out) throws IOException {
    out.writeNumberField("status", entry.status());
    out.writeStringField("outcome", entry.outcome());
    Decided decided = entry.decided().orElse(null);
    if (decided != null) {
      List<RefusalReason> reasons = decided.decision().reasonsLawFirst();
      if (!reasons.isEmpty()) {
        out.writeStringField("policy", reasons.getFirst().policy().id());
        out.writeStringField("phase", reasons.getFirst().phase().id());
      }
      out.writeStringField("product", decided.context().classification().product().name());
      out.writeStringField("activity", decided.context().classification().activity().name());
    }
    DecisionContext context = entry.context().orElse(null);
    if (context != null) {
      out.writeStringField("region", context.region().places());
    }
  }

  private void headers(
      Event.HttpRequest request, DecisionLogEntry entry, @Nullable String agent, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("headers");
    String accept = request.header("accept").orElse("");
    if (!accept.isEmpty() && accept.length() <= MAX_ACCEPT) {
      out.writeStringField("accept", accept);
    }
    for (String name : PLACE_HEADERS) {
      String value = request.header(name).orElse(null);
      if (value != null && value.length() <= MAX_ACCEPT) {
        out.writeStringField(name, value);
      }
    }
    LocationReport located = entry.location();
    if (located != null && located.address() != null) {
      // The port is not the client's: it does not matter to a decision.
      out.writeStringField(
          EdgeHeaders.VIEWER_ADDRESS, shown(located.address().toString()) + ":44321");
    }
    if (agent != null) {
      out.writeStringField(AGENT_HEADER, agent);
    }
    out.writeEndObject();
  }

  private void context(Event.HttpRequest request, DecisionLogEntry entry, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("requestContext");
    out.writeStringField("requestId", entry.requestId());
    Instant time = Optional.ofNullable(entry.time()).orElse(request.time());
    if (time != null) {
      out.writeNumberField("timeEpoch", time.toEpochMilli());
    }
    out.writeObjectFieldStart("http");
    out.writeStringField("method", request.method());
    LocationReport located = entry.location();
    String address =
        located == null || located.address() == null
            ? request.sourceAddress()
            : located.address().toString();
    if (address != null) {
      out.writeStringField("sourceIp", shown(address));
    }
    out.writeEndObject();
    if (located != null && located.isProven()) {
      // However the edge proved itself: a secret is not written.
      out.writeObjectFieldStart("authorizer");
      out.writeObjectFieldStart("iam");
      out.writeEndObject();
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private @Nullable String agent(@Nullable String id, DecisionLogEntry entry) {
    if (id == null || !isCut()) {
      return id;
    }
    return entry.registeredPlaces().isEmpty() ? null : REPLACED_ID;
  }

  private String shown(String address) {
    if (!isCut()) {
      return address;
    }
    String network = AddressAnonymizer.anonymize(address);
    return network == null ? "" : network.substring(0, network.indexOf('/'));
  }
}
