package updategateway.policy.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.model.Policy;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.UndeterminedAction;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.Document;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.policy.source.Position;
import updategateway.policy.source.YamlReader;
import updategateway.policy.testing.RandomPolicySets;

/** The JSON Schemas that editors use, beside the reader that decides. */
final class SchemaTest {
  private static final Path POLICIES = Path.of("..", "policies");
  private static final JsonMapper JSON = new JsonMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final JsonNode POLICY_JSON = json("policy");
  private static final JsonNode CATALOG_JSON = json("catalog");
  private static final JsonNode CORRECTIONS_JSON = json("corrections");
  private static final Schema CORRECTIONS = REGISTRY.getSchema(CORRECTIONS_JSON);
  private static final Schema POLICY = REGISTRY.getSchema(POLICY_JSON);
  private static final Schema CATALOG = REGISTRY.getSchema(CATALOG_JSON);
  private static final String RIGHT =
      """
      id: a-policy
      title: A title
      authority: An authority
      citation: 1 FR 1
      reference: https://law.example/1
      scope:
        locations: [US, UA-43, NO]
        except: [UA-43]
        subjects: [located]
        note: a note
      products: ["*"]
      exemptions:
        - products: [threat-intelligence]
          note: exempt
      phases:
        - id: updates
          from: 2024-09-29 00:00 America/New_York
          until: 2034-09-29T00:00:00.5-04:00
          refuses: [patch-update]
      permits:
        - id: licence
          from: 2024-10-01 00:00 America/New_York
          through: 2024-10-31
          activities: [patch-update]
          citation: a licence
      undetermined: refuse
      """;

  @Test
  void theShippedFilesNameASchemaThatTakesThem() throws Exception {
    try (Stream<Path> files = Files.list(POLICIES)) {
      List<Path> yaml = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(yaml).hasSizeGreaterThanOrEqualTo(2);
      for (Path file : yaml) {
        String text = Files.readString(file);
        String first = text.lines().findFirst().orElseThrow();
        assertThat(first).as(file.toString()).startsWith("# yaml-language-server: $schema=");
        Path schema = POLICIES.resolve(first.substring(first.indexOf('=') + 1));
        Document document = YamlReader.read(file.toString(), text);
        assertThat(errors(REGISTRY.getSchema(JSON.readTree(schema.toFile())), document)).isEmpty();
      }
    }
  }

  @Test
  void theKeysAreTheReaders() {
    assertThat(keys(POLICY_JSON)).containsExactlyElementsOf(PolicyReader.POLICY_KEYS);
    assertThat(keys(POLICY_JSON.at("/properties/scope")))
        .containsExactlyElementsOf(PolicyReader.SCOPE_KEYS);
    assertThat(keys(POLICY_JSON.at("/$defs/exemption")))
        .containsExactlyElementsOf(PolicyReader.EXEMPTION_KEYS);
    assertThat(keys(POLICY_JSON.at("/$defs/phase")))
        .containsExactlyElementsOf(PolicyReader.PHASE_KEYS);
    assertThat(keys(POLICY_JSON.at("/$defs/permit")))
        .containsExactlyElementsOf(PolicyReader.PERMIT_KEYS);
    assertThat(keys(CATALOG_JSON)).containsExactlyElementsOf(CatalogReader.CATALOG_KEYS);
    assertThat(keys(CATALOG_JSON.at("/$defs/route")))
        .containsExactlyElementsOf(CatalogReader.ROUTE_KEYS);
    assertThat(keys(CORRECTIONS_JSON))
        .containsExactlyElementsOf(CorrectionsReader.CORRECTIONS_KEYS);
    assertThat(keys(CORRECTIONS_JSON.at("/$defs/correction")))
        .containsExactlyElementsOf(CorrectionsReader.CORRECTION_KEYS);
  }

  @Test
  void theWordsAreTheReaders() {
    assertThat(texts(POLICY_JSON.at("/properties/scope/properties/subjects/items/enum")))
        .containsExactlyInAnyOrderElementsOf(words(ScopeBasis.values()));
    assertThat(texts(POLICY_JSON.at("/properties/undetermined/enum")))
        .containsExactlyInAnyOrderElementsOf(words(UndeterminedAction.values()));
    assertThat(texts(POLICY_JSON.at("/properties/basis/enum")))
        .containsExactlyInAnyOrderElementsOf(words(PolicyBasis.values()));
  }

  @Test
  void everyKeyIsExplained() {
    for (JsonNode schema : List.of(POLICY_JSON, CATALOG_JSON, CORRECTIONS_JSON)) {
      for (JsonNode object : schema.findParents("properties")) {
        if (object.has("additionalProperties")) {
          object
              .path("properties")
              .properties()
              .forEach(property -> {
                JsonNode value = property.getValue();
                String ref = value.path("$ref").asText("#/$defs/none").substring(1);
                assertThat(value.has("description") || schema.at(ref).has("description"))
                    .as(property.getKey())
                    .isTrue();
              });
        }
      }
    }
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void whatTheReaderTakesTheSchemaTakes(@ForAll long seed) throws Exception {
    PolicySet set = new RandomPolicySets(new SplittableRandom(seed)).correctedPolicySet();
    Document catalog = CanonicalForm.catalog(set.catalog());
    Document corrections = asWritten(CanonicalForm.corrections(set.corrections()));
    assertThat(errors(CORRECTIONS, corrections)).isEmpty();
    List<Document> policies = new ArrayList<>();
    for (Policy policy : set.policies()) {
      Document written = asWritten(CanonicalForm.policy(policy));
      assertThat(errors(POLICY, written)).as(policy.toString()).isEmpty();
      policies.add(written);
    }
    assertThat(errors(CATALOG, catalog)).isEmpty();
    assertThat(PolicyFiles.readDocuments(catalog, policies, corrections)).isEqualTo(set);
  }

  /** A schema that is stricter than the reader would mark right files as wrong. */
  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void whatTheSchemaRefusesTheReaderRefuses(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(RIGHT);
    String odd = "-*[]{}:,\"' \n9Zxé/T+.<%\\\u00a0!#@?";
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, odd.charAt(random.nextInt(odd.length())));
        case 1 -> text.deleteCharAt(at);
        default -> text.setCharAt(at, odd.charAt(random.nextInt(odd.length())));
      }
    }
    try {
      PolicyFiles.check(List.of(new PolicyFile("p.yaml", text.toString())));
      Document document = YamlReader.read("p.yaml", text.toString());
      assertThat(errors(POLICY, document)).as(text.toString()).isEmpty();
    } catch (InvalidPolicyException e) {
      // The reader refuses it; the schema may see why, or not.
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id: a-policy                        | id: A Policy
          id: a-policy                        | idd: a-policy
          title: A title                      | title: ''
          title: A title                      | title: [a]
          title: A title                      | titel: A title
          authority: An authority             |
          citation: 1 FR 1                    |
          https://law.example/1               | here
          [US, UA-43, NO]                     | []
          [US, UA-43, NO]                     | US
          [US, UA-43, NO]                     | [us]
          [US, UA-43, NO]                     | [USA]
          [US, UA-43, NO]                     | [UA_43]
          [US, UA-43, NO]                     | [US, {a: b}]
          [UA-43]                             | UA-43
          [located]                           | [located, residents]
          [located]                           | []
          products: ["*"]                     | products: ["*", vpn]
          products: ["*"]                     | products: [Endpoint Security]
          products: ["*"]                     | products: []
          [threat-intelligence]               | []
          '- id: updates'                     | '- id: Updates'
          2024-09-29 00:00 America/New_York   | 2024-09-29 00:00 EDT
          2024-09-29 00:00 America/New_York   | 2024-09-29 00:00
          2024-09-29 00:00 America/New_York   | 2024-09-29
          refuses: [patch-update]             | refuses: []
          refuses: [patch-update]             | refuses: [patch_update]
          refuses: [patch-update]             | refuse: [patch-update]
          through: 2024-10-31                 | note: x
          through: 2024-10-31                 | through: 2024-10-31 00:00 UTC
          through: 2024-10-31                 | 'through: 2024-10-31\\n    until: 2025-01-01T00:00Z'
          undetermined: refuse                | undetermined: perhaps
          undetermined: refuse                | 'undetermined: refuse\\nbasis: contract'
          undetermined: refuse                | 'undetermined: refuse\\nbasis: Law'
          undetermined: refuse                | 'undetermined: refuse\\nbasis:'
          title: A title                      | 'title: "\\u00a0"'
          title: A title                      | 'title: "\\u2003\\ufeff\\u3000"'
          title: A title                      | 'title: "a\\u2028title"'
          https://law.example/1               | https://
          https://law.example/1               | ftp://law.example/1
          https://law.example/1               | https://law.example/<1
          https://law.example/1               | https://law.example/>1
          https://law.example/1               | https://law.example/"1
          https://law.example/1               | https://law.example/\\1
          https://law.example/1               | https://law.example/%zz
          https://law.example/1               | https://law.example/%4
          https://law.example/1               | https://law.example/[1]
          https://law.example/1               | https://law.example/#1#2
          https://law.example/1               | https://law_example/1
          https://law.example/1               | '"https://law.example/\\u00a0"'
          2024-09-29 00:00 America/New_York   | '"2024-09-29\\t00:00 America/New_York"'
          2024-09-29 00:00 America/New_York   | '"2024-09-29 00:00\\tAmerica/New_York"'
          2024-09-29 00:00 America/New_York   | '"2024-09-29\\u00a000:00 America/New_York"'
          2024-09-29 00:00 America/New_York   | ٢٠٢٤-09-29 00:00 America/New_York
          2024-09-29 00:00 America/New_York   | 2024-09-29 24:00 America/New_York
          2024-09-29 00:00 America/New_York   | 2024-09-29 00:00:00.0001 America/New_York
          2024-09-29 00:00 America/New_York   | 2024-09-29 00:00:00.123456789 America/New_York
          2024-09-29 00:00 America/New_York   | 2024-09-29T00:00:00.123456789Z
          2024-09-29 00:00 America/New_York   | 2024-09-29T00:00:00+18:01
          2024-09-29 00:00 America/New_York   | 2024-09-29T00:00:00-19:00
          2024-09-29 00:00 America/New_York   | 2024-13-29T00:00:00Z
          through: 2024-10-31                 | through: 2024-10-31+18:30
          through: 2024-10-31                 | '"through": "2024-10-31\\tUTC"'
          'except: [UA-43]'                   | 'except:'
          'except: [UA-43]'                   | 'except: null'
          'except: [UA-43]'                   | 'except: ""'
          undetermined: refuse                | note: x
          """)
  void aMistakeThatASchemaCanSeeIsRefusedByBoth(String right, @Nullable String wrong)
      throws Exception {
    assertThat(RIGHT).contains(right);
    String text =
        RIGHT.replaceFirst(
            Pattern.quote(right),
            wrong == null ? "" : Matcher.quoteReplacement(wrong.replace("\\n", "\n")));
    assertThat(isReadAsPolicy(text)).as(text).isFalse();
    assertThat(errors(POLICY, YamlReader.read("p.yaml", text))).as(text).isNotEmpty();
    assertThat(isReadAsPolicy(RIGHT)).isTrue();
    assertThat(errors(POLICY, YamlReader.read("p.yaml", RIGHT))).isEmpty();
  }

  /** A value that looks odd, and is right. */
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          title: A title                      | 'title: "\\u00a0a\\u3000"'
          https://law.example/1               | HTTPS://law.example/1
          https://law.example/1               | Http://law.example
          https://law.example/1               | https://me:x@law.example:8443/a;b=c/%5A?q=[1]&r=?#f/?é
          https://law.example/1               | https://[2001:db8::1]:443/§é
          https://law.example/1               | https://192.0.2.1:/
          2024-09-29 00:00 America/New_York   | 2024-09-29  00:00:59.120000000  UTC
          2024-09-29 00:00 America/New_York   | 2024-09-29T23:59:00.123+18:00
          2024-09-29 00:00 America/New_York   | 2024-09-29T00:00-17:59
          through: 2024-10-31                 | through: 2024-10-31+14:00
          'except: [UA-43]'                   | 'except: []'
          title: A title                      | 'title: !!str null'
          """)
  void whatLooksOddAndIsRightIsTakenByBoth(String right, String odd) throws Exception {
    assertThat(RIGHT).contains(right);
    String text = RIGHT.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(odd));
    assertThat(isReadAsPolicy(text)).as(text).isTrue();
    assertThat(errors(POLICY, YamlReader.read("p.yaml", text))).as(text).isEmpty();
  }

  /** An editor sees a null where the reader sees a word, or nothing. */
  @ParameterizedTest
  @CsvSource({"except", "exemptions", "permits", "corrections"})
  void aNullIsNoList(String key) throws Exception {
    boolean isCorrections = key.equals("corrections");
    JsonNode list =
        switch (key) {
          case "corrections" -> CORRECTIONS_JSON.at("/properties/corrections");
          case "except" -> POLICY_JSON.at("/properties/scope/properties/except");
          default -> POLICY_JSON.at("/properties/" + key);
        };
    Schema schema = REGISTRY.getSchema(list);
    assertThat(schema.validate("null", InputFormat.JSON)).isNotEmpty();
    assertThat(schema.validate("\"\"", InputFormat.JSON)).isNotEmpty();
    assertThat(schema.validate("[]", InputFormat.JSON)).isEmpty();
    for (String value : List.of("", " null", " ~", " \"\"", " []")) {
      String text =
          switch (key) {
            case "corrections" -> "corrections:" + value + "\n";
            case "except" -> RIGHT.replace("except: [UA-43]", "except:" + value);
            default ->
                RIGHT.replaceFirst(
                    "(?m)^" + key + ":\n(  .*\n)+",
                    Matcher.quoteReplacement(key + ":" + value + "\n"));
          };
      PolicyFile file = new PolicyFile(isCorrections ? PolicyFiles.CORRECTIONS : "p.yaml", text);
      assertThat(isRead(file)).as(text).isEqualTo(value.equals(" []"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          routes: []
          routes: [{path: /a, product: x}]
          routes: [{path: /a, activity: y}]
          routes: [{path: '/{product}', product: x, activity: y}]
          routes: [{path: a, product: x, activity: y}]
          routes: [{path: '/a?b', product: x, activity: y}]
          routes: [{path: /a, product: X, activity: y}]
          routes: [{path: /a, product: x, activity: y, methods: [GET]}]
          routes: [{path: /a, product: x, activity: y, names: portable}]
          routes: [{path: /a, product: x, activity: y, names: [any]}]
          paths: []
          """)
  void aMistakeInTheCatalogThatASchemaCanSeeIsRefusedByBoth(String text) throws Exception {
    assertThat(errors(CATALOG, YamlReader.read("catalog.yaml", text))).isNotEmpty();
    assertThat(isRead(new PolicyFile(PolicyFiles.CATALOG, text))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          corrections: []          | -
          id: office               | id: The Office
          address: 198.41.0.0/24   | address: 198.41.0.0
          address: 198.41.0.0/24   | address: vendor.example/24
          address: 198.41.0.0/24   | note: x
          address: 198.41.0.0/24   | '{address: 198.41.0.0/24, agent: x}'
          place: DE                | place: Germany
          place: DE                | note: x
          because: so              | because: ''
          approved-by: me          | approved: me
          from: 2026-11-01         | from: soon
          until: 2026-12-01        | ends: 2026-12-01
          """)
  void aMistakeInCorrectionsThatASchemaCanSeeIsRefusedByBoth(String right, @Nullable String wrong)
      throws Exception {
    String file =
        """
        corrections:
          - id: office
            address: 198.41.0.0/24
            place: DE
            because: so
            approved-by: me
            from: 2026-11-01T00:00Z
            until: 2026-12-01T00:00Z
        """;
    String text =
        wrong == null
            ? right
            : file.replace(right, wrong.replaceAll("[{}]", "").replace(", ", "\n    "));
    boolean isRight = wrong == null;
    assertThat(errors(CORRECTIONS, YamlReader.read("corrections.yaml", text)).isEmpty())
        .as(text)
        .isEqualTo(isRight);
    assertThat(isRead(new PolicyFile(PolicyFiles.CORRECTIONS, text))).isEqualTo(isRight);
    assertThat(isRead(new PolicyFile(PolicyFiles.CORRECTIONS, file))).isTrue();
    assertThat(errors(CORRECTIONS, YamlReader.read("corrections.yaml", file))).isEmpty();
  }

  private static boolean isReadAsPolicy(String text) {
    return isRead(new PolicyFile("p.yaml", text));
  }

  private static boolean isRead(PolicyFile file) {
    try {
      PolicyFiles.check(List.of(file));
      return true;
    } catch (InvalidPolicyException e) {
      return false;
    }
  }

  private static List<Error> errors(Schema schema, Document document) {
    return schema.validate(
        new String(CanonicalForm.json(document), StandardCharsets.UTF_8), InputFormat.JSON);
  }

  /** A canonical document in the notation of the files: each time as it was written. */
  private static Document asWritten(Document document) {
    return switch (document) {
      case Document.Text text -> text;
      case Document.Sequence sequence ->
          new Document.Sequence(
              sequence.items().stream().map(SchemaTest::asWritten).toList(), Position.NONE);
      case Document.Mapping mapping ->
          mapping
              .get("written")
              .orElseGet(() ->
                  new Document.Mapping(
                      mapping.fields().stream()
                          .map(field ->
                              new Document.Field(
                                  field.key(), Position.NONE, asWritten(field.value())))
                          .toList(),
                      Position.NONE));
    };
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.path("properties").fieldNames().forEachRemaining(keys::add);
    assertThat(object.path("additionalProperties").asBoolean(true)).isFalse();
    return keys;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static List<String> words(Enum<?>[] values) {
    return Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static JsonNode json(String kind) {
    try {
      return JSON.readTree(POLICIES.resolve("schema/" + kind + ".schema.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
