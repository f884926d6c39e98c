package updategateway.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.cli.validation.CloudFormationYaml;
import updategateway.commandline.CommandLineTool;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.source.Diagnostic;

final class DeployCheckCommandTest {
  private static final Path SHIPPED = Path.of("..", "policies");
  private static final Path TEMPLATE = Path.of("..", "..", "template.yaml");
  private static final String POLICY = "us-icts-2021-002.yaml";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void aCopyOfWhatIsShipped() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void whatIsShippedCanBeDeployed() {
    Ran ran = run();
    assertThat(ran.error()).isEmpty();
    assertThat(ran.output()).contains("are all in the template");
    assertThat(ran.exitCode()).isZero();
  }

  @Test
  void aPolicyThatTheTemplateDoesNotIncludeIsFound() throws IOException {
    Files.writeString(
        folder.resolve("another.yaml"),
        Files.readString(folder.resolve(POLICY)).replace("id: us-icts-2021-002", "id: another"));
    assertThat(run().error())
        .contains("PolicyInForce.Policies")
        .contains("functions/policies/another.yaml is not included");
    assertThat(run().exitCode()).isEqualTo(2);
  }

  @Test
  void noPolicyAtAllCanBeDeployedOnlyWhereTheTemplateSaysThatItIsMeant() throws IOException {
    Files.delete(folder.resolve(POLICY));
    Path none = folder.resolve("none.template");
    String without =
        Files.readString(TEMPLATE)
            .replace(
                "Parameters: { Location: functions/policies/" + POLICY + " }", "Parameters: { }");
    Files.writeString(none, without);
    assertThat(run("--template", none.toString()).error())
        .contains("there is no policy beside it")
        .contains("write WithoutPolicies: true into the template's PolicyInForce");
    Files.writeString(
        none, without.replace("      By: !Ref", "      WithoutPolicies: true\n      By: !Ref"));
    Ran ran = run("--template", none.toString());
    assertThat(ran.error()).isEmpty();
    assertThat(ran.exitCode()).isZero();
  }

  /** A set that DynamoDB takes, of two policies of 300,000 bytes. */
  @Test
  void whatAnEventCannotCarryTwiceIsFoundBefore() throws IOException {
    String policy = Files.readString(folder.resolve(POLICY));
    Files.writeString(
        folder.resolve(POLICY), policy + "note: " + "x".repeat(490_000 - 120_000) + "\n");
    assertThat(run().error()).isEmpty();
    Files.writeString(
        folder.resolve("another.yaml"),
        policy.replace("id: us-icts-2021-002", "id: another")
            + "note: "
            + "x".repeat(300_000)
            + "\n");
    Ran ran = run();
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.error())
        .contains("template.yaml: PolicyInForce: the files take 6")
        .contains("may take 490,000 bytes: it has them twice")
        .contains("Lambda takes 1,000,000 bytes")
        .contains("scripts/policy deploy, which sends no event and takes up to 3,000,000 bytes");
  }

  @Test
  void aPolicyThatNoItemHasRoomForIsFoundBefore() throws IOException {
    Files.writeString(
        folder.resolve(POLICY),
        Files.readString(folder.resolve(POLICY)) + "note: " + "x".repeat(700_000) + "\n");
    assertThat(run().error())
        .containsPattern(
            POLICY + ":\\d+: the policy takes 70\\d,\\d{3} bytes as it is stored, and an item of")
        .contains("DynamoDB has room for 380,000 bytes; split it");
    assertThat(run().exitCode()).isEqualTo(2);
  }

  @Test
  void anIncludeWithoutAFileOrUnderTheWrongPropertyIsFound() throws IOException {
    Path wrong = folder.resolve("wrong.template");
    Files.writeString(
        wrong,
        Files.readString(TEMPLATE)
            .replace("functions/policies/catalog.yaml", "functions/policies/" + POLICY));
    assertThat(run("--template", wrong.toString()).error())
        .contains("functions/policies/" + POLICY + " is included here; include it under Policies")
        .contains("is included twice")
        .contains("functions/policies/catalog.yaml is not included");
    Files.writeString(
        wrong,
        Files.readString(TEMPLATE)
            .replace("functions/policies/" + POLICY, "functions/policies/gone.yaml"));
    assertThat(run("--template", wrong.toString()).error())
        .contains("functions/policies/gone.yaml is included and not there");
  }

  @Test
  void aWordThatCloudFormationReadsOtherwiseIsFoundWithItsLine() throws IOException {
    Path policy = folder.resolve(POLICY);
    Files.writeString(
        policy, Files.readString(policy).replace("locations: [US, PR,", "locations: [US, NO, PR,"));
    assertThat(run().error())
        .containsPattern(
            POLICY
                + ":\\d+: scope.locations\\[1\\]: NO without quotes is false for CloudFormation; write \"NO\"");
    Files.writeString(policy, Files.readString(policy).replace("US, NO,", "US, \"NO\","));
    assertThat(run().exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x85, 0x2028, 0x2029})
  void aKeyThatOnlyCloudFormationSeesStopsADeployment(int lineBreak) throws IOException {
    Path policy = folder.resolve(POLICY);
    String shipped = Files.readString(policy);
    String hidden =
        "# Nothing to see." + Character.toString(lineBreak) + "products: [nothing-at-all]";
    Files.writeString(policy, shipped.replace("products: [\"*\"]", "products: [\"*\"]\n" + hidden));
    Ran ran = run();
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.error())
        .containsPattern(
            POLICY + ":\\d+: the invisible character U\\+" + "%04X".formatted(lineBreak));

    Files.writeString(policy, shipped);
    Path template = folder.resolve("hidden.template");
    Files.writeString(
        template,
        "# Hidden" + Character.toString(lineBreak) + "A: b\n" + Files.readString(TEMPLATE));
    Ran withTemplate = run("--template", template.toString());
    assertThat(withTemplate.exitCode()).isEqualTo(2);
    assertThat(withTemplate.error()).contains("hidden.template:1: the invisible character");
  }

  @Test
  void whatIsProbablyNotMeantIsWarnedOfAndStopsNothing() throws IOException {
    Path policy = folder.resolve(POLICY);
    Files.writeString(policy, Files.readString(policy).replace("[new-agreement]", "[contracts]"));
    Ran ran = run();
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.error())
        .containsPattern(POLICY + ":\\d+: warning: phases\\[0\\].refuses\\[0\\]: no route has")
        .contains("write one of");
    Ran strict = run("--template", TEMPLATE.toString(), "--strict");
    assertThat(strict.exitCode()).isEqualTo(1);
    assertThat(strict.error()).isEqualTo(ran.error());
    Files.copy(SHIPPED.resolve(POLICY), policy, StandardCopyOption.REPLACE_EXISTING);
    assertThat(run("--template", TEMPLATE.toString(), "--strict").exitCode()).isZero();
  }

  @Test
  void whatEditorsAndMacOsLeaveBehindIsNoPolicy() throws IOException {
    Files.createSymbolicLink(folder.resolve(".#" + POLICY), Path.of("ada@desk.4711:1732500000"));
    Files.write(folder.resolve("._" + POLICY), new byte[] {0, 5, 22, 7, 0});
    Files.writeString(folder.resolve("." + POLICY + ".swp"), "b0VIM");
    Files.writeString(folder.resolve(".another.yml"), "id: another");
    Files.writeString(folder.resolve("._OTHER.YAML"), "id: other");
    Ran ran = run();
    assertThat(ran.error()).isEmpty();
    assertThat(ran.exitCode()).isZero();
  }

  /** AWS::Include takes whatever the template names, hidden or not. */
  @Test
  void aHiddenFileThatTheTemplateIncludesIsFound() throws IOException {
    Files.copy(folder.resolve(POLICY), folder.resolve("." + POLICY));
    Path wrong = folder.resolve("wrong.template");
    Files.writeString(
        wrong,
        Files.readString(TEMPLATE)
            .replace("functions/policies/" + POLICY, "functions/policies/." + POLICY));
    Ran ran = run("--template", wrong.toString());
    assertThat(ran.error())
        .contains(
            "functions/policies/."
                + POLICY
                + " is included and hidden, so that nothing else reads it")
        .contains("functions/policies/" + POLICY + " is not included");
    assertThat(ran.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "No",
        "off",
        "ON",
        "yes",
        "TRUE",
        "~",
        "null",
        "",
        "010",
        "0x1F",
        "1_000",
        "+5",
        "1:30",
        "12:30:45",
        "1.5",
        "1.10",
        "0123",
        ".5",
        "1e3",
        "08",
        "-0",
        "0o17",
        "1234567890123456",
        "y",
        "N",
        ".inf"
      })
  void wordsOfYamlOneOne(String word) {
    assertThat(check("note: " + word)).hasSize(1);
    assertThat(check("note: \"" + word + "\"")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOR",
        "nO",
        "true",
        "false",
        "30",
        "-5",
        "0",
        "123456789012345",
        "US",
        "2024-09-29 00:00 America/New_York",
        "2024-09-29T04:00:00Z",
        "2024-10-31 America/New_York",
        "360-suite",
        "/bases/**",
        "89 FR 52434",
        "1.2.3"
      })
  void wordsThatAreWhatTheyShow(String word) {
    assertThat(check("note: " + word)).isEmpty();
  }

  @Test
  void whatIsNoYamlOrWrittenToExhaustAReaderIsNoWordOfIt() {
    assertThat(check("a: [")).isEmpty();
    assertThat(check("[".repeat(100_000))).isEmpty();
    StringBuilder laughs = new StringBuilder("a0: &a0 [no, no]\n");
    for (int i = 1; i < 20; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(check(laughs.toString())).hasSize(2);
    assertThat(check("a: no\n---\nb: no\n")).hasSize(1);
  }

  private static List<Diagnostic> check(String text) {
    return CloudFormationYaml.check(new PolicyFile("x.yaml", text));
  }

  private record Ran(int exitCode, String output, String error) {}

  private Ran run(String... more) {
    String[] arguments =
        Stream.concat(
                Stream.of("--policies", folder.toString()),
                more.length == 0 ? Stream.of("--template", TEMPLATE.toString()) : Stream.of(more))
            .toArray(String[]::new);
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exitCode = CommandLineTool.run(new DeployCheckCommand(), arguments);
      return new Ran(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }
}
