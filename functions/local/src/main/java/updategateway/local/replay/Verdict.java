package updategateway.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one event beside what had to.
 *
 * <p>An event's member {@code expect} names what must be: {@code status} and {@code headers} of the
 * response, anything else a member of the line in the log. An empty text expects that there is no
 * such member or header.
 *
 * @param name of the event
 * @param expected what had to become of it, in a few words; empty when the event does not say
 * @param got what did
 * @param why the policy and phase, or what else decided
 * @param differences one a line; empty when it is as expected
 * @param response the handler's
 * @param logLine the handler's
 */
record Verdict(
    String name,
    String expected,
    String got,
    String why,
    List<String> differences,
    JsonNode response,
    JsonNode logLine) {
  private static final JsonMapper JSON = new JsonMapper();

  Verdict {
    differences = List.copyOf(differences);
  }

  static Verdict of(String name, byte[] event, Replay replay) throws IOException {
    JsonNode response = JSON.readTree(replay.replay(event));
    JsonNode line = JSON.readTree(replay.logLine());
    JsonNode expect = expectation(event);
    List<String> differences = new ArrayList<>();
    expect
        .properties()
        .forEach(member -> {
          switch (member.getKey()) {
            case "status" ->
                compare(
                    "status",
                    member.getValue().asText(),
                    response.path("statusCode").asText(),
                    differences);
            case "headers" ->
                member
                    .getValue()
                    .properties()
                    .forEach(header ->
                        compare(
                            header.getKey(),
                            header.getValue().asText(),
                            response.path("headers").path(header.getKey()).asText(),
                            differences));
            default ->
                compare(
                    member.getKey(),
                    member.getValue().asText(),
                    line.path(member.getKey()).asText(),
                    differences);
          }
        });
    return new Verdict(
        name,
        words(expect.path("status").asText(), expect.path("outcome").asText()),
        words(response.path("statusCode").asText(), line.path("outcome").asText()),
        why(line),
        differences,
        response,
        line);
  }

  private static JsonNode expectation(byte[] event) {
    try {
      return JSON.readTree(event).path("expect");
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private static void compare(String what, String expected, String got, List<String> differences) {
    if (!expected.equals(got)) {
      differences.add(
          what
              + " is "
              + (got.isEmpty() ? "missing" : got)
              + ", not "
              + (expected.isEmpty() ? "missing" : expected));
    }
  }

  private static String words(String status, String outcome) {
    return (status + " " + outcome).strip();
  }

  private static String why(JsonNode line) {
    if (line.has("policy")) {
      return line.path("policy").asText() + " / " + line.path("phase").asText();
    }
    return line.path("remark").asText();
  }

  boolean isJudged() {
    return !expected.isEmpty();
  }

  boolean isRight() {
    return differences.isEmpty();
  }
}
