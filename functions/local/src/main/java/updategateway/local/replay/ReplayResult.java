package updategateway.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import updategateway.commandline.TimeOption;

/**
 * What became of one event beside what had to.
 *
 * @param name of the event
 * @param expected status and outcome that it had to get; empty when the event does not say
 * @param got status and outcome that it got; empty when it could not be read
 * @param why the policy and phase, or what else decided, and what could not be known
 * @param isJudged whether the event has an expectation
 * @param differences one a line; empty when it is as expected
 * @param response the handler's; null in JSON when the event could not be read
 * @param logLine the handler's; likewise
 */
record ReplayResult(
    String name,
    String expected,
    String got,
    String why,
    boolean isJudged,
    List<String> differences,
    JsonNode response,
    JsonNode logLine) {
  private static final JsonMapper JSON = new JsonMapper();

  ReplayResult {
    differences = List.copyOf(differences);
  }

  static ReplayResult of(String name, byte[] text, Replay replay) throws IOException {
    RecordedEvent event;
    try {
      event = RecordedEvent.parse(text);
    } catch (UnreadableEventException e) {
      return unreadable(name, String.valueOf(e.getMessage()));
    }
    JsonNode response = JSON.readTree(replay.replay(text));
    JsonNode line = JSON.readTree(replay.logLine());
    Expectation expectation = Expectation.of(event);
    List<String> differences = new ArrayList<>(event.mistakes());
    differences.addAll(expectation.differences(response, line));
    return new ReplayResult(
        name,
        expectation.summary(),
        (response.path("statusCode").asText() + " " + line.path("outcome").asText()).strip(),
        why(line, replay),
        expectation.isPresent(),
        differences,
        response,
        line);
  }

  private static ReplayResult unreadable(String name, String problem) {
    return new ReplayResult(
        name, "", "", "", false, List.of(problem), NullNode.instance, NullNode.instance);
  }

  private static String why(JsonNode line, Replay replay) {
    List<String> reasons = new ArrayList<>();
    if (line.has("policy")) {
      reasons.add(line.path("policy").asText() + " / " + line.path("phase").asText());
    }
    if (line.has("remark")) {
      reasons.add(line.path("remark").asText());
    }
    if (line.has("regionReason")) {
      reasons.add(line.path("regionReason").asText());
    }
    if (replay.decidedByClock()) {
      reasons.add(
          "the event has no readable timeEpoch, so the clock decided: "
              + TimeOption.shown(Instant.parse(line.path("time").asText())));
    }
    return String.join("; ", reasons);
  }

  boolean isRight() {
    return differences.isEmpty();
  }
}
