package updategateway.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.region.testing.MmdbWriter;

/** What cannot be read or compared is never taken for what is as expected. */
final class UnreadableEventsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path EVENTS = Path.of("..", "..", "events");
  private static final Path POLICIES = Path.of("..", "policies");

  @TempDir private Path folder;

  static Stream<Arguments> unreadable() {
    return Stream.of(
        arguments("", "line 1, column 1: nothing: an event is a JSON object"),
        arguments("[]", "line 1, column 1: no object: an event is a JSON object"),
        arguments("{\n  \"version\": \"2.0\",\n}", "line 3, column 1: not JSON: "),
        arguments("{\n  \"version\": 2.0'\n}", "line 2, column 17: not JSON: "),
        arguments("{\"expect\": {\"status\": 302}", "line 1, column 27: not JSON: "),
        arguments("{\"version\": \"2.0\"}\n{\"version\": \"2.0\"}", "line 2, column 1: not JSON: "),
        arguments("{\"expect\": {},\n \"expect\": {}}", "not JSON: Duplicate field 'expect'"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void aFileThatIsNoEventIsWrongAndNamedWithItsPlace(String text, String problem)
      throws IOException {
    Ran ran = run(write("broken", text, StandardCharsets.UTF_8));
    assertThat(ran.output())
        .contains("WRONG", problem, "1 that cannot be read")
        .doesNotContain("all as");
    assertThat(ran.exitCode()).isEqualTo(1);
  }

  @Test
  void anotherEncodingIsNamed() throws IOException {
    Ran ran = run(write("utf-16", sample().toString(), StandardCharsets.UTF_16LE));
    assertThat(ran.output()).contains("the text is UTF-16: write it in UTF-8");
    assertThat(ran.exitCode()).isEqualTo(1);
  }

  @Test
  void aByteOrderMarkIsSkipped() throws Exception {
    String marked = "\uFEFF" + sample();
    Ran ran = run(write("marked", marked, StandardCharsets.UTF_8));
    assertThat(ran.output()).contains("451 refuse  ok").contains("all as expected");
    assertThat(streamed(marked)).containsExactly(451);
  }

  @Test
  void anEventOverManyLinesOnStandardInputIsOneEvent() throws Exception {
    String served = Files.readString(EVENTS.resolve("germany-at-the-instant.json"));
    assertThat(served.lines().count()).isGreaterThan(10);
    assertThat(streamed(served + "\n" + sample() + "\n" + sample().toPrettyString()))
        .containsExactly(302, 451, 451);
  }

  @Test
  void oneFileThatCannotBeReadDoesNotHideBehindOthers() throws IOException {
    Ran ran =
        run(
            EVENTS.resolve("germany-at-the-instant.json"),
            write("broken", "{", StandardCharsets.UTF_8));
    assertThat(ran.output())
        .contains("2 events, 1 with an expectation, 1 that cannot be read, the others as expected");
    assertThat(ran.exitCode()).isEqualTo(1);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("{\"expect\": {\"outcom\": \"\"}}", "expect.outcom is not known: write outcome"),
        arguments("{\"expect\": {\"statusCode\": 451}}", "expect.statusCode is not known"),
        arguments("{\"expect\": {\"Status\": 451}}", "expect.Status is not known: write status"),
        arguments("{\"expect\": 451}", "expect is no object"),
        arguments("{\"expect\": {\"headers\": \"\"}}", "expect.headers is no object"),
        arguments("{\"expect\": {\"policy\": null}}", "policy cannot be compared with null"),
        arguments("{\"expect\": {\"policy\": {}}}", "policy cannot be compared with {}"),
        arguments("{\"expect\": {\"headers\": {\"Sunset\": null}}}", "Sunset cannot be compared"),
        arguments(
            "{\"expect\": {\"policies\": [\"us/updates\"]}}",
            "policies is missing, not us/updates"),
        arguments("{\"expects\": {\"status\": 302}}", "member expects is not known: write expect"),
        arguments("{\"agent\": {}}", "member agent is not known: write agents"),
        arguments("{\"agents\": {\"agent-1\": \"US\"}}", "agents cannot be read"),
        arguments("{\"agents\": {\"agent-1\": [1]}}", "agents cannot be read"),
        arguments("{\"agents\": [\"agent-1\"]}", "agents cannot be read"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatCannotBeComparedIsAMistake(String members, String mistake) throws IOException {
    ObjectNode event = sample();
    event.remove("expect");
    event.setAll((ObjectNode) JSON.readTree(members));
    Ran ran = run(write("mistaken", event.toString(), StandardCharsets.UTF_8));
    assertThat(ran.output()).contains("WRONG", mistake);
    assertThat(ran.exitCode()).isEqualTo(1);
  }

  /** Every member that is written on the top level of a decision line. */
  static Stream<String> membersOfDecisionLines() throws IOException {
    String source =
        Files.readString(
            Path.of(
                "../update-gateway/src/main/java/updategateway/gateway/decisionlog/DecisionLogWriter.java"));
    Set<String> inner =
        Set.of("source", "place", "perhaps", "reason", "permit", "citation", "otherwise");
    return Pattern.compile(
            "line\\.(?:text|time|number|texts|objects)\\(\\s*\"(\\w+)\"|write\\w+Field\\w*\\(\\s*\"(\\w+)\"")
        .matcher(source)
        .results()
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .filter(name -> !inner.contains(name) && !name.equals("durationMicros"))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("membersOfDecisionLines")
  void everyMemberOfADecisionLineCanBeExpected(String member) throws IOException {
    ObjectNode event = sample();
    event.putObject("expect").put(member, "");
    Ran ran = run(write("member", event.toString(), StandardCharsets.UTF_8));
    assertThat(ran.output()).doesNotContain("is not known");
  }

  @Test
  void accountsThatCannotBeReadAreNamedInAStreamToo() throws Exception {
    ObjectNode event = sample();
    event.putObject("agents").put("agent-1", "US");
    assertThat(streamErrors("\n" + event)).startsWith("line 2: agents cannot be read");
  }

  @Test
  void namesOfExpectedHeadersAreComparedInAnyCase() throws IOException {
    ObjectNode event = sample();
    event
        .putObject("expect")
        .put("status", 451)
        .putObject("headers")
        .put("CACHE-control", "no-store")
        .put("etag", "");
    assertThat(run(write("headers", event.toString(), StandardCharsets.UTF_8)).exitCode()).isZero();
    ((ObjectNode) event.path("expect").path("headers")).put("cache-CONTROL", "public");
    Ran ran = run(write("headers", event.toString(), StandardCharsets.UTF_8));
    assertThat(ran.output()).contains("cache-CONTROL is no-store, not public");
    assertThat(ran.exitCode()).isEqualTo(1);
  }

  @Test
  void anExpectationWithoutAStatusIsOne() throws IOException {
    ObjectNode event = sample();
    event.putObject("expect").put("phase", "updates");
    Ran ran = run(write("phase", event.toString(), StandardCharsets.UTF_8));
    assertThat(ran.output()).contains("1 event, 1 with an expectation, all as expected");
  }

  @Test
  void withoutAnyExpectationNothingWasCompared() throws IOException {
    ObjectNode event = sample();
    event.remove("expect");
    Ran ran = run(write("unjudged", event.toString(), StandardCharsets.UTF_8));
    assertThat(ran.output())
        .contains("0 with an expectation, nothing was compared")
        .doesNotContain("as expected");
    assertThat(ran.exitCode()).isZero();
  }

  @Test
  void theTableSaysWhyAPlaceIsUnknown() throws IOException {
    Ran ran = run(EVENTS.resolve("unknown-location-xx.json"));
    assertThat(ran.output())
        .contains("us-icts-2021-002 / updates; the edge knows no country for this client");
  }

  static Stream<Arguments> unreadableTimes() {
    return Stream.of(
        arguments("{}"),
        arguments("{\"timeEpoch\": null}"),
        arguments("{\"timeEpoch\": \"1727582400000\"}"),
        arguments("{\"timeEpoch\": 1727582400.5}"),
        arguments("{\"timeEpoch\": -1}"));
  }

  @ParameterizedTest
  @MethodSource("unreadableTimes")
  void anEventWithoutAReadableTimeSaysSo(String time) throws Exception {
    ObjectNode event = sample();
    ObjectNode context = (ObjectNode) event.path("requestContext");
    context.remove("timeEpoch");
    context.setAll((ObjectNode) JSON.readTree(time));
    assertThat(run(write("timeless", event.toString(), StandardCharsets.UTF_8)).output())
        .contains("the event has no readable timeEpoch, so the clock decided: ");
    assertThat(streamErrors(event + "\n" + sample()))
        .startsWith("1 of 2 events had no readable requestContext.timeEpoch");
  }

  /** The event of a load balancer never has a time; here its time is the one that is given. */
  @Test
  void theGivenTimeCountsForEventsWithoutATimeToo() throws Exception {
    byte[] event =
        """
        {"requestContext": {"elb": {}}, "httpMethod": "GET", "path": "/bases/main.cvd",
         "headers": {"x-forwarded-for": "198.51.100.23"}}
        """
            .getBytes(StandardCharsets.UTF_8);
    Instant at = Instant.parse("2024-07-19T12:00:00Z");
    Path database =
        new MmdbWriter("Test-Country", 6)
            .flat("8.8.8.0/24", "US")
            .write(folder.resolve("test.mmdb"));
    Replay replay =
        new Replay(
            new PolicyFolder(POLICIES).read(),
            at,
            Map.of("REGION_EVIDENCE", "alb", "GEO_DATABASE", database.toString()));
    replay.replay(event);
    assertThat(JSON.readTree(replay.logLine()).path("time").asText()).isEqualTo(at.toString());
    assertThat(replay.decidedByClock()).isFalse();
  }

  private static ObjectNode sample() throws IOException {
    return (ObjectNode)
        JSON.readTree(Files.readAllBytes(EVENTS.resolve("us-signatures-at-the-instant.json")));
  }

  private Path write(String name, String text, Charset charset) throws IOException {
    return Files.writeString(folder.resolve(name + ".json"), text, charset);
  }

  private static List<Integer> streamed(String text) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(stream(text, out, new ByteArrayOutputStream())).isZero();
    List<Integer> statuses = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      statuses.add(JSON.readTree(line).path("statusCode").asInt());
    }
    return statuses;
  }

  private static String streamErrors(String text) throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    stream(text, new ByteArrayOutputStream(), err);
    return err.toString(StandardCharsets.UTF_8);
  }

  private static int stream(String text, ByteArrayOutputStream out, ByteArrayOutputStream err)
      throws UsageException, IOException {
    return ReplayCommand.stream(
        new Replay(new PolicyFolder(POLICIES).read(), null),
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private record Ran(int exitCode, String output) {}

  private static Ran run(Path... events) {
    List<String> arguments = new ArrayList<>(List.of("--policies", POLICIES.toString()));
    Stream.of(events).map(Path::toString).forEach(arguments::add);
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int exitCode = CommandLineTool.run(new ReplayCommand(), arguments.toArray(String[]::new));
      return new Ran(exitCode, out.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
