package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static updategateway.cli.policy.Ran.SHIPPED;
import static updategateway.cli.policy.Ran.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanCommandTest {
  private static final String POLICY = "us-icts-2021-002.yaml";
  private static final String AT = "2024-08-01T00:00:00Z";

  @Test
  void theSameFilesChangeNothing() {
    Ran ran = policy("plan", "--policies", SHIPPED.toString(), "--against", SHIPPED.toString());
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("Nothing would change");
  }

  @Test
  void aMovedDateIsSaidToTheInstantAndWarnedOf(@TempDir Path folder) {
    Path moved = edited(folder, POLICY, "2024-09-29 00:00", "2024-10-31 00:00");
    Ran ran = plan(moved, AT);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.flowing())
        .contains(
            "WARNING 2 changes open what is refused.",
            "From 2024-09-29T04:00:00Z (Sunday, 29 September 2024, 00:00 in America/New_York (UTC-04:00))"
                + " until, and not including, 2024-10-31T04:00:00Z (Thursday, 31 October 2024, 00:00 in"
                + " America/New_York (UTC-04:00)), requests for integration, licensing, patch-update, resale,"
                + " signature-update, telemetry and unclassified of every product except security-training and"
                + " threat-intelligence, made by clients located in the United States (US) with American Samoa"
                + " (US-AS), Guam (US-GU), Northern Mariana Islands (US-MP), Puerto Rico (US-PR), U.S. Outlying"
                + " Islands (US-UM), U.S. Virgin Islands (US-VI) or clients whose account is registered in the"
                + " United States (US) with",
            "are refused by the set in force and would be served.",
            "are refused as undetermined by the set in force and would be served.",
            "Refused so far by us-icts-2021-002, phase updates: Final determination on Kaspersky Lab, Inc., 89 FR"
                + " 52434",
            "This opens what is refused.",
            "phases[updates].from was 2024-09-29 00:00 America/New_York (2024-09-29T04:00:00Z) and becomes"
                + " 2024-10-31 00:00 America/New_York (2024-10-31T04:00:00Z)",
            "Summary: 2 changes of outcomes (2 milder, 0 stricter), 1 policy (1 written otherwise) and the same"
                + " routes.");
    assertThat(ran.out()).doesNotContain("in the past");
  }

  @Test
  void whatTakesEffectInThePastIsWarnedOf(@TempDir Path folder) {
    Path moved = edited(folder, POLICY, "2024-09-29 00:00", "2024-09-01 00:00");
    assertThat(plan(moved, AT).out()).doesNotContain("in the past", "opens");
    Ran later = plan(moved, "2024-09-15T00:00:00Z");
    assertThat(later.flowing())
        .contains(
            "WARNING 2 changes take effect in the past, that is at once.",
            "Its beginning is in the past: it takes effect as soon as the set is in force.");
    assertThat(plan(moved, "2024-11-01T00:00:00Z").flowing())
        .contains("This lies wholly in the past: it changes no answer from now on")
        .doesNotContain("WARNING");
  }

  @Test
  void aRouteThatOpensIsSaidWithAPathAndWhoIsConcerned(@TempDir Path folder) {
    Path opened =
        edited(
            folder,
            "catalog.yaml",
            "routes:\n",
            "routes:\n  - path: /bases/*.txt\n    product: advisories\n    activity: informational\n");
    Ran ran = plan(opened, AT);
    assertThat(ran.flowing())
        .contains(
            "No outcome of any product and activity, for anybody, at any time.",
            "were endpoint-security, signature-update (route /bases/**) and become advisories, informational"
                + " (route /bases/*.txt).",
            "Paths such as /bases/example.txt",
            "From 2024-09-29T04:00:00Z",
            "such requests made by clients located in the United States (US)",
            "are refused by the set in force and would be served.",
            "changes open what is refused",
            "Route 1 is new: /bases/*.txt is advisories, informational.");
  }

  @Test
  void movedRoutesAndNotesAreNotOmitted(@TempDir Path folder) throws IOException {
    Path changed = edited(folder, POLICY, "title: Final", "title: The final");
    Path catalog = changed.resolve("catalog.yaml");
    Files.writeString(
        catalog,
        Files.readString(catalog)
                .replace("  # Exempt by product.\n", "")
                .replace(
                    "  - path: /bases/**\n    product: endpoint-security\n    activity: signature-update\n",
                    "")
            + "  - path: /bases/**\n    product: endpoint-security\n    activity: signature-update\n    note: moved\n");
    Ran ran = plan(changed, AT);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.flowing())
        .contains(
            "no outcome changes",
            "title was Final determination on Kaspersky Lab, Inc. and becomes The final determination",
            "Route 1 becomes route ",
            " has another note: /bases/** is");
  }

  @Test
  void aRouteThatTakesOtherNamesIsSaid(@TempDir Path folder) {
    Path any =
        edited(
            folder,
            "catalog.yaml",
            "    activity: signature-update\n",
            "    activity: signature-update\n    names: any\n");
    assertThat(plan(any, AT).flowing())
        .contains(
            "no outcome changes",
            "Route 1 now takes any file name: /bases/** is endpoint-security, signature-update,"
                + " names: any.");
    JsonNode json =
        policy("plan", "--json", "--policies", SHIPPED.toString(), "--against", any.toString())
            .json();
    assertThat(json.at("/routes/0/edit").asText()).isEqualTo("names");
    assertThat(json.at("/routes/0/names").isMissingNode()).isTrue();
    assertThat(json.at("/routes/0/sentence").asText())
        .startsWith("Route 1 now takes portable file names only");
    assertThat(
            policy("plan", "--json", "--policies", any.toString(), "--against", SHIPPED.toString())
                .json()
                .at("/routes/0/names")
                .asText())
        .isEqualTo("any");
  }

  @Test
  void asJsonItHasTheSameStatements(@TempDir Path folder) {
    Path moved = edited(folder, POLICY, "2024-09-29 00:00", "2024-10-31 00:00");
    JsonNode json =
        policy(
                "plan",
                "--json",
                "--at",
                AT,
                "--policies",
                moved.toString(),
                "--against",
                SHIPPED.toString())
            .json();
    assertThat(json.path("changes").asBoolean()).isTrue();
    assertThat(json.path("statements")).hasSize(2);
    JsonNode first = json.path("statements").path(0);
    assertThat(first.path("from").asText()).isEqualTo("2024-09-29T04:00:00Z");
    assertThat(first.path("until").asText()).isEqualTo("2024-10-31T04:00:00Z");
    assertThat(first.path("opens").asBoolean()).isTrue();
    assertThat(first.at("/bases/0/phase").asText()).isEqualTo("updates");
    assertThat(json.at("/policies/0/fields/0/path").asText()).isEqualTo("phases[updates].from");
    assertThat(json.path("before").asText()).isNotEqualTo(json.path("after").asText()).hasSize(64);
  }

  static final String OFFICE =
      """
      corrections:
        - id: office
          address: 198.41.0.0/24
          place: DE
          because: we know
          approved-by: Jo Doe
          from: 2024-07-01 00:00 Europe/Berlin
          until: 2024-08-10 00:00 Europe/Berlin
      """;

  @Test
  void aCorrectionIsSaidInFullAndWarnedOf(@TempDir Path folder) {
    Path corrected = edited(folder, "corrections.yaml", "corrections: []\n", OFFICE);
    Ran ran = plan(corrected, "2024-07-15T00:00:00Z");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.flowing())
        .contains(
            "but some clients are put elsewhere, which changes theirs, see below.",
            "WARNING 2 changes open what is refused.",
            "The correction office is new: it puts clients with an address in 198.41.0.0/24 in Germany"
                + " (DE) from 2024-06-30T22:00:00Z (Monday, 1 July 2024, 00:00 in Europe/Berlin (UTC+02:00))"
                + " until, and not including, 2024-08-09T22:00:00Z (Saturday, 10 August 2024, 00:00 in"
                + " Europe/Berlin (UTC+02:00)), because: we know (approved by Jo Doe).",
            "It opens something that is refused.",
            "Summary: 2 changes of outcomes (2 milder, 0 stricter), the same policies, the same routes and 1"
                + " edit of corrections.")
        .doesNotContain("end within two weeks");
  }

  private static final String BRANCH =
      OFFICE
          .replace("2024-07-01 00:00", "2026-11-01 00:00")
          .replace("2024-08-10 00:00", "2027-04-01 00:00");

  @Test
  void whatACorrectionOpensIsSaidWithWhomAndFromWhenUntilWhen(@TempDir Path folder) {
    Path corrected = edited(folder, "corrections.yaml", "corrections: []\n", BRANCH);
    Ran ran = plan(corrected, "2026-11-25T00:00:00Z");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.flowing())
        .contains(
            "changes open what is refused.",
            "changes take effect in the past, that is at once.",
            "From 2026-10-31T23:00:00Z (Sunday, 1 November 2026, 00:00 in Europe/Berlin (UTC+01:00)) until, and"
                + " not including, 2027-03-31T22:00:00Z (Thursday, 1 April 2027, 00:00 in Europe/Berlin"
                + " (UTC+02:00)), requests for",
            "made from an address in 198.41.0.0/24 by clients located in the United States (US) with",
            "as the edge and databases have it, are refused by the set in force and would be served.",
            "By the correction office.",
            "Refused so far by us-icts-2021-002, phase updates",
            "This opens what is refused.",
            "Its beginning is in the past: it takes effect as soon as the set is in force.")
        .doesNotContain("no outcome changes");
    JsonNode json = json(corrected, SHIPPED, "2026-11-25T00:00:00Z");
    JsonNode statement = json.at("/statements/0");
    assertThat(statement.path("from").asText()).isEqualTo("2026-10-31T23:00:00Z");
    assertThat(statement.path("until").asText()).isEqualTo("2027-03-31T22:00:00Z");
    assertThat(statement.path("opens").asBoolean()).isTrue();
    assertThat(statement.path("beginsInThePast").asBoolean()).isTrue();
    assertThat(statement.path("after").asText()).isEqualTo("serve");
    assertThat(statement.at("/sender/address").asText()).isEqualTo("198.41.0.0/24");
    assertThat(statement.at("/corrections/0").asText()).isEqualTo("office");
    assertThat(statement.path("cautions")).hasSize(2);
    assertThat(json.path("warnings")).hasSize(2);
  }

  @Test
  void takingItAwayClosesAndPuttingClientsInScopeClosesToo(@TempDir Path folder)
      throws IOException {
    Path corrected = edited(folder, "corrections.yaml", "corrections: []\n", BRANCH);
    JsonNode removed = json(SHIPPED, corrected, "2026-11-25T00:00:00Z");
    assertThat(removed.path("statements")).isNotEmpty();
    assertThat(removed.path("statements"))
        .noneMatch(statement -> statement.path("opens").asBoolean());
    assertThat(removed.at("/corrections/0/consequence").asText())
        .isEqualTo("It closes something that is not refused.");
    Files.writeString(
        corrected.resolve("corrections.yaml"), BRANCH.replace("place: DE", "place: US"));
    assertThat(json(corrected, SHIPPED, "2026-11-25T00:00:00Z").path("statements"))
        .anyMatch(statement ->
            !statement.path("opens").asBoolean()
                && statement.path("before").asText().equals("serve")
                && statement.path("after").asText().equals("refuse"));
  }

  @Test
  void aCorrectionOfAnAgentOnlyMakesStricterAndIsSaidToDoSo(@TempDir Path folder) {
    String ship =
        BRANCH
            .replace("address: 198.41.0.0/24", "agent: agent-1")
            .replace("place: DE", "place: PR");
    Path corrected = edited(folder, "corrections.yaml", "corrections: []\n", ship);
    Ran ran = plan(corrected, "2026-11-25T00:00:00Z");
    assertThat(ran.flowing())
        .contains(
            "made with the agent id agent-1 by clients located in",
            "would be refused.",
            "It closes something that is not refused. Anybody can send the id of an agent, so its correction"
                + " only ever makes answers stricter than they are without it.")
        .doesNotContain("opens");
    JsonNode json = json(corrected, SHIPPED, "2026-11-25T00:00:00Z");
    assertThat(json.at("/statements/0/sender/agent").asText()).isEqualTo("agent-1");
    Path other = folder.resolve("other");
    assertThat(other.toFile().mkdir()).isTrue();
    Path harmless =
        edited(
            other, "corrections.yaml", "corrections: []\n", ship.replace("place: PR", "place: DE"));
    assertThat(plan(harmless, "2026-11-25T00:00:00Z").flowing())
        .contains("It changes no outcome", "no outcome changes");
  }

  private static JsonNode json(Path planned, Path against, String at) {
    return policy(
            "plan",
            "--json",
            "--at",
            at,
            "--policies",
            planned.toString(),
            "--against",
            against.toString())
        .json();
  }

  @Test
  void aCorrectionThatHasEndedOrEndsSoonIsNamedThoughNothingChanges(@TempDir Path folder) {
    Path corrected = edited(folder, "corrections.yaml", "corrections: []\n", OFFICE);
    assertThat(same(corrected, "2024-07-26T21:59:59Z").out()).doesNotContain("The correction");
    assertThat(same(corrected, "2024-07-26T22:00:00Z").flowing())
        .contains(
            "Corrections that have ended, or end within two weeks",
            "The correction office of 198.41.0.0/24 ends at 2024-08-09T22:00:00Z (Saturday, 10 August 2024, 00:00 in"
                + " Europe/Berlin (UTC+02:00)), in 14 days: look again",
            "Nothing would change");
    assertThat(same(corrected, "2024-08-09T21:00:00Z").flowing()).contains("in less than a day");
    Ran ended = same(corrected, "2024-08-09T22:00:00Z");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.flowing())
        .contains(
            "ended at 2024-08-09T22:00:00Z (Saturday, 10 August 2024, 00:00 in Europe/Berlin (UTC+02:00)) and"
                + " changes nothing any more: take it away");
    JsonNode json =
        policy(
                "plan",
                "--json",
                "--at",
                "2024-08-09T22:00:00Z",
                "--policies",
                corrected.toString(),
                "--against",
                SHIPPED.toString())
            .json();
    assertThat(json.path("endings")).hasSize(1);
    assertThat(json.at("/corrections/0/edit").asText()).isEqualTo("added");
    assertThat(json.at("/corrections/0/id").asText()).isEqualTo("office");
  }

  private static Ran same(Path folder, String at) {
    return policy(
        "plan", "--at", at, "--policies", folder.toString(), "--against", folder.toString());
  }

  @Test
  void mistakesAndUnreachableTablesAreNoPlan(@TempDir Path folder) {
    Path broken = edited(folder, POLICY, "id: updates", "id: Updates");
    assertThat(policy("plan", "--policies", broken.toString(), "--against", SHIPPED.toString()))
        .matches(ran -> ran.exitCode() == 2 && ran.err().contains("write updates"));
    assertThat(policy("plan", "--policies", SHIPPED.toString(), "--dynamodb", "http://127.0.0.1:1"))
        .matches(ran -> ran.exitCode() == 2)
        .matches(ran -> ran.err().contains("cannot be reached") && !ran.err().contains("\tat "));
  }

  @Test
  void whatCloudFormationWouldReadOtherwiseIsNoPlan(@TempDir Path folder) throws IOException {
    Path planned = edited(folder, POLICY, "[US, PR,", "[US, NO, PR,");
    Files.write(planned.resolve("latin.yaml"), new byte[] {'\n', 'i', (byte) 0xE9});
    Ran ran = plan(planned, AT);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains(
            "have 2 mistakes:",
            "latin.yaml:2: not UTF-8",
            "NO without quotes is false for CloudFormation; write \"NO\"");
  }

  @Test
  void whatIsProbablyNotMeantIsWarnedOf(@TempDir Path folder) {
    Path planned =
        edited(folder, POLICY, "[signature-update, patch-update,", "[patch-update, patch,");
    Ran ran = plan(planned, AT);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .containsPattern(
            "(?s)Warnings about the files\n  "
                + planned.resolve(POLICY)
                + ":\\d+: warning: phases\\[1\\].refuses\\[1\\]: no route has the activity `patch`");
    String[] same = {
      "plan", "--at", AT, "--policies", planned.toString(), "--against", planned.toString()
    };
    assertThat(policy(same).exitCode()).isZero();
    String[] strict = Stream.concat(Stream.of(same), Stream.of("--strict")).toArray(String[]::new);
    assertThat(policy(strict).exitCode()).isEqualTo(1);
    String[] json = Stream.concat(Stream.of(same), Stream.of("--json")).toArray(String[]::new);
    assertThat(policy(json).json().path("fileWarnings")).hasSize(1);
    assertThat(policy(json).json().path("warnings")).isEmpty();
  }

  private static Ran plan(Path planned, String at) {
    return policy(
        "plan", "--at", at, "--policies", planned.toString(), "--against", SHIPPED.toString());
  }

  /** The shipped files with a text in one of them replaced. */
  static Path edited(Path folder, String file, String text, String by) {
    try (Stream<Path> shipped = Files.list(SHIPPED)) {
      for (Path path : shipped.filter(p -> p.toString().endsWith(".yaml")).toList()) {
        Files.copy(path, folder.resolve(path.getFileName()));
      }
      Path edited = folder.resolve(file);
      String before = Files.readString(edited);
      assertThat(before).contains(text);
      Files.writeString(edited, before.replace(text, by));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
