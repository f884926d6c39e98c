package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static updategateway.cli.policy.Ran.SHIPPED;
import static updategateway.cli.policy.Ran.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateCommandTest {
  private static final String CATALOG =
      """
      routes:
        - path: /bases/**
          product: endpoint-security
          activity: signature-update
      """;

  /** Twelve different mistakes across the format, each in a line of its own. */
  private static final String TWELVE =
      """
      id: Twelve Mistakes
      title: one
      title: two
      authority: someone
      citation: ""
      scope:
        locations: [US, UK]
        subjects: [located, residents]
      products: ["*", vpn]
      exemptions:
        - note: everything
      phases:
        - id: one
          from: 2024-09-29 00:00 EDT
          refuses: [Patch Update]
        - id: one
          from: 2024-03-10 02:30 America/New_York
          refuses: [patch-update]
      permits:
        - id: late
          from: 2024-10-01 00:00 UTC
          until: 2024-09-01 00:00 UTC
          citation: a licence
      undetermined: refuse
      """;

  @Test
  void twelveMistakesGetTwelveMessagesEachWithItsLineAndWhatToWriteInstead(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
    Path file = Files.writeString(folder.resolve("p.yaml"), TWELVE);
    Ran ran = policy("validate", folder.toString());
    assertThat(ran.exitCode()).isEqualTo(1);
    List<String> lines = ran.out().lines().toList();
    assertThat(lines).hasSize(12);
    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line).startsWith(file + ":1: id: ").endsWith("; write twelve-mistakes"),
            line -> assertThat(line).startsWith(file + ":3: title: ").contains("stands in line 2"),
            line -> assertThat(line).startsWith(file + ":5: citation: ").contains("is empty"),
            line ->
                assertThat(line).startsWith(file + ":7: scope.locations[1]: ").endsWith("write GB"),
            line ->
                assertThat(line)
                    .startsWith(file + ":8: scope.subjects[1]: ")
                    .endsWith("write located or registered"),
            line -> assertThat(line).startsWith(file + ":9: products").contains("only the names"),
            line -> assertThat(line).startsWith(file + ":11: exemptions[0]").contains("name its"),
            line ->
                assertThat(line)
                    .startsWith(file + ":14: phases[0].from: ")
                    .endsWith("write America/New_York"),
            line ->
                assertThat(line)
                    .startsWith(file + ":15: phases[0].refuses[0]: ")
                    .endsWith("write patch-update"),
            line ->
                assertThat(line).startsWith(file + ":16: phases[1].id: ").contains("is that of"),
            line ->
                assertThat(line)
                    .startsWith(file + ":17: phases[1].from: ")
                    .contains("does not exist"),
            line ->
                assertThat(line)
                    .startsWith(file + ":20: permits[0]: ")
                    .contains("later than from"));
    assertThat(ran.err()).contains("12 mistakes");
  }

  @Test
  void aThirteenthIsNotLost(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), TWELVE.replace("refuse\n", "maybe\n"));
    assertThat(policy("validate", file.toString()).out().lines()).hasSize(13);
  }

  @Test
  void aNoteSaysWhatACodeDoesNotCoverAndFailsNothing(@TempDir Path folder) throws IOException {
    String shipped = Files.readString(SHIPPED.resolve("us-icts-2021-002.yaml"));
    Path file =
        Files.writeString(
            folder.resolve("us-icts-2021-002.yaml"),
            shipped.replaceFirst("(?m)^  locations: .*$", "  locations: [FR-974, CN]"));
    Ran ran = policy("validate", "--strict", file.toString());
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out())
        .contains(
            ": note: scope.locations[0]: FR-974 is RE; FR alone does not cover it",
            ": note: scope.locations[1]: CN does not cover HK, MO, TW; list those that are meant");
    assertThat(policy("validate", SHIPPED.toString()).out()).doesNotContain("note:");
    assertThat(policy("validate", "--json", file.toString()).out())
        .contains("\"notes\"", "FR-974 is RE");
  }

  @Test
  void theShippedFilesAreRightAndTheirSetIsNamed() {
    Ran ran = policy("validate", SHIPPED.toString());
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out())
        .containsPattern(
            "Nothing is wrong\\. 1 policy and \\d+ routes make the policy set [0-9a-f]{64}");
  }

  @Test
  void filesNeedNotBeAWholeSet(@TempDir Path folder) throws IOException {
    Path policy = SHIPPED.resolve("us-icts-2021-002.yaml");
    assertThat(policy("validate", policy.toString()).exitCode()).isZero();
    assertThat(policy("validate", SHIPPED.resolve("catalog.yaml").toString()).exitCode()).isZero();
    Files.copy(policy, folder.resolve("only.yaml"));
    Ran ran = policy("validate", folder.toString());
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("catalog.yaml: there is no catalog");
  }

  @Test
  void asJsonItSaysTheSame(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), TWELVE);
    Ran ran = policy("validate", "--json", file.toString());
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.json().path("valid").asBoolean(true)).isFalse();
    assertThat(ran.json().path("findings")).hasSize(12);
    assertThat(ran.json().at("/findings/0/line").asInt()).isEqualTo(1);
    assertThat(ran.json().at("/findings/0/remedy").asText()).isEqualTo("write twelve-mistakes");
    assertThat(policy("validate", "--json", SHIPPED.toString()).json().path("digest").asText())
        .hasSize(64);
  }

  @Test
  void whatCannotBeReadIsSaid(@TempDir Path folder) throws IOException {
    assertThat(policy("validate", "/no/such/file.yaml"))
        .matches(ran -> ran.exitCode() == 2 && ran.err().contains("cannot be read"));
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'i', (byte) 0xE9});
    assertThat(policy("validate", latin.toString()))
        .matches(ran -> ran.exitCode() == 1 && ran.out().contains("not UTF-8"));
    assertThat(policy("validate", folder.toString(), latin.toString()).exitCode()).isEqualTo(2);
    assertThat(policy("validate", "--colour").exitCode()).isEqualTo(2);
    assertThat(policy("frobnicate").exitCode()).isEqualTo(2);
    assertThat(policy().exitCode()).isEqualTo(2);
  }

  @Test
  void whatCloudFormationReadsOtherwiseIsFoundTogetherWithEverythingElse(@TempDir Path folder)
      throws IOException {
    Files.writeString(
        folder.resolve("catalog.yaml"),
        CATALOG + "    note: on\n  - path: /x\n    product: 0123\n");
    Path file =
        Files.writeString(
            folder.resolve("p.yaml"),
            """
            id: p
            title: 1.10
            authority: yes
            citation:
            scope:
              locations: [US, NO, "NO"]
              subjects: [located, residents]
            products: ["*"]
            phases:
              - id: "on"
                from: 2024-09-29 00:00 America/New_York
                refuses: [off, "null"]
            permits:
            undetermined: refuse
            """);
    Ran ran = policy("validate", folder.toString());
    assertThat(ran.exitCode()).isEqualTo(1);
    Path catalog = folder.resolve("catalog.yaml");
    assertThat(ran.out().lines())
        .containsExactly(
            catalog
                + ":5: routes[0].note: on without quotes is true for CloudFormation; write \"on\"",
            catalog + ":6: routes[1]: a route has no activity; add activity: signature-update",
            catalog
                + ":7: routes[1].product: 0123 without quotes is a number for CloudFormation; write"
                + " \"0123\"",
            file + ":2: title: 1.10 without quotes is a number for CloudFormation; write \"1.10\"",
            file + ":3: authority: yes without quotes is true for CloudFormation; write \"yes\"",
            file
                + ":4: citation: the text is empty; write it, or leave the key out where it is"
                + " optional",
            file
                + ":6: scope.locations[1]: NO without quotes is false for CloudFormation; write"
                + " \"NO\"",
            file
                + ":7: scope.subjects[1]: `residents` is not one of the words for this; write located"
                + " or registered",
            file
                + ":12: phases[0].refuses[0]: off without quotes is false for CloudFormation; write"
                + " \"off\"",
            file
                + ":13: permits: a list is expected here, not nothing; write [], or leave the key out"
                + " where it is optional");
    assertThat(policy("validate", file.toString()).exitCode()).isEqualTo(1);
    assertThat(policy("validate", "--json", folder.toString()).json().path("findings")).hasSize(10);
  }

  @Test
  void whatCannotBeReadInAFolderIsNamedAndHidesNothing(@TempDir Path folder) throws IOException {
    Files.write(
        folder.resolve("catalog.yaml"),
        CATALOG.replace("bases", "b\u00e4ses").getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(folder.resolve("a.yaml"), TWELVE);
    Files.writeString(folder.resolve("bom.yaml"), "\uFEFF" + TWELVE);
    Files.createDirectory(folder.resolve("dir.yaml"));
    Files.createFile(folder.resolve("empty.yaml"));
    Files.createSymbolicLink(folder.resolve("gone.yaml"), folder.resolve("nowhere"));
    Files.writeString(folder.resolve("large.yaml"), "#".repeat(10 << 20));
    Files.createSymbolicLink(folder.resolve("loop.yml"), folder.resolve("loop.yml"));
    Files.writeString(folder.resolve("Other.YAML"), "id: other");
    Files.writeString(folder.resolve("notes.txt"), "not read");
    Files.write(folder.resolve("wide.yaml"), "id: p".getBytes(StandardCharsets.UTF_16));
    Ran ran = policy("validate", folder.toString());
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).doesNotContain("\tat ");
    List<String> lines = ran.out().lines().toList();
    assertThat(lines.stream().filter(line -> line.startsWith(folder + "/a.yaml:"))).hasSize(12);
    assertThat(lines.stream().filter(line -> line.startsWith(folder + "/bom.yaml:")))
        .hasSize(14)
        .anyMatch(line -> line.contains(":1: the file begins with a byte order mark"))
        .anyMatch(line -> line.contains("the policy in a.yaml has the id"));
    assertThat(
            lines.stream()
                .filter(line -> !line.contains("/a.yaml") && !line.contains("/bom.yaml"))
                .map(line -> line.substring(folder.toString().length() + 1)))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("Other.YAML: not read").contains("rename it"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "catalog.yaml:2: not UTF-8: the byte 0xE4 at offset 20, character 13 of the"
                            + " line; save the file as UTF-8 (as Windows-1252 that byte is \u00e4)"),
            line -> assertThat(line).startsWith("dir.yaml: a folder with the name of a file; "),
            line -> assertThat(line).startsWith("empty.yaml:1: the file is empty; "),
            line -> assertThat(line).startsWith("gone.yaml: a link that leads nowhere; "),
            line -> assertThat(line).startsWith("large.yaml: a file of more than 4 mebibytes; "),
            line -> assertThat(line).startsWith("loop.yml: a link that leads nowhere; "),
            line -> assertThat(line).startsWith("wide.yaml:1: the file is UTF-16; save it as"));
    assertThat(policy("plan", "--policies", folder.toString(), "--against", SHIPPED.toString()))
        .matches(other -> other.exitCode() == 2 && other.err().lines().count() == lines.size() + 1);
    assertThat(policy("explain", "--policies", folder.toString(), "--product", "a").err())
        .contains("catalog.yaml:2: not UTF-8", "a.yaml:7:");
  }

  @Test
  void aFileThatThisUserMayNotReadIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), TWELVE);
    Files.setPosixFilePermissions(file, Set.of());
    assumeThat(Files.isReadable(file)).as("the superuser reads everything").isFalse();
    assertThat(policy("validate", folder.toString()).out())
        .contains("p.yaml: this user may not read the file", "there is no catalog");
  }

  private static final String DOUBTFUL =
      """
      id: p
      title: a title
      authority: an authority
      citation: 1 FR 1
      scope:
        locations: [US, US]
        subjects: [located]
      products: ["*"]
      phases:
        - id: updates
          from: 2024-09-29 00:00 America/New_York
          refuses: [upgrades]
      undetermined: refuse
      """;

  @Test
  void aFolderWithoutAnyPolicyIsAMistakeUnlessThatIsSaid(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
    String mistake =
        folder.resolve("catalog.yaml")
            + ": there is no policy beside it, so that everything would be served to everybody;"
            + " add one, or say --without-policies if that is meant";
    Ran ran = policy("validate", folder.toString());
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out().lines()).containsExactly(mistake);
    assertThat(policy("validate", "--without-policies", folder.toString()).exitCode()).isZero();
    Ran plan = policy("plan", "--policies", folder.toString(), "--against", SHIPPED.toString());
    assertThat(plan.exitCode()).isEqualTo(2);
    assertThat(plan.err()).contains("there is no policy beside it");
    Ran meant =
        policy(
            "plan",
            "--policies",
            folder.toString(),
            "--against",
            SHIPPED.toString(),
            "--without-policies");
    assertThat(meant.exitCode()).isEqualTo(1);
    Files.writeString(folder.resolve("catalog.yaml"), CATALOG.replace("/bases", "bases"));
    assertThat(policy("validate", folder.toString()).out().lines())
        .as("beside what else is wrong")
        .hasSize(2)
        .contains(mistake);
  }

  @Test
  void aPolicyInAFolderInsideIsNotPassedOver(@TempDir Path folder) throws IOException {
    Files.copy(SHIPPED.resolve("catalog.yaml"), folder.resolve("catalog.yaml"));
    Files.copy(SHIPPED.resolve("us-icts-2021-002.yaml"), folder.resolve("us.yaml"));
    Path inside = Files.createDirectory(folder.resolve("new"));
    Files.writeString(inside.resolve("note.txt"), "no policy");
    Files.writeString(inside.resolve(".#p.yaml"), "an editor's lock");
    assertThat(policy("validate", folder.toString()).exitCode()).isZero();
    Files.copy(SHIPPED.resolve("us-icts-2021-002.yaml"), inside.resolve("p.yaml"));
    Ran ran = policy("validate", folder.toString());
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out().lines())
        .containsExactly(
            inside.resolve("p.yaml")
                + ": not read, because it is in a folder of its own; move it beside the catalog, or"
                + " out of here if it is no policy");
  }

  @Test
  void whatIsAllowedAndProbablyNotMeantIsWarnedOfAndCountsOnlyWhenStrict(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
    Path file = Files.writeString(folder.resolve("p.yaml"), DOUBTFUL);
    Ran ran = policy("validate", folder.toString());
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out().lines().limit(2))
        .containsExactly(
            file
                + ":6: warning: scope.locations[1]: `US` stands in the list already; take one of the"
                + " two out",
            file
                + ":12: warning: phases[0].refuses[0]: no route has the activity `upgrades`,"
                + " so that nothing is refused by it; write one of signature-update, unclassified,"
                + " or add a route");
    assertThat(ran.out()).contains("Nothing is wrong.");
    assertThat(ran.err()).contains("2 warnings.");
    assertThat(policy("validate", "--strict", folder.toString()).exitCode()).isEqualTo(1);
    assertThat(policy("validate", "--strict", SHIPPED.toString()).exitCode()).isZero();
    assertThat(policy("validate", file.toString()).out())
        .as("without a catalog nobody knows its words")
        .contains(":6: warning")
        .doesNotContain(":12:");
    Ran json = policy("validate", "--json", folder.toString());
    assertThat(json.exitCode()).isZero();
    assertThat(json.json().path("valid").asBoolean()).isTrue();
    assertThat(json.json().path("findings")).isEmpty();
    assertThat(json.json().path("warnings")).hasSize(2);
    assertThat(json.json().at("/warnings/1/line").asInt()).isEqualTo(12);
    assertThat(json.json().at("/warnings/1/remedy").asText()).startsWith("write one of");
    Files.writeString(file, DOUBTFUL.replace("[upgrades]", "[signature-updates]"));
    Ran misspelt = policy("validate", folder.toString());
    assertThat(misspelt.exitCode()).isEqualTo(1);
    assertThat(misspelt.out())
        .contains("p.yaml:12: phases[0].refuses[0]: no route has the activity `signature-updates`")
        .contains("write signature-update, or add a route if there are both");
  }

  @Test
  void aTerminalObeysNothingThatStandsInAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), TWELVE + "\"\\e[31mcolour\": red\n");
    assertThat(policy("validate", file.toString()).out())
        .contains("a policy has no key `\uFFFD[31mcolour`")
        .doesNotContain("\u001b");
  }

  @Test
  void coloursOnlyWhereTheyAreWanted(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), TWELVE);
    assertThat(policy(true, "validate", file.toString()).err()).contains("\u001b[31m");
    assertThat(policy(false, "validate", file.toString()).err()).doesNotContain("\u001b");
    assertThat(policy(false, "validate", "--help").out()).doesNotContain("\u001b");
  }

  @Test
  void everyCommandExplainsItself() {
    assertThat(policy("--help").out())
        .contains(
            "validate",
            "plan",
            "deploy",
            "show",
            "explain",
            "history",
            "rollback",
            "timeline",
            "Exit codes");
    for (String command :
        List.of(
            "validate", "plan", "deploy", "show", "explain", "history", "rollback", "timeline")) {
      Ran ran = policy(command, "--help");
      assertThat(ran.exitCode()).as(command).isZero();
      assertThat(ran.out())
          .as(command)
          .contains("scripts/policy " + command, "--json", "Exit codes");
    }
  }
}
