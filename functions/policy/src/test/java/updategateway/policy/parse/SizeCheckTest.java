package updategateway.policy.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import updategateway.policy.source.Diagnostic;

final class SizeCheckTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String POLICY =
      """
      id: ID
      title: A title
      authority: An authority
      citation: 1 FR 1
      scope:
        locations: [US]
        subjects: [located]
      products: ["*"]
      phases:
        - id: updates
          from: 2024-09-29 00:00 America/New_York
          refuses: [patch-update]
      undetermined: refuse
      note: NOTE
      """;

  @Test
  void aPolicyOf700KilobytesIsAMistakeWithItsFigureAndARemedy() {
    List<Diagnostic> mistakes = mistakes(catalog(1), policy("large", 700_000));
    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.getFirst().toString())
        .matches(
            "large.yaml:1: the policy takes 700,\\d{3} bytes as it is stored, and an item of DynamoDB"
                + " has room for 380,000 bytes; split it into policies of fewer products, .*");
    assertThat(mistakes(catalog(1), policy("fits", 379_000))).isEmpty();
  }

  @Test
  void aPolicyByItselfIsMeasuredToo() {
    assertThat(
            PolicyFiles.reviewParts(List.of(policy("large", 700_000)), List.of(), NOW).mistakes())
        .hasSize(1);
  }

  @Test
  void aCatalogIsOneItem() {
    assertThat(mistakes(catalog(380_000), policy("a", 1)).toString())
        .contains("catalog.yaml:1: the catalog takes")
        .contains("let one route with {product}, * or ** stand for many");
    assertThat(mistakes(catalog(379_000), policy("a", 1))).isEmpty();
  }

  @Test
  void correctionsAreOneItem() {
    StringBuilder corrections = new StringBuilder("corrections:\n");
    for (int i = 0; i < 4; i++) {
      corrections.append(
          """
            - id: c-%d
              address: 9.9.%d.0/24
              place: DE
              because: %s
              approved-by: Jo Doe, trade compliance
              from: 2026-01-01 00:00 UTC
              until: 2026-03-01 00:00 UTC
          """
              .formatted(i, i, "x".repeat(100_000)));
    }
    PolicyFile file = new PolicyFile(PolicyFiles.CORRECTIONS, corrections.toString());
    assertThat(mistakes(catalog(1), policy("a", 1), file).toString())
        .contains("the list of corrections takes");
  }

  @Test
  void aSetOfManyPoliciesHasALimitOfItsOwn() {
    List<PolicyFile> files = new ArrayList<>(List.of(catalog(1)));
    for (int i = 0; i < 9; i++) {
      files.add(policy("p-" + i, 370_000));
    }
    assertThat(mistakes(files.toArray(PolicyFile[]::new)).toString())
        .contains("it makes a policy set of 3,33")
        .contains("and one may have 3,000,000 bytes");
  }

  private static List<Diagnostic> mistakes(PolicyFile... files) {
    return PolicyFiles.review(List.of(files), List.of(), NOW).mistakes();
  }

  private static PolicyFile policy(String id, int note) {
    return new PolicyFile(id + ".yaml", POLICY.replace("ID", id).replace("NOTE", "x".repeat(note)));
  }

  private static PolicyFile catalog(int note) {
    return new PolicyFile(
        PolicyFiles.CATALOG,
        """
        routes:
          - path: /bases/**
            product: endpoint-security
            activity: signature-update
            note: NOTE
        """
            .replace("NOTE", "x".repeat(note)));
  }
}
