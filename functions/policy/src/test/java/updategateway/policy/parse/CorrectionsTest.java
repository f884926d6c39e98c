package updategateway.policy.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.policy.model.Correction;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Document;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.policy.testing.RandomPolicySets;

final class CorrectionsTest {
  private static final PolicyFile CATALOG =
      new PolicyFile(
          "catalog.yaml", "routes:\n  - path: /**\n    product: x\n    activity: patch-update\n");

  private static final String TWO =
      """
      corrections:
        - id: branch-office
          address: 198.41.0.0/24
          place: DE-BY
          because: The database knows the head office alone, ticket 4711
          approved-by: Jo Doe, trade compliance
          from: 2026-11-01 00:00 Europe/Berlin
          until: 2027-04-01 00:00 Europe/Berlin
          note: Ask again in spring.
        - id: traveller
          agent: 7f3e-11
          place: PR
          because: The customer says so
          approved-by: Jo Doe, trade compliance
          from: 2026-11-01T00:00:00Z
          until: 2026-12-01T00:00:00Z
      """;

  @Test
  void aCorrectionIsReadWithAllThatItSays() throws Exception {
    List<Correction> corrections = read(TWO).corrections();
    assertThat(corrections).hasSize(2);
    Correction office = corrections.getFirst();
    assertThat(office.id()).isEqualTo("branch-office");
    assertThat(office.target()).hasToString("198.41.0.0/24");
    assertThat(office.place()).hasToString("DE-BY");
    assertThat(office.because()).contains("ticket 4711");
    assertThat(office.approvedBy()).isEqualTo("Jo Doe, trade compliance");
    assertThat(office.span().from().instant()).isEqualTo(Instant.parse("2026-10-31T23:00:00Z"));
    assertThat(office.span().until())
        .extracting(time -> time.instant())
        .isEqualTo(Instant.parse("2027-03-31T22:00:00Z"));
    assertThat(corrections.getLast().place()).hasToString("US-PR");
    assertThat(corrections.getLast().target()).hasToString("agent 7f3e-11");
  }

  @ParameterizedTest
  @ValueSource(strings = {"corrections: []\n", "corrections: [ ] # x"})
  void aFileWithoutAnyIsNone(String text) throws Exception {
    PolicySet without = PolicyFiles.read(List.of(CATALOG));
    assertThat(read(text)).isEqualTo(without);
    assertThat(read(text).digest()).isEqualTo(without.digest());
  }

  @Test
  void aSetWithoutCorrectionsHasTheDigestThatItAlwaysHad() throws Exception {
    PolicySet set = PolicyFiles.read(List.of(CATALOG));
    String json =
        "{\"catalog\":{\"routes\":[{\"activity\":\"patch-update\",\"path\":\"/**\",\"product\":\"x\"}]},"
            + "\"policies\":[]}";
    assertThat(set.digest()).isEqualTo(Digest.ofBytes(json.getBytes(StandardCharsets.UTF_8)));
    assertThat(read(TWO).digest()).isNotEqualTo(set.digest());
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          id: branch-office                | -                                | :2: corrections[0]: a correction has no id
          id: branch-office                | id: Branch Office                | :2: corrections[0].id: `Branch Office` is not kebab-case; write branch-office
          address: 198.41.0.0/24           | address: 198.41.0.9/24           | :3: corrections[0].address: not a range of addresses: `198.41.0.9/24`; write 198.41.0.0/24
          address: 198.41.0.0/24           | address: 198.41.0.0              | write 198.41.0.0/32
          address: 198.41.0.0/24           | address: vendor.example          | write it like 198.41.0.0/24
          address: 198.41.0.0/24           | address: 198.0.0.0/7             | 198.0.0.0/7 is too large to be in one place; write ranges of /8
          address: 198.41.0.0/24           | address: 2600::/18               | 2600::/18 is too large to be in one place; write ranges of /19
          address: 198.41.0.0/24           | address: 10.1.0.0/16             | no client has a place by an address in 10.0.0.0/8
          address: 198.41.0.0/24           | address: 203.0.113.7/32          | in 203.0.113.0/24, a special-purpose range; take it out
          address: 198.41.0.0/24           | address: 192.0.0.0/8             | write the ranges around it
          address: 198.41.0.0/24           | address: "::ffff:0:0/96"         | write it like 198.41.0.0/24
          address: 198.41.0.0/24           | address: 2002:c629::/32          | in 2002::/16
          address: 198.41.0.0/24           | address: 64:ff9b::/96            | in ::/3
          address: 198.41.0.0/24           | address: 2001:db8::/48           | in 2001:db8::/32
          address: 198.41.0.0/24           | address: [198.41.0.0/24]         | a text is expected here, not a list
          address: 198.41.0.0/24           | addresses: 198.41.0.0/24         | a correction has no key `addresses`; write address
          address: 198.41.0.0/24           | -                                | a correction is about nobody; add address:
          agent: 7f3e-11                   | agent: ""                        | :11: corrections[1].agent: the text is empty
          agent: 7f3e-11                   | address: 8.8.8.0/24              | -
          agent: 7f3e-11                   | agent: " 7f3e-11 "               | corrections[1].agent: no agent can send the id
          agent: 7f3e-11                   | agent: müller                        | corrections[1].agent: no agent can send the id
          agent: 7f3e-11                   | agent: "a-1\\u00a0"                 | corrections[1].agent: no agent can send the id
          agent: 7f3e-11                   | agent: "7f3e-11,7f3e-12"         | write one id as the agent sends it, and a correction for each
          agent: 7f3e-11                   | agent: the desk                  | -
          agent: 7f3e-11                   | agent: 4C9FF69E-E0D0-4B9E-9B1C-2D8F5E0F7A11 | a UUID is compared in lower case, in which agents send it; write 4c9ff69e-e0d0
          agent: 7f3e-11                   | agent: 4c9ff69e-e0d0-4b9e-9b1c-2d8f5e0f7a11 | -
          place: DE-BY                     | place: Germany                   | no place has the code `Germany`
          place: DE-BY                     | place: DE-XX                     | ISO 3166-2 has no such subdivision
          place: DE-BY                     | -                                | a correction has no place; add place: DE
          because: The customer says so    | -                                | a correction has no because
          because: The customer says so    | because: " "                     | the text is empty
          approved-by: Jo Doe, trade       | approved: Jo Doe, trade          | a correction has no key `approved`
          until: 2026-12-01T00:00:00Z      | -                                | a correction has no until; add until:
          until: 2026-12-01T00:00:00Z      | until: 2026-11-01T00:00:00Z      | :16: corrections[1].until: it ends at 2026-11-01T00:00:00Z, before or as it begins
          until: 2026-12-01T00:00:00Z      | until: 2027-04-30T00:00:00Z      | -
          until: 2026-12-01T00:00:00Z      | until: 2027-04-30T00:00:00.001Z  | it holds for more than 180 days; end it at 2027-04-30T00:00:00Z or before
          until: 2026-12-01T00:00:00Z      | until: 2027-04-30T01:00:00Z      | it holds for more than 180 days; end it at 2027-04-30T00:00:00Z or before
          until: 2026-12-01T00:00:00Z      | until: 2026-12-01 00:00 EST      | EST
          id: traveller                    | id: branch-office                | the id `branch-office` is that of
          agent: 7f3e-11                   | address: 198.41.0.0/24           | 198.41.0.0/24 is corrected by branch-office too, at the same time
          corrections:                     | correction:                      | the file of corrections has no key `correction`; write corrections
          """)
  void whatIsWrongIsFoundWithItsRemedy(String right, String wrong, String finding) {
    String text =
        TWO.replaceFirst(
            "(?m)" + Pattern.quote(right) + (wrong == null ? ".*$\\n? *" : ""),
            Matcher.quoteReplacement(wrong == null ? "" : wrong));
    assertThat(text).isNotEqualTo(TWO);
    List<String> findings = findings(text);
    if (finding == null) {
      assertThat(findings).isEmpty();
    } else {
      assertThat(findings).hasSize(1);
      assertThat(findings.getFirst()).startsWith("corrections.yaml:").contains(finding);
    }
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource({
    // Summer time ends in between: 180 days there are 180 days and an hour.
    "2026-07-01 00:00 Europe/Berlin, 2026-12-28 00:00 Europe/Berlin, true",
    "2026-07-01 00:00 Europe/Berlin, 2026-12-28 00:00:01 Europe/Berlin, false",
    // It begins: they are an hour less.
    "2026-01-01 00:00 Europe/Berlin, 2026-06-30 00:00 Europe/Berlin, true",
    "2026-01-01 00:00 Europe/Berlin, 2026-06-30 01:00 Europe/Berlin, true",
    "2026-01-01 00:00 Europe/Berlin, 2026-06-30 01:00:01 Europe/Berlin, false",
    "2026-01-01T00:00:00Z, 2026-06-30T01:00:00Z, false",
  })
  void oneHoldsFor180DaysWhateverClocksDoInBetween(String from, String until, boolean right) {
    String text =
        TWO.replace("from: 2026-11-01T00:00:00Z", "from: " + from)
            .replace("until: 2026-12-01T00:00:00Z", "until: " + until);
    assertThat(findings(text)).hasSize(right ? 0 : 1);
  }

  @Test
  void everythingIsFoundAtOnceInEveryFile() {
    String corrections = TWO.replace("DE-BY", "XX").replace("/24", "/99").replace("PR", "ZZ");
    InvalidPolicyException invalid =
        catchThrowableOfType(
            InvalidPolicyException.class,
            () ->
                PolicyFiles.read(
                    List.of(
                        new PolicyFile("catalog.yaml", "routes: []\n"),
                        new PolicyFile("corrections.yaml", corrections),
                        new PolicyFile("policy.yaml", "id: policy\n"))));
    assertThat(invalid.findings().stream().map(finding -> finding.position().file()).distinct())
        .containsExactly("catalog.yaml", "corrections.yaml", "policy.yaml");
    assertThat(
            invalid.findings().stream()
                .filter(finding -> finding.position().file().equals("corrections.yaml")))
        .hasSize(3);
  }

  @Test
  void nestedRangesAndOneAfterTheOtherAreNoContradiction() {
    assertThat(findings(TWO.replace("agent: 7f3e-11", "address: 198.41.0.0/25"))).isEmpty();
    assertThat(
            findings(
                TWO.replace("agent: 7f3e-11", "address: 198.41.0.0/24")
                    .replace("2027-04-01 00:00 Europe/Berlin", "2026-11-01T00:00:00Z")))
        .isEmpty();
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void theCanonicalFormReadsBackAsTheSameSet(@ForAll long seed) throws Exception {
    PolicySet set = new RandomPolicySets(new SplittableRandom(seed)).correctedPolicySet();
    assertThat(
            PolicyFiles.readCanonical(
                CanonicalForm.catalog(set.catalog()),
                List.<Document>copyOf(set.policies().stream().map(CanonicalForm::policy).toList()),
                CanonicalForm.corrections(set.corrections().reversed())))
        .isEqualTo(set);
    assertThat(PolicySet.of(set.catalog(), set.policies(), set.corrections().reversed()))
        .isEqualTo(set);
  }

  private static List<String> findings(String corrections) {
    try {
      read(corrections);
      return List.of();
    } catch (InvalidPolicyException e) {
      return e.findings().stream().map(Diagnostic::toString).toList();
    }
  }

  private static PolicySet read(String corrections) throws InvalidPolicyException {
    return PolicyFiles.read(
        Stream.of(CATALOG, new PolicyFile("corrections.yaml", corrections)).toList());
  }
}
