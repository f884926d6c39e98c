package updategateway.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.RouteMatcher;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.policy.testing.SlowTwin;

final class ReplayCommandTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path EVENTS = Path.of("..", "..", "events");
  private static final String POLICIES = Path.of("..", "policies").toString();

  @Test
  void everySampleEventHasTheOutcomeItMustHave() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--policies", POLICIES));
    events().forEach(event -> arguments.add(event.toString()));
    Ran ran = run(arguments);
    assertThat(ran.output()).contains("all as expected").doesNotContain("WRONG");
    assertThat(ran.exitCode()).isZero();
    assertThat(events()).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void theExampleCorrectionsDoWhatTheySay(@TempDir Path folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(POLICIES))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        Files.writeString(
            folder.resolve(file.getFileName()),
            file.endsWith("corrections.yaml")
                ? text.replace("corrections: []", "")
                    .replaceAll("(?m)^# (corrections:$| +[- ] ?[a-z-]+: )", "$1")
                : text);
      }
    }
    List<String> arguments = new ArrayList<>(List.of("--policies", folder.toString()));
    try (Stream<Path> events = Files.list(EVENTS.resolve("corrections"))) {
      events.forEach(event -> arguments.add(event.toString()));
    }
    assertThat(arguments).hasSize(2 + 5);
    Ran ran = run(arguments);
    assertThat(ran.output()).contains("all as expected").doesNotContain("WRONG");
    assertThat(ran.exitCode()).isZero();
  }

  @Test
  void theExampleRouteOfAnNpmRegistryDoesWhatItSays(@TempDir Path folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(POLICIES))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        Files.writeString(
            folder.resolve(file.getFileName()),
            file.endsWith("catalog.yaml")
                ? text.replaceAll("(?m)^  # (- path: /@|  product: |  activity: )", "  $1")
                : text);
      }
    }
    List<String> arguments = new ArrayList<>(List.of("--policies", folder.toString()));
    try (Stream<Path> events = Files.list(EVENTS.resolve("npm"))) {
      events.forEach(event -> arguments.add(event.toString()));
    }
    assertThat(arguments).hasSize(2 + 4);
    Ran ran = run(arguments);
    assertThat(ran.output()).contains("all as expected").doesNotContain("WRONG");
    assertThat(ran.exitCode()).isZero();
  }

  @Test
  void everySampleEventSaysWhatMustBecomeOfIt() throws IOException {
    for (Path event : events()) {
      JsonNode json = JSON.readTree(Files.readAllBytes(event));
      assertThat(json.path("expect").path("status").isInt()).as(event.toString()).isTrue();
      assertThat(json.path("expect").path("outcome").asText()).as(event.toString()).isNotEmpty();
      assertThat(json.path("version").asText()).isEqualTo("2.0");
    }
  }

  @Test
  void aDifferenceIsShownAndMakesItFail(@TempDir Path folder) throws IOException {
    ObjectNode event =
        (ObjectNode)
            JSON.readTree(Files.readAllBytes(EVENTS.resolve("us-signatures-at-the-instant.json")));
    ((ObjectNode) event.path("expect")).put("status", 302).put("phase", "another");
    Path wrong = Files.write(folder.resolve("wrong.json"), JSON.writeValueAsBytes(event));
    Ran ran = run(List.of("--policies", POLICIES, wrong.toString()));
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.output())
        .contains(
            "WRONG",
            "status is 451, not 302",
            "phase is updates, not another",
            "1 not as expected");
  }

  @Test
  void anEventWithoutAnExpectationIsShownAndNotJudged(@TempDir Path folder) throws IOException {
    ObjectNode event =
        (ObjectNode)
            JSON.readTree(Files.readAllBytes(EVENTS.resolve("us-signatures-at-the-instant.json")));
    event.remove("expect");
    Path unjudged = Files.write(folder.resolve("unjudged.json"), JSON.writeValueAsBytes(event));
    Ran ran = run(List.of("--policies", POLICIES, unjudged.toString()));
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.output()).contains("0 with an expectation").contains("451 refuse");
  }

  @Test
  void anotherTimeIsWhatIf() throws IOException {
    Ran ran =
        run(
            List.of(
                "--policies",
                POLICIES,
                "--json",
                "--at",
                "2024-09-28 23:59:59.999 America/New_York",
                EVENTS.resolve("us-signatures-at-the-instant.json").toString()));
    JsonNode json = JSON.readTree(ran.output());
    assertThat(json.get(0).path("response").path("statusCode").asInt()).isEqualTo(302);
    assertThat(json.get(0).path("right").asBoolean()).isFalse();
    assertThat(ran.exitCode()).isEqualTo(1);
  }

  @Test
  void aWrongSettingIsAMistakeAndNoFaultOfTheProgram() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(
            () -> new Replay(shipped(), null, Map.of("REGION_EVIDENCE", "cloudfront-secret")))
        .withMessageContaining("The settings are wrong:\nEDGE_SECRETS is not set");
  }

  @Test
  void whatCannotBeReadIsSaid() {
    Ran ran = run(List.of("--policies", POLICIES, "no-such-event.json"));
    assertThat(ran.exitCode()).isEqualTo(2);
  }

  @Test
  void aStreamAnswersLineByLineAndABadLineDoesNotStopIt() throws Exception {
    String served =
        JSON.readTree(EVENTS.resolve("germany-at-the-instant.json").toFile()).toString();
    String refused =
        JSON.readTree(EVENTS.resolve("us-signatures-at-the-instant.json").toFile()).toString();
    String abroad =
        JSON.readTree(EVENTS.resolve("us-customer-abroad-is-a-us-person.json").toFile()).toString();
    String in = String.join("\n", served, "nonsense", refused, "", abroad, served);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        ReplayCommand.stream(
            new Replay(shipped(), null),
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    List<Integer> statuses = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      statuses.add(JSON.readTree(line).path("statusCode").asInt());
    }
    assertThat(statuses).containsExactly(302, 400, 451, 451, 302);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .hasLineCount(1)
        .startsWith("line 2, column ")
        .contains("not JSON: Unrecognized token 'nonsense'");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void randomRequestsAreAnsweredAsTheRulesSay() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    int[] statuses = new int[600];
    for (int s = 0; s < 300; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet set = sets.policySet();
      Replay replay = new Replay(set, null);
      for (int r = 0; r < 100; r++) {
        Request like = sets.request(set);
        String path =
            random.nextBoolean()
                ? "/bases/x"
                : random.nextBoolean() ? "/products/" + like.product() + "/patches/1" : "/other";
        Classification asked =
            RouteMatcher.of(set.catalog()).classify(List.of(path.substring(1).split("/", -1)));
        Request request =
            new Request(
                like.time(),
                asked.product(),
                asked.activity(),
                onePlaceOf(like.location()),
                Registrations.NONE);
        JsonNode answer = JSON.readTree(replay.replay(event(request, path)));
        SlowTwin.Answer expected = SlowTwin.decide(set, request);
        int status = answer.path("statusCode").asInt();
        assertThat(status)
            .as("%s by %s", request, set)
            .isEqualTo(expected.outcome() == Outcome.SERVE ? 302 : 451);
        statuses[status]++;
      }
    }
    assertThat(statuses[302]).isGreaterThan(2_000);
    assertThat(statuses[451]).isGreaterThan(2_000);
  }

  /** What an edge can report: it puts a client in one place. */
  private static Location onePlaceOf(Location location) {
    return switch (location) {
      case Location.Known known -> Location.in(known.places().getFirst());
      case Location.Unknown _ -> new Location.Unknown();
    };
  }

  private static byte[] event(Request request, String path) throws IOException {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("rawPath", path);
    ObjectNode headers = event.putObject("headers");
    if (request.location() instanceof Location.Known known) {
      Place place = known.places().getFirst();
      headers.put("cloudfront-viewer-country", place.country());
      place.subdivision().ifPresent(part -> headers.put("cloudfront-viewer-country-region", part));
    }
    ObjectNode context = event.putObject("requestContext");
    context.put("timeEpoch", request.time().toEpochMilli());
    context.putObject("authorizer").putObject("iam");
    context.putObject("http").put("method", "GET");
    return JSON.writeValueAsBytes(event);
  }

  private static PolicySet shipped() {
    try {
      return new PolicyFolder(Path.of(POLICIES)).read();
    } catch (UsageException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> events() throws IOException {
    try (Stream<Path> paths = Files.list(EVENTS)) {
      return paths.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    }
  }

  private record Ran(int exitCode, String output) {}

  private static Ran run(List<String> arguments) {
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
