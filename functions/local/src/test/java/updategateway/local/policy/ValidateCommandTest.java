package updategateway.local.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static updategateway.local.policy.Ran.SHIPPED;
import static updategateway.local.policy.Ran.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        .matches(ran -> ran.exitCode() == 2 && ran.err().contains("not UTF-8"));
    assertThat(policy("validate", folder.toString(), latin.toString()).exitCode()).isEqualTo(2);
    assertThat(policy("validate", "--colour").exitCode()).isEqualTo(2);
    assertThat(policy("frobnicate").exitCode()).isEqualTo(2);
    assertThat(policy().exitCode()).isEqualTo(2);
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
