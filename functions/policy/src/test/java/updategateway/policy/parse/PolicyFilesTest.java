package updategateway.policy.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.FileNames;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Interval;
import updategateway.policy.model.Policy;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.model.Product;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Document;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.policy.testing.RandomPolicySets;

final class PolicyFilesTest {
  private static final Path SHIPPED = Path.of("..", "policies");
  private static final PolicyFile CATALOG =
      new PolicyFile(
          PolicyFiles.CATALOG,
          """
          routes:
            - path: /bases/**
              product: endpoint-security
              activity: signature-update
          """);
  private static final String POLICY =
      """
      id: a-policy
      title: A title
      authority: An authority
      citation: 1 FR 1
      scope:
        locations: [US, UA-43, NO]
        subjects: [located]
      products: ["*"]
      phases:
        - id: updates
          from: 2024-09-29 00:00 America/New_York
          refuses: [patch-update]
      permits:
        - id: licence
          from: 2024-10-01 00:00 America/New_York
          through: 2024-10-31
          citation: a licence
      undetermined: refuse
      """;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      nullValues = "-",
      value = {"-, LAW, false", "basis: law, LAW, false", "basis: operator, OPERATOR, true"})
  void theDefaultBasisIsNotInTheCanonicalForm(
      @Nullable String line, PolicyBasis basis, boolean written) throws Exception {
    String text = line == null ? POLICY : POLICY + line + "\n";
    PolicySet set = PolicyFiles.read(List.of(CATALOG, new PolicyFile("a.yaml", text)));
    Policy policy = set.policies().getFirst();
    assertThat(policy.basis()).isEqualTo(basis);
    assertThat(CanonicalForm.policy(policy).get("basis").isPresent()).isEqualTo(written);
    // Made before policies had a basis.
    assertThat(
            set.digest()
                .hex()
                .equals("45f5d77de661e0a61b2da85c52f1da418cb0ab3eb84326d7ee06f2f4459b8853"))
        .isEqualTo(!written);
  }

  @Test
  void theShippedPolicyHasTheInstantsOfTheLaw() throws Exception {
    PolicySet set = PolicyFiles.read(shipped());
    Policy policy = set.policies().getFirst();
    assertThat(set.policies()).hasSize(1);
    assertThat(policy.id()).isEqualTo("us-icts-2021-002");
    assertThat(policy.phases().stream().map(phase -> phase.span().from().instant()))
        .containsExactly(Instant.parse("2024-07-20T04:00:00Z"), Instant.ofEpochSecond(1727582400));
    assertThat(policy.scope().locations().stream().map(place -> place.code()))
        .containsExactly("US", "US-PR", "US-GU", "US-VI", "US-AS", "US-MP", "US-UM");
  }

  @Test
  void aPermitHoldsThroughItsLastDay() throws Exception {
    Policy policy =
        PolicyFiles.read(List.of(CATALOG, new PolicyFile("a-policy.yaml", POLICY)))
            .policies()
            .getFirst();
    Interval permit = policy.permits().getFirst().span();
    // In the zone of its beginning, where the clocks go back three days later.
    Instant end = Instant.parse("2024-11-01T04:00:00Z");
    assertThat(permit.contains(end.minusMillis(1))).isTrue();
    assertThat(permit.contains(end)).isFalse();
  }

  @ParameterizedTest(name = "line {0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1  | id: a-policy                          | id: A Policy                        | write a-policy
          1  | id: a-policy                          | idd: a-policy                       | write id
          1  | id: a-policy                          | id: a-policy\\nid: again             | stands in line 1 already
          2  | title: A title                        | title: ''                           | the text is empty
          2  | title: A title                        | title: [a]                          | a text is expected here, not a list
          2  | title: A title                        | titel: A title                      | write title
          3  | authority: An authority               | authority: &a An authority          | leave it out
          4  | citation: 1 FR 1                      | citation: 1 FR 1\\nreference: here   | not a web address
          6  | [US, UA-43, NO]                       | []                                  | the list is empty
          6  | [US, UA-43, NO]                       | US                                  | a list is expected here, not the text `US`
          6  | [US, UA-43, NO]                       | [UK]                                | write GB
          6  | [US, UA-43, NO]                       | [us]                                | write US
          6  | [US, UA-43, NO]                       | [USA]                               | write US
          6  | [US, UA-43, NO]                       | [FRA]                               | write FR
          6  | [US, UA-43, NO]                       | [false]                             | write "NO" with its quotes
          6  | [US, UA-43, NO]                       | [true]                              | write the code with quotes
          6  | [US, UA-43, NO]                       | [ZZ]                                | no place has the code `ZZ`
          6  | [US, UA-43, NO]                       | [UA-99]                             | ISO 3166-2 has no such subdivision
          6  | [US, UA-43, NO]                       | [UA_43]                             | write UA-43
          6  | [US, UA-43, NO]                       | [UM-81]                             | write UM
          6  | [US, UA-43, NO]                       | [US, {a: b}]                        | not a mapping
          7  | subjects: [located]                   | subjects: [located, residents]      | write located or registered
          8  | products: ["*"]                       | products: [*]                       | * without quotes begins an alias in YAML; write "*" with its quotes
          8  | products: ["*"]                       | products: ["*"                      | the list that begins here with [ has no end; add ]
          8  | products: ["*"]                       | products: ["*", vpn]                | only the names
          8  | products: ["*"]                       | products: [Endpoint Security]       | write endpoint-security
          9  | phases:                               | exceptions: []\\nphases:             | write exemptions
          9  | phases:                               | exemptions: [{note: x}]\\nphases:    | an exemption from everything
          11 | 2024-09-29 00:00 America/New_York     | 2024-09-29 00:00 EDT                | write America/New_York
          10 | 2024-09-29 00:00 America/New_York     | 2024-09-29T04:00:00Z\\n    until: 2024-09-29T04:00:00Z | before or as it begins
          12 | refuses: [patch-update]               | refuses: []                         | the list is empty
          12 | refuses: [patch-update]               | refuses: [patch_update]             | write patch-update
          13 | permits:                              | '  - id: updates\\n    from: 2025-01-01T00:00Z\\n    refuses: [resale]\\npermits:' | is that of
          14 | through: 2024-10-31                   | through: 2024-09-30                 | before or as it begins
          14 | through: 2024-10-31                   | note: x                             | a permit has no end
          16 | through: 2024-10-31                   | through: 2024-10-31 00:00 UTC       | no time of day
          16 | through: 2024-10-31                   | through: 2024-10-31\\n    until: 2025-01-01T00:00Z | ends once
          17 | citation: a licence                   | citation:                           | the text is empty
          18 | undetermined: refuse                  | undetermined: perhaps               | write refuse or serve
          1  | undetermined: refuse                  | note: x                             | add undetermined: refuse
          2  | title: A title                        | 'title: "A\\u0007title"'            | control character
          """)
  void everyRuleOfTheFormatIsChecked(int line, String right, String wrong, String message) {
    assertThat(POLICY).contains(right);
    String text = POLICY.replace(right, wrong.replace("\\n", "\n"));
    List<Diagnostic> findings = findings(new PolicyFile("p.yaml", text));
    assertThat(findings).as(text).hasSize(1);
    assertThat(findings.getFirst().toString()).startsWith("p.yaml:").contains(message);
    assertThat(findings.getFirst().position().line()).isCloseTo(line, offset(1));
  }

  @Test
  void allMistakesOfAllFilesAreReportedAtOnceEachWithItsLine() {
    String policy =
        """
        id: Twelve Mistakes
        title: ""
        authority: someone
        citation: 1 FR 1
        scope:
          locations: [UK, US]
          except: [US-ZZ]
          subjects: [locatd]
        products: ["*", vpn]
        exemptions:
          - note: everything
        phases:
          - id: one
            from: 2024-09-29 00:00 EST
            refuses: []
          - id: one
            from: 2024-03-10 02:30 America/New_York
            refuses: [patch-update]
        permits:
          - id: late
            from: 2024-10-01 00:00 UTC
            until: 2024-09-01 00:00 UTC
            citation: a licence
        undetermined: maybe
        colour: red
        """;
    String catalog =
        """
        routes:
          - path: bases
            product: x
            activity: y
          - path: /a
            activity: y
        """;
    List<Diagnostic> findings =
        findings(new PolicyFile("p.yaml", policy), new PolicyFile("catalog.yaml", catalog));
    assertThat(
            findings.stream()
                .map(finding -> finding.position().file() + ":" + finding.position().line()))
        .containsExactly(
            "catalog.yaml:2",
            "catalog.yaml:5",
            "p.yaml:1",
            "p.yaml:2",
            "p.yaml:6",
            "p.yaml:7",
            "p.yaml:8",
            "p.yaml:9",
            "p.yaml:11",
            "p.yaml:14",
            "p.yaml:15",
            "p.yaml:16",
            "p.yaml:17",
            "p.yaml:20",
            "p.yaml:24",
            "p.yaml:25");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          title: a title            | title: !!null a title             | title             | !!null
          title: a title            | title: !!int a title              | title             | !!int
          title: a title            | title: !<tag:yaml.org,2002:float> a title | title     | !!float
          title: a title            | title: ! a title                  | title             | !
          title: a title            | title: !mine a title              | title             | !mine
          title: a title            | '!!binary title: a title'         | title             | !!binary
          undetermined: refuse      | undetermined: !!binary refuse     | undetermined      | !!binary
          undetermined: refuse      | 'undetermined: !!bool\n  "refuse"' | undetermined    | !!bool
          [located]                 | !!seq [located]                   | scope.subjects    | !!seq
          [located]                 | !!str [located]                   | scope.subjects    | !!str
          [located]                 | [!!null located]                  | scope.subjects[0] | !!null
          'scope:'                  | 'scope: !!map'                    | scope             | !!map
          'id: a-tagged'            | '--- !!map\nid: a-tagged'         | ''                | !!map
          """)
  void aTagIsRefused(String right, String wrong, String path, String tag) {
    String text =
        """
        id: a-tagged
        title: a title
        authority: an authority
        citation: 1 FR 1
        scope:
          locations: [US]
          subjects: [located]
        products: ["*"]
        phases:
          - {id: one, from: 2024-09-29 00:00 America/New_York, refuses: [patch-update]}
        undetermined: refuse
        """;
    assertThat(text).contains(right);
    String tagged = text.replace(right, wrong.replace("\\n", "\n"));
    List<Diagnostic> findings = findings(new PolicyFile("p.yaml", tagged));
    assertThat(findings).as(tagged).hasSize(1);
    assertThat(findings.getFirst().position().path()).isEqualTo(path);
    assertThat(findings.getFirst().position().line()).isPositive();
    assertThat(findings.getFirst().problem()).isEqualTo("the tag " + tag + " means nothing here");
    assertThat(findings.getFirst().remedy()).startsWith("leave the tag out");
  }

  @Test
  void theTagOfATextIsTakenOnATextOnly() throws Exception {
    String tagged = POLICY.replace("undetermined: refuse", "undetermined: !!str refuse");
    assertThat(tagged).isNotEqualTo(POLICY);
    assertThat(PolicyFiles.read(List.of(CATALOG, new PolicyFile("a.yaml", tagged))))
        .isEqualTo(PolicyFiles.read(List.of(CATALOG, new PolicyFile("a.yaml", POLICY))));
  }

  @Test
  void whatIsWrongAsYamlHidesNothingElse() {
    String policy =
        """
        id: &anchor a-policy
        title: one
        title: two
        authority: *anchor
        citation: !!binary 1 FR 1
        scope:
          locations: [UK]
          subjects: [located]
        products: ["*", Vpn]
        phases:
          - id: one
            from: 2024-09-29 00:00 EST
            refuses: [patch-update]
        undetermined: maybe
        ---
        id: another
        """;
    assertThat(findings(new PolicyFile("p.yaml", policy)))
        .extracting(finding -> finding.position().line())
        .containsExactly(1, 3, 4, 5, 7, 9, 9, 12, 14, 16);
  }

  @Test
  void filesThatAreNoWholeSetAreCheckedToo() throws Exception {
    PolicyFiles.check(List.of(new PolicyFile("a.yaml", POLICY)));
    PolicyFiles.check(List.of(CATALOG));
    assertThat(
            catchThrowableOfType(
                    InvalidPolicyException.class,
                    () ->
                        PolicyFiles.check(
                            List.of(
                                new PolicyFile("a.yaml", POLICY),
                                new PolicyFile("b.yaml", POLICY.replace("[US,", "[USA,")))))
                .findings())
        .extracting(finding -> finding.position().toString())
        .containsExactly("b.yaml:1: id", "b.yaml:6: scope.locations[0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          routes: []                                                    | the list is empty
          routes: [{path: /a, product: x}]                              | a route has no activity
          routes: [{path: /a, activity: y}]                             | a route has no product
          routes: [{path: '/{product}', product: x, activity: y}]       | the path names the product
          routes: [{path: a, product: x, activity: y}]                  | begins with /
          routes: [{path: /a, product: X, activity: y}]                 | write x
          routes: [{path: /a, product: x, activity: y, names: portable}] | names has the value `any` or is left out, not `portable`; write names: any if
          routes: [{path: /a, product: x, activity: y, names: [any]}]   | a text is expected here
          routes: [{path: /a, product: x, activity: y, names: Any}]     | not `Any`
          paths: []                                                     | has no key `paths`
          routes: [                                                     | catalog.yaml:1: a [ or { at the end of the file has no end; add ] or }
          routes: [{path: /a, product: x, activity: y]                  | catalog.yaml:1: the mapping that begins here with { has no end; add }
          routes: [{path: "/a, product: x, activity: y}]                | catalog.yaml:1: the text that begins here with a quote has no end
          routes: [*]                                                   | catalog.yaml:1: * without quotes begins an alias in YAML; write "*"
          routes: @                                                     | not YAML
          '- a'                                                         | the catalog is a mapping
          """)
  void theCatalogIsChecked(String text, String message) {
    assertThat(
            findings(new PolicyFile(PolicyFiles.CATALOG, text.replaceAll("^'|'$", ""))).toString())
        .contains(message);
  }

  @Test
  void twoPoliciesCannotShareAnId() {
    assertThat(
            findings(CATALOG, new PolicyFile("a.yaml", POLICY), new PolicyFile("b.yaml", POLICY)))
        .singleElement()
        .asString()
        .startsWith("b.yaml:1: id")
        .contains("the policy in a.yaml");
  }

  @Test
  void routesThatDifferOnlyInCaseAreAnError() throws Exception {
    String catalog =
        """
        routes:
          - {path: /bases/**, product: x, activity: y}
          - {path: /a, product: x, activity: y}
          - {path: /Bases/**, product: x, activity: z}
        """;
    assertThat(findings(new PolicyFile(PolicyFiles.CATALOG, catalog)).toString())
        .contains(
            "catalog.yaml:4: routes[2].path: the path differs from `/bases/**` (catalog.yaml:2:"
                + " routes[0].path) only in upper and lower case; keep one of the two routes");
    Document stored =
        CanonicalForm.catalog(
            new Catalog(
                Stream.of("/bases/**", "/Bases/**")
                    .map(PathPattern::parse)
                    .map(path -> new Route(path, new Product("x"), new Activity("y"), null))
                    .toList()));
    assertThat(PolicyFiles.readCanonical(stored, List.of()).catalog().routes()).hasSize(2);
  }

  @Test
  void aRouteTakesPortableNamesUnlessItSaysAny() throws Exception {
    String catalog =
        """
        routes:
          - {path: /bases/**, product: x, activity: y}
          - {path: /a, product: x, activity: y, names: any}
        """;
    PolicySet set = PolicyFiles.read(List.of(new PolicyFile(PolicyFiles.CATALOG, catalog)));
    assertThat(set.catalog().routes())
        .extracting(Route::names)
        .containsExactly(FileNames.PORTABLE, FileNames.ANY);
    assertThat(new String(CanonicalForm.json(CanonicalForm.catalog(set.catalog())), UTF_8))
        .isEqualTo(
            "{\"routes\":[{\"activity\":\"y\",\"path\":\"/bases/**\",\"product\":\"x\"},"
                + "{\"activity\":\"y\",\"names\":\"any\",\"path\":\"/a\",\"product\":\"x\"}]}");
  }

  @Test
  void thereIsNoSetWithoutACatalog() {
    assertThat(findings(new PolicyFile("a.yaml", POLICY)).toString())
        .contains("there is no catalog");
  }

  @Test
  void anOptionalListMayBeEmpty() throws Exception {
    String text =
        POLICY
            .replace("permits:\n", "exemptions: []\npermits:\n")
            .replace("subjects:", "except: []\n  subjects:");
    PolicySet set = PolicyFiles.read(List.of(CATALOG, new PolicyFile("a.yaml", text)));
    assertThat(set.policies().getFirst().exemptions()).isEmpty();
    assertThat(set.policies().getFirst().scope().except()).isEmpty();
  }

  @Test
  void norwayIsAPlace() throws Exception {
    PolicySet set = PolicyFiles.read(List.of(CATALOG, new PolicyFile("a.yaml", POLICY)));
    assertThat(set.policies().getFirst().scope().locations().toString()).contains("NO");
  }

  @Test
  void aLastDayAloneIsADayInTheZoneOfTheBeginning() throws Exception {
    PolicySet set = PolicyFiles.read(List.of(CATALOG, new PolicyFile("a.yaml", POLICY)));
    assertThat(set.policies().getFirst().permits().getFirst().span().until())
        .extracting(time -> time.instant())
        .isEqualTo(Instant.parse("2024-11-01T04:00:00Z"));
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void theCanonicalFormReadsBackAsTheSameSet(@ForAll long seed) throws Exception {
    PolicySet set = new RandomPolicySets(new SplittableRandom(seed)).policySet();
    List<Document> policies =
        new ArrayList<>(set.policies().stream().map(CanonicalForm::policy).toList());
    assertThat(PolicyFiles.readCanonical(CanonicalForm.catalog(set.catalog()), policies.reversed()))
        .isEqualTo(set);
  }

  @Test
  void aListOfWhatCannotBeReadIsNoEmptyList() {
    PolicyFile file =
        new PolicyFile(
            "p.yaml", POLICY.replaceFirst("locations: \\[[^]]*]", "locations: [&a , &b ]"));
    assertThat(findings(file))
        .extracting(finding -> finding.position().path())
        .containsExactly("scope.locations[0]", "scope.locations[1]");
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
  void brokenFilesAreOnlyEverInvalid(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(POLICY);
    String odd = "\t\u0000:[]{}&*!|>'\"%@`#-?,\n \uD800é9Zx";
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, odd.charAt(random.nextInt(odd.length())));
        case 1 -> text.deleteCharAt(at);
        default -> text.setCharAt(at, odd.charAt(random.nextInt(odd.length())));
      }
    }
    assertThatCode(
            () -> {
              try {
                PolicyFiles.read(List.of(CATALOG, new PolicyFile("p.yaml", text.toString())));
              } catch (InvalidPolicyException e) {
                assertThat(e.findings()).isNotEmpty();
              }
            })
        .doesNotThrowAnyException();
  }

  private static List<Diagnostic> findings(PolicyFile... files) {
    List<PolicyFile> all = new ArrayList<>(List.of(files));
    if (all.stream().noneMatch(file -> file.name().equals(PolicyFiles.CATALOG))
        && all.size() == 1
        && !all.getFirst().name().equals("a.yaml")) {
      all.add(CATALOG);
    }
    return catchThrowableOfType(InvalidPolicyException.class, () -> PolicyFiles.read(all))
        .findings();
  }

  private static List<PolicyFile> shipped() throws IOException {
    List<PolicyFile> files = new ArrayList<>();
    try (var paths = Files.list(SHIPPED)) {
      for (Path path : paths.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        files.add(new PolicyFile(path.getFileName().toString(), Files.readString(path)));
      }
    }
    return files;
  }
}
