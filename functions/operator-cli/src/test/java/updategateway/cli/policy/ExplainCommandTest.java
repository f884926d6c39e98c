package updategateway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static updategateway.cli.policy.Ran.SHIPPED;
import static updategateway.cli.policy.Ran.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplainCommandTest {
  private static final String INSTANT = "2024-09-29 00:00 America/New_York";

  @ParameterizedTest(name = "{0} {1} at {2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --country US                     | --path /bases/main.cvd                                    | 2024-09-29T04:00:00Z     | refuse
          --country US                     | --path /bases/main.cvd                                    | 2024-09-29T03:59:59.999Z | serve
          --country PR                     | --product vpn --activity patch-update                     | 2024-09-29T04:00:00Z     | refuse
          --country US --subdivision CA    | --product vpn --activity patch-update                     | 2024-09-29T04:00:00Z     | refuse
          --country US-CA                  | --product vpn --activity patch-update                     | 2024-09-29T04:00:00Z     | refuse
          --country DE                     | --product vpn --activity patch-update                     | 2024-09-29T04:00:00Z     | serve
          --country DE --registered US,CA  | --product vpn --activity patch-update                     | 2024-09-29T04:00:00Z     | refuse
          --country DE --registered unknown| --product vpn --activity patch-update                     | 2024-09-29T04:00:00Z     | undetermined
          --country DE,US                  | --product vpn --activity patch-update                     | 2024-09-29T04:00:00Z     | refuse
          --at 2024-09-29T04:00:00Z        | --product vpn --activity patch-update                     | 2024-09-29T04:00:00Z     | undetermined
          --country US                     | --product security-training --activity patch-update       | 2024-09-29T04:00:00Z     | serve
          --country US                     | --product vpn --activity informational                    | 2024-09-29T04:00:00Z     | serve
          --country US                     | --path /nobody/classified/this                            | 2024-09-29T04:00:00Z     | refuse
          """)
  void theOutcomeIsTheDecisions(String who, String what, String at, String outcome) {
    List<String> arguments = new ArrayList<>(List.of("explain", "--json"));
    arguments.addAll(List.of("--policies", SHIPPED.toString()));
    arguments.addAll(List.of(who.split(" ")));
    arguments.addAll(List.of(what.split(" ")));
    if (!who.contains("--at")) {
      arguments.addAll(List.of("--at", at));
    }
    Ran ran = policy(arguments.toArray(String[]::new));
    assertThat(ran.exitCode()).as(ran.toString()).isZero();
    assertThat(ran.json().path("outcome").asText()).isEqualTo(outcome);
  }

  @Test
  void aPolicyOfTheOperatorsOwnIsNotExplainedAsALaw(@TempDir Path folder) {
    String policy = "us-icts-2021-002.yaml";
    String[] explain = {
      "explain", "--policies", SHIPPED.toString(), "--country", "US", "--path", "/bases/main.cvd"
    };
    assertThat(policy(explain).flowing()).doesNotContain("the operator's own policy");
    explain[2] =
        PlanCommandTest.edited(
                folder, policy, "\nundetermined:", "\nbasis: operator\nundetermined:")
            .toString();
    assertThat(policy(explain).flowing()).contains("It is the operator's own policy, not a law.");
    String[] asJson = {
      "explain", "--policies", explain[2], "--json", "--country", "US", "--path", "/bases/main.cvd"
    };
    assertThat(policy(asJson).json().path("policies").path(0).path("basis").asText())
        .isEqualTo("operator");
    String[] plan = {"plan", "--against", SHIPPED.toString(), "--policies", explain[2]};
    assertThat(policy(plan).flowing()).contains("basis is new: operator");
  }

  private static final String SHIP =
      """
        - id: ship
          agent: 7f3e
          place: PR
          because: we know
          approved-by: Jo Doe
          from: 2024-07-01 00:00 Europe/Berlin
          until: 2024-08-10 00:00 Europe/Berlin
      """;

  @Test
  void aCorrectionIsNamedThatPutsTheClientElsewhere(@TempDir Path folder) {
    Path corrected =
        PlanCommandTest.edited(
            folder, "corrections.yaml", "corrections: []\n", PlanCommandTest.OFFICE + SHIP);
    Ran ran =
        policy(
            "explain",
            "--policies",
            corrected.toString(),
            "--country",
            "US",
            "--path",
            "/products/vpn/agreements/a",
            "--at",
            "2024-08-01T00:00:00Z",
            "--address",
            "198.41.0.7");
    assertThat(ran.exitCode()).as(ran.toString()).isZero();
    assertThat(ran.flowing())
        .contains(
            "by a client located in the United States (US)",
            "The correction office of 198.41.0.0/24 puts it in Germany (DE), until"
                + " 2024-08-09T22:00:00Z, whatever else says where it is.",
            "Served.",
            "2024-08-09T22:00:00Z");
    Ran elsewhere =
        policy(
            "explain",
            "--json",
            "--policies",
            corrected.toString(),
            "--country",
            "US",
            "--path",
            "/products/vpn/agreements/a",
            "--at",
            "2024-08-01T00:00:00Z",
            "--address",
            "198.41.1.7");
    assertThat(elsewhere.json().path("outcome").asText()).isEqualTo("refuse");
    assertThat(elsewhere.json().path("corrections")).isEmpty();
    Ran agent =
        policy(
            "explain",
            "--policies",
            corrected.toString(),
            "--country",
            "DE",
            "--path",
            "/products/vpn/agreements/a",
            "--at",
            "2024-08-01T00:00:00Z",
            "--agent",
            "7f3e");
    assertThat(agent.flowing())
        .contains(
            "The correction ship of agent 7f3e puts it in Puerto Rico (US-PR), until"
                + " 2024-08-09T22:00:00Z, beside all else that says where it is.",
            "Refused by us-icts-2021-002.");
    assertThat(
            policy(
                    "explain",
                    "--policies",
                    corrected.toString(),
                    "--address",
                    "198.41.7",
                    "--product",
                    "x",
                    "--activity",
                    "y")
                .err())
        .contains("--address is 198.41.7: write an IPv4 or IPv6 address");
  }

  @Test
  void everyRuleIsSaidWithItsCitation() {
    Ran ran =
        policy(
            "explain",
            "--policies",
            SHIPPED.toString(),
            "--country",
            "US",
            "--path",
            "/bases/main.cvd",
            "--at",
            INSTANT);
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.flowing())
        .contains(
            "The path /bases/main.cvd is signature-update of endpoint-security.",
            "Refused by us-icts-2021-002. This never changes by itself.",
            "89 FR 52434",
            "1. The policy reaches the client.",
            "Its location, the United States (US): the policy lists the United States (US).",
            "2. It applies to what is asked for, at this time.",
            "Product: the policy is about every product.",
            "Phase updates: refuses it from 2024-09-29T04:00:00Z (Sunday, 29 September 2024, 00:00 in"
                + " America/New_York (UTC-04:00)) on, which is now.",
            "Exemption: none of its 3 matches.",
            "Permit: the policy has none.",
            "3. So this policy refuses.",
            "4. Of all policies the strictest counts: refused, by us-icts-2021-002.",
            "5. This never changes by itself.");
  }

  @Test
  void theNextChangeIsSaid() {
    Ran ran =
        policy(
            "explain",
            "--policies",
            SHIPPED.toString(),
            "--country",
            "US",
            "--product",
            "vpn",
            "--activity",
            "patch-update",
            "--at",
            "2024-09-29T03:59:59.999Z");
    assertThat(ran.flowing())
        .contains(
            "Served. This holds until, and not including, 2024-09-29T04:00:00Z (Sunday,",
            "from then on it is refused.",
            "which is not yet.");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --country us --path /a                        | --country is us, and no place has this code: write US.
          --country ZZ --path /a                        | --country is ZZ
          --subdivision CA --path /a                    | which --country?
          --country US                                  | What is asked for?
          --country US --path /a --product vpn          | leave out --product
          --country US --product VPN --activity x       | --product is VPN
          --country US --path /a//b                     | that the gateway answers with 400
          --country US --path /a --at tomorrow          | --at: not a time: tomorrow
          --country US --path /a --registered XX        | --registered is XX
          """)
  void whatCannotBeExplainedIsSaid(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("explain", "--policies", SHIPPED.toString()));
    all.addAll(List.of(arguments.split(" ")));
    Ran ran = policy(all.toArray(String[]::new));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(message).doesNotContain("Exception");
  }

  @Test
  void whatNothingKnowsIsSaidBesideTheAnswer() {
    Ran ran =
        explained(
            "--country", "DE", "--activity", "signature-updates", "--product", "endpoint-securty");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.flowing())
        .contains(
            "No route has and no policy names the activity signature-updates. Is signature-update"
                + " meant?",
            "No route has and no policy names the product endpoint-securty. Is endpoint-security"
                + " meant?",
            "No policy and no correction names Germany (DE) or a part of it.",
            "Served.");
    Ran known = explained("--country", "US-CA", "--activity", "resale", "--product", "vpn");
    assertThat(known.out()).doesNotContain("No route has", "No policy and");
    assertThat(
            explained("--json", "--country", "DE", "--activity", "resale", "--product", "vpn")
                .json()
                .path("warnings"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "US-ZZ | ISO 3166-2 has no such subdivision: write US-AZ, or US for the whole",
        "UK    | write GB",
        "us    | write US",
        "ZZ    | write an ISO 3166-1 alpha-2 code such as US, or an ISO 3166-2 code such as UA-43",
      })
  void aPlaceThatDoesNotExistIsAnErrorThatSaysWhatToWrite(String code, String remedy) {
    for (String option : List.of("--country", "--registered")) {
      Ran ran = explained(option, code, "--activity", "resale", "--product", "vpn");
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .contains(option + " is " + code + ", and no place has this code: " + remedy + ".");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--dynamodb, http://127.0.0.1:1",
    "--table, Other",
    "--profile, other",
    "--stack, gateway",
    "--region, eu-central-1"
  })
  void aTableThatNobodyWouldLookAtIsAnErrorThatSaysWhatToAdd(String option, String value) {
    Ran ran =
        explained("--country", "US", "--activity", "resale", "--product", "vpn", option, value);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains(option + " names a table, and the files need none: add --in-force");
    assertThat(policy("timeline", "--policies", SHIPPED.toString(), option, value))
        .matches(other -> other.exitCode() == 2 && other.err().contains("add --in-force"));
    assertThat(
            policy(
                "plan",
                "--policies",
                SHIPPED.toString(),
                "--against",
                SHIPPED.toString(),
                option,
                value))
        .matches(other -> other.exitCode() == 2 && other.err().contains(option + " names a table"));
    assertThat(explained("--in-force", "--activity", "resale", "--product", "vpn").err())
        .contains("--policies names files, and --in-force the set in force");
  }

  private static Ran explained(String... more) {
    return policy(
        Stream.concat(Stream.of("explain", "--policies", SHIPPED.toString()), Stream.of(more))
            .toArray(String[]::new));
  }
}
