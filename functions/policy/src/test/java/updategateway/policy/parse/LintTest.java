package updategateway.policy.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.source.Diagnostic;

final class LintTest {
  private static final Path SHIPPED = Path.of("..", "policies");
  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
  private static final String CATALOG =
      """
      routes:
        - path: /bases/**
          product: endpoint-security
          activity: signature-update
        - path: /patches/**
          product: endpoint-security
          activity: patch-update
        - path: /feeds/**
          product: threat-intelligence
          activity: feed
      """;
  private static final String ANY_PRODUCT =
      CATALOG + "  - path: /{product}/x/**\n    activity: patch-update\n";
  private static final String POLICY =
      """
      id: a-policy
      title: A title
      authority: An authority
      citation: 1 FR 1
      scope:
        locations: [US, UA-43]
        except: [US-CA]
        subjects: [located]
      products: ["*"]
      exemptions:
        - products: [threat-intelligence]
      phases:
        - id: updates
          from: 2024-09-29 00:00 America/New_York
          refuses: [patch-update, unclassified, resale]
      permits:
        - id: licence
          from: 2024-10-01 00:00 America/New_York
          until: 2024-11-01 00:00 America/New_York
          activities: [patch-update]
          citation: a licence
      undetermined: refuse
      """;

  @Test
  void whatIsShippedRaisesNoDoubt() {
    List<PolicyFile> files =
        List.of("catalog.yaml", "corrections.yaml", "us-icts-2021-002.yaml").stream()
            .map(name -> new PolicyFile(name, shipped(name)))
            .toList();
    assertThat(PolicyFiles.review(files, List.of(), NOW).doubts()).isEmpty();
    assertThat(doubts(CATALOG, POLICY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // Words that no route has.
        "[patch-update, | [upgrades, | p.yaml:15: phases[0].refuses[0]: no route has the activity `upgrades`, so that nothing is refused by it; write one of feed, patch-update, signature-update, unclassified, or add a route",
        "products: [\"*\"] | products: [vpn] | p.yaml:9: products[0]: no route has the product `vpn`, so that the policy says nothing of any path by it; write one of endpoint-security, threat-intelligence, or add a route",
        "activities: [patch-update] | activities: [patch] | p.yaml:20: permits[0].activities[0]: no route has the activity `patch`, so that nothing is permitted by it; write one of feed, patch-update, signature-update, unclassified, or add a route",
        // The same twice.
        "[US, UA-43] | [US, UA-43, US] | p.yaml:6: scope.locations[2]: `US` stands in the list already; take one of the two out",
        "[US, UA-43] | [PR, UA-43, US, US-PR] | p.yaml:6: scope.locations[3]: `US-PR` stands in the list already, as PR; take one of the two out",
        "[located] | [located, located] | p.yaml:8: scope.subjects[1]: `located` stands in the list already; take one of the two out",
        "[patch-update, | [patch-update, patch-update, | p.yaml:15: phases[0].refuses[1]: `patch-update` stands in the list already; take one of the two out",
        // Places.
        "[US-CA] | [US-CA, FR] | p.yaml:7: scope.except[1]: no location covers FR, so that except leaves nothing out by it; take it out, or add the place to the locations",
        "[US-CA] | [US, UA] | p.yaml:7: scope.except: except leaves out every location, so that the policy reaches nobody whose place is known; leave out parts of the locations only",
        // Nothing left to refuse.
        "products: [threat-intelligence] | activities: [patch-update, unclassified, resale] | p.yaml:13: phases: exemptions and permits take out all that the phases refuse, so that the policy never refuses anything; narrow the exemptions, or take the policy out",
        "products: [\"*\"] | products: [threat-intelligence] | p.yaml:13: phases: exemptions and permits take out all that the phases refuse, so that the policy never refuses anything; narrow the exemptions, or take the policy out",
        // Years.
        "2024-09-29 00:00 | 1974-09-29 00:00 | p.yaml:14: phases[0].from: 1974-09-29T04:00:00Z is more than 30 years ago; look at the year",
        "2024-11-01 00:00 | 2204-11-01 00:00 | p.yaml:19: permits[0].until: 2204-11-01T04:00:00Z is more than 10 years from now; look at the year",
      })
  void oneDoubt(String written, String instead, String doubt) {
    assertThat(POLICY).contains(written);
    assertThat(doubts(CATALOG, POLICY.replace(written, instead))).containsExactly(doubt);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[patch-update, | [patch-updates, | p.yaml:15: phases[0].refuses[0]: no route has the activity `patch-updates`, so that nothing is refused by it; write patch-update, or add a route if there are both",
        "[patch-update, | [path-updat, | p.yaml:15: phases[0].refuses[0]: no route has the activity `path-updat`, so that nothing is refused by it; write patch-update, or add a route if there are both",
        "[threat-intelligence] | [threat-inteligence] | p.yaml:11: exemptions[0].products[0]: no route has the product `threat-inteligence`, so that nothing is exempt by it; write threat-intelligence, or add a route if there are both",
        "products: [\"*\"] | products: [endpoint-securty] | p.yaml:9: products[0]: no route has the product `endpoint-securty`, so that the policy says nothing of any path by it; write endpoint-security, or add a route if there are both",
        "activities: [patch-update] | activities: [patchupdate] | p.yaml:20: permits[0].activities[0]: no route has the activity `patchupdate`, so that nothing is permitted by it; write patch-update, or add a route if there are both",
      })
  void aWordTwoLettersFromAKnownOneIsAMistake(String written, String instead, String mistake) {
    assertThat(POLICY).contains(written);
    assertThat(mistakes(CATALOG, POLICY.replace(written, instead))).containsExactly(mistake);
  }

  @Test
  void theShippedPolicyWithAnSTooManyIsAMistake() {
    String policy =
        shipped("us-icts-2021-002.yaml").replace("[signature-update,", "[signature-updates,");
    assertThat(mistakes(shipped("catalog.yaml"), policy))
        .singleElement()
        .asString()
        .contains("`signature-updates`", "write signature-update, or");
  }

  @Test
  void namesOfVersionsAreNotMisspelt() {
    String catalog = ANY_PRODUCT + "  - path: /s/**\n    product: suite-1\n    activity: feed\n";
    assertThat(mistakes(catalog, POLICY.replace("[\"*\"]", "[suite-2]"))).isEmpty();
    assertThat(mistakes(catalog, POLICY.replace("[\"*\"]", "[suit-1]"))).hasSize(1);
  }

  @Test
  void whatIsOverIsSaid() {
    String over =
        POLICY.replace("refuses: [", "until: 2025-01-01 00:00 America/New_York\n    refuses: [");
    assertThat(doubts(CATALOG, over))
        .containsExactly(
            "p.yaml:13: phases: every phase is over, so that the policy refuses nothing any more;"
                + " take the policy out, or look at until");
    assertThat(doubts(CATALOG, over.replace("2025-01-01", "2027-01-01"))).isEmpty();
  }

  @Test
  void wherePathsNameProductsOnlySlipsAreFound() {
    assertThat(doubts(ANY_PRODUCT, POLICY.replace("[\"*\"]", "[vpn, endpoint-security]")))
        .isEmpty();
    assertThat(mistakes(ANY_PRODUCT, POLICY.replace("[\"*\"]", "[endpoint-securty]")))
        .containsExactly(
            "p.yaml:9: products[0]: no route has the product `endpoint-securty`, so that the policy"
                + " says nothing of any path by it; write endpoint-security, or add a route if"
                + " there are both");
  }

  @Test
  void aRouteThatNoPathReachesIsNamedWithThoseThatTakeItsPaths() {
    String shadowed =
        CATALOG + "  - path: /bases/old/**\n    product: threat-intelligence\n    activity: feed\n";
    assertThat(doubts(shadowed, POLICY))
        .containsExactly(
            "catalog.yaml:11: routes[3].path: no path gets here: `/bases/**` in line 2 takes every"
                + " one that matches; move the route up, or take it out");
  }

  @Test
  void mistakesElsewhereHideNoDoubt() {
    ParseResult review =
        PolicyFiles.review(
            List.of(
                new PolicyFile("catalog.yaml", CATALOG),
                new PolicyFile("bad.yaml", "id: Bad"),
                new PolicyFile("p.yaml", POLICY.replace("[patch-update,", "[upgrades,"))),
            List.of(),
            NOW);
    assertThat(review.set()).isNull();
    assertThat(review.mistakes())
        .isNotEmpty()
        .allMatch(m -> m.position().file().equals("bad.yaml"));
    assertThat(review.doubts()).hasSize(1);
    assertThat(
            PolicyFiles.reviewParts(
                    List.of(new PolicyFile("p.yaml", POLICY.replace("US-CA", "FR"))),
                    List.of(),
                    NOW)
                .doubts())
        .hasSize(1);
  }

  @Test
  void aCorrectionOfAnotherCenturyIsDoubted() {
    ParseResult review =
        PolicyFiles.review(
            List.of(
                new PolicyFile("catalog.yaml", CATALOG),
                new PolicyFile(
                    "corrections.yaml",
                    """
                    corrections:
                      - id: office
                        address: 198.41.0.0/24
                        place: DE
                        because: we know
                        approved-by: Jo Doe
                        from: 2206-07-01 00:00 Europe/Berlin
                        until: 2206-08-10 00:00 Europe/Berlin
                    """)),
            List.of(),
            NOW);
    assertThat(review.doubts().stream().map(doubt -> doubt.position().line()))
        .containsExactly(7, 8);
  }

  /** Whatever is read without a mistake can be doubted. */
  @Test
  void anyTextIsDoubtedWithoutAFault() {
    SplittableRandom random = new SplittableRandom(791);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder(POLICY);
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        int at = random.nextInt(text.length());
        int until = Math.min(text.length(), at + random.nextInt(12));
        int from = random.nextInt(POLICY.length() - 12);
        text.replace(at, until, POLICY.substring(from, from + random.nextInt(12)));
      }
      ParseResult review =
          PolicyFiles.review(
              List.of(
                  new PolicyFile("catalog.yaml", CATALOG),
                  new PolicyFile("p.yaml", text.toString())),
              List.of(),
              NOW);
      assertThat(review.set() == null).isEqualTo(!review.mistakes().isEmpty());
    }
  }

  private static List<String> mistakes(String catalog, String policy) {
    ParseResult review =
        PolicyFiles.review(
            List.of(new PolicyFile("catalog.yaml", catalog), new PolicyFile("p.yaml", policy)),
            List.of(),
            NOW);
    assertThat(review.set() == null).isEqualTo(!review.mistakes().isEmpty());
    return review.mistakes().stream().map(Diagnostic::toString).toList();
  }

  private static List<String> doubts(String catalog, String policy) {
    ParseResult review =
        PolicyFiles.review(
            List.of(new PolicyFile("catalog.yaml", catalog), new PolicyFile("p.yaml", policy)),
            List.of(),
            NOW);
    assertThat(review.mistakes()).isEmpty();
    return review.doubts().stream().map(Diagnostic::toString).toList();
  }

  private static String shipped(String name) {
    try {
      return Files.readString(SHIPPED.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
