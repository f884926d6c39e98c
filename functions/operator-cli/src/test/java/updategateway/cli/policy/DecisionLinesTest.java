package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import updategateway.cli.policy.decided.LogEntry;
import updategateway.cli.policy.decided.Redecision;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.gateway.UpdateHandler;
import updategateway.local.LocalEnvironment;
import updategateway.local.edge.Invocation;
import updategateway.local.replay.ReplayCommand;
import updategateway.local.run.LocalSystem;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/** From a line of the decision log back to the decision: real lines of the real handler. */
final class DecisionLinesTest {
  private static final List<String> COUNTRIES =
      List.of("US", "PR", "UA", "DE", "FR", "XK", "XX", "");
  private static final List<String> PARTS = List.of("", "", "CA", "43", "BY", "30");
  private static final List<String> PATHS =
      List.of(
          "/bases/main.cvd",
          "/products/vpn/patches/1",
          "/products/threat-intelligence/patches/1",
          "/unrouted",
          "/bases/%62;a",
          "/BASES/main.cvd",
          "/Products/vpn/Patches/1/");
  private static final List<String> ACCOUNTS = List.of("", "US", "DE-BY", "UA-43", "down");
  private static final Instant INSTANT = Instant.parse("2024-09-29T04:00:00Z");

  @TempDir private Path folder;

  @Test
  void everyLineIsDecidedTheSameAgain() throws Exception {
    Random random = new Random(4711);
    RandomPolicySets sets = new RandomPolicySets(random);
    int corrected = 0;
    for (int i = 0; i < 150; i++) {
      PolicySet set = i % 2 == 0 ? sets.policySet() : sets.correctedPolicySet();
      for (int n = 0; n < 40; n++) {
        Client sender =
            set.corrections().isEmpty() ? Client.UNKNOWN : sets.correctedRequest(set).client();
        String line =
            line(
                set,
                oneOf(random, PATHS),
                oneOf(random, COUNTRIES),
                oneOf(random, PARTS),
                sender,
                oneOf(random, ACCOUNTS),
                sets.instant(set));
        LogEntry entry = LogEntry.parse(line);
        if (entry.policySet().isEmpty()) {
          assertThat(entry.outcome()).as(line).isEqualTo("malformed");
          continue;
        }
        Redecision again = Redecision.of(entry, set);
        assertThat(again.differences()).as(line).isEmpty();
        corrected += again.decision().corrections().isEmpty() ? 0 : 1;
      }
    }
    assertThat(corrected).isGreaterThan(200);
  }

  @Test
  void aLineIsExplainedByTheFilesThatDecidedIt() throws Exception {
    Ran ran = explain(refusal());
    assertThat(ran.exitCode()).as(ran.toString()).isZero();
    assertThat(ran.flowing())
        .contains(
            "decided again by policy set "
                + shipped().digest().abbreviated()
                + ": refuse (us-icts-2021-002/updates), the same as logged.",
            "The line does not hold:",
            "The account: it was not looked up",
            "Policy us-icts-2021-002: Final determination on Kaspersky Lab, Inc.");
    Ran json =
        Ran.policy(
            "explain", "--policies", Ran.SHIPPED.toString(), "--json", "--decision", refusal());
    assertThat(json.json().path("same").asBoolean()).isTrue();
    assertThat(json.json().at("/explanation/outcome").asText()).isEqualTo("refuse");
  }

  @Test
  void aLineThatSaysSomethingElseIsNotTheSame() throws Exception {
    Ran served = explain(refusal().replace("\"region\":\"US\"", "\"region\":\"DE\""));
    assertThat(served.exitCode()).isEqualTo(1);
    assertThat(served.flowing())
        .contains(
            "serve, not the same as logged.",
            "- outcome: logged refuse, decided again serve.",
            "- reasons: logged us-icts-2021-002/updates, decided again none.");
    Ran path = explain(refusal().replace("/bases/main.cvd", "/security-training/a"));
    assertThat(path.exitCode()).isEqualTo(1);
    assertThat(path.flowing())
        .contains("- product: logged endpoint-security, decided again security-training.");
  }

  @Test
  void linesAreReadFromStandardInputAndAllElseIsPassedOver() throws Exception {
    String malformed = line(shipped(), "/a/../b", "DE", "", Client.UNKNOWN, "", INSTANT);
    Ran ran = explain("-", "Reading the policies …\n" + refusal() + malformed + "{}\n" + refusal());
    assertThat(ran.exitCode()).as(ran.toString()).isZero();
    assertThat(ran.flowing())
        .contains("was not decided by a policy: its outcome is malformed.")
        .contains("3 lines, 2 decided by policies, all of them the same again.");
    assertThat(explain("-", "nothing\n").err()).contains("Standard input has no decision line");
    assertThat(explain(malformed).exitCode()).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadIsSaid() {
    assertThat(explain("{").err()).contains("The decision line is not JSON");
    assertThat(explain("{}").err()).contains("has no outcome and requestId");
    assertThat(Ran.policy("explain", "--decision", "{}", "--country", "US").err())
        .contains("--decision says what the request was");
  }

  @Test
  void aSetOfTheHistoryDecidesWhatItDecidedThen() throws Exception {
    Path later =
        PlanCommandTest.edited(
            Files.createDirectories(folder.resolve("later")),
            "us-icts-2021-002.yaml",
            "2024-09-29 00:00",
            "2034-10-31 00:00");
    PolicySet old = new PolicyFolder(later).read();
    String served = line(old, "/bases/main.cvd", "US", "", Client.UNKNOWN, "", INSTANT);
    Ran without = explain(served);
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err())
        .contains("is not that of the files in", "--stack, --table or --dynamodb");
    PrintStream quiet = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    System.setProperty("updategateway.project", "../..");
    try (LocalSystem system = new LocalSystem(quiet)) {
      URI dynamodb = system.startTables(later);
      Ran deployed =
          Ran.policy(
              "deploy",
              "--policies",
              Ran.SHIPPED.toString(),
              "--reason",
              "a test",
              "--yes",
              "--dynamodb",
              dynamodb.toString());
      assertThat(deployed.exitCode()).as(deployed.toString()).isZero();
      Ran ran = Ran.policy("explain", "--dynamodb", dynamodb.toString(), "--decision", served);
      assertThat(ran.exitCode()).as(ran.toString()).isZero();
      assertThat(ran.flowing())
          .contains("policy set " + old.digest().abbreviated() + ": serve, the same as logged.");

      assertThat(replay(dynamodb, shipped().digest().hex())).isZero();
      assertThat(replay(dynamodb, "2")).isZero();
      assertThat(replay(dynamodb, old.digest().hex())).isEqualTo(1);
      assertThat(replay(dynamodb, old.digest().hex().substring(0, 8))).isEqualTo(1);
      assertThat(replay(dynamodb, "00000000")).isEqualTo(2);

      Path out = folder.resolve("out");
      Ran shown =
          Ran.policy("show", "1", "--out", out.toString(), "--dynamodb", dynamodb.toString());
      assertThat(shown.exitCode()).as(shown.toString()).isZero();
      assertThat(shown.flowing())
          .contains(old.digest().hex(), "us-icts-2021-002.yaml, catalog.yaml");
      assertThat(new PolicyFolder(out).read().digest()).isEqualTo(old.digest());
      assertThat(Files.exists(out.resolve("corrections.yaml"))).isFalse();
      Ran again = Ran.policy("show", "--out", out.toString(), "--dynamodb", dynamodb.toString());
      assertThat(again.exitCode()).isEqualTo(2);
      assertThat(again.err()).contains("is not empty");
    } finally {
      System.clearProperty("updategateway.project");
    }
  }

  /** Replays an event that the shipped policies refuse by a set of the table; the exit code. */
  private static int replay(URI dynamodb, String set) {
    StringWriter unused = new StringWriter();
    return CommandLineTool.run(
        new ReplayCommand(),
        new PrintWriter(unused),
        new PrintWriter(unused),
        false,
        "../../events/us-signatures-at-the-instant.json",
        "--set",
        set,
        "--dynamodb",
        dynamodb.toString());
  }

  private static String refusal() throws Exception {
    return line(shipped(), "/bases/main.cvd", "US", "", Client.UNKNOWN, "", INSTANT);
  }

  private static PolicySet shipped() throws UsageException {
    return new PolicyFolder(Ran.SHIPPED).read();
  }

  private static Ran explain(String line) {
    return Ran.policy("explain", "--policies", Ran.SHIPPED.toString(), "--decision", line);
  }

  private static Ran explain(String line, String input) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return explain(line);
    } finally {
      System.setIn(before);
    }
  }

  private static <T> T oneOf(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** The line in the log of one request. */
  private static String line(
      PolicySet set,
      String path,
      String country,
      String part,
      Client sender,
      String account,
      Instant time)
      throws UsageException, IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("ORIGIN_URL", "https://updates.vendor.example");
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    AgentRegistry agents =
        _ ->
            account.equals("down")
                ? new AgentRegistry.Unavailable("down")
                : new AgentRegistry.Found(account.isEmpty() ? Set.of() : Set.of(account));
    UpdateHandler handler =
        new UpdateHandler(
            LocalEnvironment.read(settings),
            ActivePolicySource.always(Evaluator.of(set)),
            agents,
            InstantSource.fixed(time),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    String event =
        """
        {"version":"2.0","rawPath":"%s","rawQueryString":"","headers":{"x-agent-id":"%s"\
        ,"cloudfront-viewer-country":"%s","cloudfront-viewer-country-region":"%s"%s},
        "requestContext":{"requestId":"request-1","timeEpoch":%d,"authorizer":{"iam":{}},
        "http":{"method":"GET","sourceIp":"192.0.2.1"}}}\
        """
            .formatted(
                path,
                sender.agentId() == null ? "somebody" : sender.agentId(),
                country,
                part,
                sender.address() == null
                    ? ""
                    : ",\"cloudfront-viewer-address\":\""
                        + sender.address().getHostAddress()
                        + ":443\"",
                time.toEpochMilli());
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream(),
        new Invocation("test"));
    return log.toString(StandardCharsets.UTF_8);
  }
}
