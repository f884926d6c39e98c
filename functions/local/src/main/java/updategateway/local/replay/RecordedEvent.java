package updategateway.local.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import updategateway.policy.parse.Suggestion;

/**
 * One event with what only the replay reads of it. Its member {@code agents} stands in for the
 * table of that name: {@code {"agent-1": ["US"]}}.
 *
 * @param tree the whole event
 * @param agents the places of each agent
 * @param mistakes what of the members {@code agents} and {@code expect} cannot be used, one
 *     sentence each
 */
record RecordedEvent(ObjectNode tree, Map<String, Set<String>> agents, List<String> mistakes) {
  static final String AGENTS = "agents";
  static final String EXPECT = "expect";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  RecordedEvent {
    agents = Map.copyOf(agents);
    mistakes = List.copyOf(mistakes);
  }

  /** Returns the event that a text consists of. */
  static RecordedEvent parse(byte[] text) throws UnreadableEventException {
    byte[] event = ByteOrderMark.strip(text);
    if (event.length > 1 && (event[0] == 0 || event[1] == 0 || (event[0] & 0xFE) == 0xFE)) {
      throw new UnreadableEventException(1, 1, "the text is UTF-16: write it in UTF-8");
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new UnreadableEventException(e, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    if (!(tree instanceof ObjectNode object)) {
      throw new UnreadableEventException(
          1, 1, (tree.isMissingNode() ? "nothing" : "no object") + ": an event is a JSON object");
    }
    List<String> mistakes = new ArrayList<>();
    object.fieldNames().forEachRemaining(name -> checkName(name, mistakes));
    return new RecordedEvent(object, agents(object.path(AGENTS), mistakes), mistakes);
  }

  private static void checkName(String name, List<String> mistakes) {
    if (!name.equals(AGENTS) && !name.equals(EXPECT)) {
      Suggestion.slipOf(name, List.of(AGENTS, EXPECT))
          .ifPresent(known ->
              mistakes.add("the event's member " + name + " is not known: write " + known));
    }
  }

  private static Map<String, Set<String>> agents(JsonNode member, List<String> mistakes) {
    Map<String, Set<String>> agents = new HashMap<>();
    boolean readable = member.isMissingNode() || member.isObject();
    for (Map.Entry<String, JsonNode> agent : member.properties()) {
      Set<String> places = new HashSet<>();
      readable &= agent.getValue().isArray();
      for (JsonNode place : agent.getValue()) {
        readable &= place.isTextual();
        places.add(place.asText());
      }
      agents.put(agent.getKey(), places);
    }
    if (!readable) {
      mistakes.add("agents cannot be read: write {\"agent-1\": [\"US\", \"DE\"]}");
    }
    return agents;
  }
}
