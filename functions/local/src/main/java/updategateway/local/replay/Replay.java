package updategateway.local.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.local.LocalEnvironment;
import updategateway.local.UsageException;
import updategateway.local.edge.Invocation;
import updategateway.policy.decision.CompiledPolicySet;
import updategateway.policy.set.PolicySet;
import updategateway.policystore.PolicyInForce;
import updategateway.region.RegisteredAgents;
import updategateway.updategateway.UpdateHandler;
import updategateway.updategateway.settings.Environment;

/**
 * Puts recorded events through the real handler, with a policy set of files and no clock: the time
 * of a request is the event's own. For one thread.
 *
 * <p>An event may have a member {@code agents}, which stands in for the table of that name: {@code
 * {"agent-1": ["US"]}}.
 */
final class Replay implements RegisteredAgents {
  private static final String AGENTS = "agents";
  private static final JsonMapper JSON = new JsonMapper();

  private final UpdateHandler handler;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final @Nullable Instant at;
  private Map<String, Set<String>> agents = Map.of();

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
    environment.putIfAbsent(Environment.ORIGIN_URL, "https://updates.vendor.example");
    this.handler =
        new UpdateHandler(
            LocalEnvironment.read(environment),
            PolicyInForce.always(CompiledPolicySet.of(set)),
            this,
            InstantSource.system(),
            new PrintStream(log, false, StandardCharsets.UTF_8));
  }

  /** The response to one event; whatever is wrong with it is the handler's to answer. */
  byte[] replay(byte[] event) throws IOException {
    byte[] sent = event;
    agents = Map.of();
    if (at != null || mentionsAgents(event)) {
      sent = prepared(event);
    }
    log.reset();
    ByteArrayOutputStream response = new ByteArrayOutputStream(1_024);
    handler.handleRequest(new ByteArrayInputStream(sent), response, new Invocation("replay"));
    return response.toByteArray();
  }

  /** The line in the log of the last event. */
  byte[] logLine() {
    return log.toByteArray();
  }

  private static boolean mentionsAgents(byte[] event) {
    return new String(event, StandardCharsets.ISO_8859_1).contains("\"" + AGENTS + "\"");
  }

  private byte[] prepared(byte[] event) throws JsonProcessingException {
    JsonNode tree;
    try {
      tree = JSON.readTree(event);
    } catch (IOException e) {
      return event;
    }
    Map<String, Set<String>> named = new HashMap<>();
    tree.path(AGENTS)
        .properties()
        .forEach(agent -> {
          Set<String> places = new HashSet<>();
          agent.getValue().forEach(place -> places.add(place.asText()));
          named.put(agent.getKey(), places);
        });
    agents = named;
    if (at != null && tree.path("requestContext") instanceof ObjectNode context) {
      context.put("timeEpoch", at.toEpochMilli());
    }
    return JSON.writeValueAsBytes(tree);
  }

  @Override
  public Registration find(String agentId) {
    return new Found(agents.getOrDefault(agentId, Set.of()));
  }
}
