package updategateway.local.replay;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.UsageException;
import updategateway.gateway.UpdateHandler;
import updategateway.gateway.event.Event;
import updategateway.gateway.event.EventReader;
import updategateway.gateway.settings.SettingsReader;
import updategateway.local.LocalEnvironment;
import updategateway.local.edge.Invocation;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.set.PolicySet;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/**
 * Puts recorded events through the real handler, with a policy set of files. The time of a request
 * is the event's own; the clock decides only where an event has no time that can be read. For one
 * thread.
 */
final class Replay implements AgentRegistry {
  private static final JsonMapper JSON = new JsonMapper();

  private final UpdateHandler handler;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final @Nullable Instant at;
  private Map<String, Set<String>> agents = Map.of();
  private List<String> mistakes = List.of();
  private boolean decidedByClock;

  /**
   * @param at the time of every request; null for the events' own
   * @throws UsageException when the settings are wrong
   */
  Replay(PolicySet set, @Nullable Instant at) throws UsageException {
    this(set, at, System.getenv());
  }

  /** Likewise, with the settings of that environment. */
  Replay(PolicySet set, @Nullable Instant at, Map<String, String> settings) throws UsageException {
    this.at = at;
    Map<String, String> environment = new HashMap<>(settings);
    environment.putIfAbsent(SettingsReader.ORIGIN_URL, "https://updates.vendor.example");
    this.handler =
        new UpdateHandler(
            LocalEnvironment.read(environment),
            ActivePolicySource.always(Evaluator.of(set)),
            this,
            at == null ? InstantSource.system() : InstantSource.fixed(at),
            new PrintStream(log, false, StandardCharsets.UTF_8));
  }

  /** Returns the response to one event; an event that cannot be read is the handler's to answer. */
  byte[] replay(byte[] text) throws IOException {
    byte[] event = ByteOrderMark.strip(text);
    agents = Map.of();
    mistakes = List.of();
    byte[] sent = at != null || mentionsAgents(event) ? prepared(event, at) : event;
    decidedByClock =
        at == null
            && EventReader.read(new ByteArrayInputStream(sent)) instanceof Event.HttpRequest request
            && request.time() == null;
    log.reset();
    ByteArrayOutputStream response = new ByteArrayOutputStream(1_024);
    handler.handleRequest(new ByteArrayInputStream(sent), response, new Invocation("replay"));
    return response.toByteArray();
  }

  /** The line in the log of the last event. */
  byte[] logLine() {
    return log.toByteArray();
  }

  /** Whether the last event has no time that can be read, so that the clock decided. */
  boolean decidedByClock() {
    return decidedByClock;
  }

  /** Returns what of the last event's accounts could not be used, one sentence each. */
  List<String> mistakes() {
    return mistakes;
  }

  private static boolean mentionsAgents(byte[] event) {
    return new String(event, StandardCharsets.ISO_8859_1)
        .contains("\"" + RecordedEvent.AGENTS + "\"");
  }

  private byte[] prepared(byte[] event, @Nullable Instant time) throws IOException {
    RecordedEvent recorded;
    try {
      recorded = RecordedEvent.parse(event);
    } catch (UnreadableEventException e) {
      return event;
    }
    agents = recorded.agents();
    mistakes = recorded.mistakes();
    if (time != null && recorded.tree().path("requestContext") instanceof ObjectNode context) {
      context.put("timeEpoch", time.toEpochMilli());
    }
    return JSON.writeValueAsBytes(recorded.tree());
  }

  @Override
  public Registration find(String agentId) {
    return new Found(agents.getOrDefault(agentId, Set.of()));
  }
}
