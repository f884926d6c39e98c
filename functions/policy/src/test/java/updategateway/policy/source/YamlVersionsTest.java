package updategateway.policy.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Whatever the reader takes, a reader of YAML 1.1 such as CloudFormation's reads in the same way.
 */
final class YamlVersionsTest {
  private static final Path SHIPPED = Path.of("..", "policies");

  /** What a mutation inserts. */
  private static final List<String> PIECES =
      List.of(
          "\u0085",
          "\u2028",
          "\u2029",
          "\uFEFF",
          "\u007F",
          "\u0080",
          "\u00A0",
          "\t",
          "\r",
          "\r\n",
          "\n",
          "\n\n",
          " ",
          "  ",
          "\n ",
          "\n  ",
          "\n    ",
          "\u0000",
          "\u001F",
          "\u000B",
          "\f",
          "\uFFFD",
          "\uD83D\uDE00",
          "\\/",
          "\\",
          "\\\n",
          "\\x41",
          "\\u0041",
          "\\U00000041",
          "\\e",
          "\\N",
          "\\_",
          "\\t",
          "\\\t",
          "\\ ",
          "? ",
          "?",
          ": ",
          ":",
          "- ",
          "-",
          "#",
          " #",
          " # comment\n",
          ",",
          ", ",
          "[",
          "]",
          "{",
          "}",
          "[a, b]",
          "{a: b}",
          "[a: b]",
          "{a}",
          "{a, b}",
          "'",
          "\"",
          "''",
          "\"\"",
          "'a'",
          "\"a\"",
          "\"a\":b",
          "'a' :b",
          "|",
          ">",
          "|-",
          ">-",
          "|+",
          ">+",
          "|2",
          ">1-",
          "|\n  a\n",
          ">\n  a\n\n   b\n",
          "&a ",
          "*a",
          "<<: ",
          "<<",
          "!",
          "!!str ",
          "!a ",
          "!<a> ",
          "%",
          "%YAML 1.1\n---\n",
          "%YAML 1.2\n---\n",
          "%TAG ! a\n---\n",
          "---\n",
          "--- ",
          "\n---\n",
          "\n...\n",
          "...",
          "@",
          "`",
          "~",
          "=",
          "a",
          "NO",
          "0",
          "\n- a\n",
          "\na: b\n",
          "http://a.b/c",
          "a:b",
          "a :b",
          "a#b",
          "12:30",
          "?a",
          ":a",
          "-a");

  private static final List<String> CORPUS = corpus();

  /**
   * In the texts {@code ⏎} is a line feed, {@code ¦} a bar, and a code in angle brackets a
   * character.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: b # comment<0085>products: [nothing]⏎   | 1 | the invisible character U+0085         | remove it, or begin a new line
          a: b⏎# so it is<2028>permits: []⏎          | 2 | the invisible character U+2028         | remove it, or begin a new line
          a: b⏎# so it is<2029>permits: []⏎          | 2 | the invisible character U+2029         | remove it, or begin a new line
          a: b<0085>c: d⏎                            | 1 | the invisible character U+0085         | remove it, or begin a new line
          a: "b<2028>c"⏎                             | 1 | the invisible character U+2028         | remove it, or begin a new line
          a: 'b<2029>c'⏎                             | 1 | the invisible character U+2029         | remove it, or begin a new line
          a: b<000D># c<000D>⏎# <2028>d: e⏎          | 3 | the invisible character U+2028         | remove it, or begin a new line
          a: [b,<0009>c]⏎                            | 1 | a tab                                  | write spaces
          a:<0009>b⏎                                 | 1 | a tab                                  | write spaces
          # a<0009>b⏎a: b⏎                           | 1 | a tab                                  | write spaces
          a: "b<007F>c"⏎                             | 1 | the invisible character U+007F         | remove it
          a: "b<0091>c"⏎                             | 1 | the invisible character U+0091         | remove it
          a: b⏎<FEFF>c: d⏎                           | 2 | the invisible character U+FEFF         | remove it
          a: b<FFFF>⏎                                | 1 | the invisible character U+FFFF         | remove it
          a: "b\\/c"⏎                                | 1 | the escape \\/                         | write the character itself
          a: "\\\\\\/c"⏎                             | 1 | the escape \\/                         | write the character itself
          a: "\\ud83d\\ude00"⏎                       | 1 | the escape \\ud83d                     | write the character itself
          a: [? b : c]⏎                              | 1 | a key behind a question mark           | key: value
          a: {? b : c}⏎                              | 1 | a key behind a question mark           | key: value
          a: b⏎? c⏎: d⏎                              | 2 | a key behind a question mark           | key: value
          a: b⏎?c: d⏎                                | 2 | a key behind a question mark           | key: value
          a: [?b]⏎                                   | 1 | a question mark without quotes         | write quotes around the text
          a: [b? c]⏎                                 | 1 | a question mark without quotes         | write quotes around the text
          a: {b: c?}⏎                                | 1 | a question mark without quotes         | write quotes around the text
          a: [[b], {c: [d?]}]⏎                       | 1 | a question mark without quotes         | write quotes around the text
          a: ¦⏎  b                                   | 1 | the last line of the file has no end   | end it with a line break
          a: >⏎  b⏎  c                               | 1 | the last line of the file has no end   | end it with a line break
          %YAML 1.1⏎---⏎a: b⏎                        | 1 | a directive (%)                        | leave it out
          %TAG ! tag:a,2000:⏎---⏎a: b⏎               | 1 | a directive (%)                        | leave it out
          &a b: c⏎                                   | 1 | an anchor (&)                          | leave it out
          - &a b: c⏎- *a : d⏎                        | 2 | an alias (*)                           | write it
          a: {<<: {b: c}}⏎                           | 1 | a merge key (<<)                       | write it out
          """)
  void whatTheVersionsReadDifferentlyIsRefused(
      String shown, int line, String problem, String remedy) {
    String text =
        Pattern.compile("<([0-9A-F]{4})>")
            .matcher(shown.replace('⏎', '\n').replace('¦', '|'))
            .replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
    List<Diagnostic> findings = new ArrayList<>();
    Optional<Document> _ = YamlReader.read("a.yaml", text, findings::add);
    assertThat(findings)
        .anySatisfy(finding -> {
          assertThat(finding.position().line()).isEqualTo(line);
          assertThat(finding.problem()).startsWith(problem);
          assertThat(finding.remedy()).contains(remedy);
        });
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void yaml11ReadsWhateverIsTakenInTheSameWay(@ForAll long seed) {
    Random random = new Random(seed);
    String text = CORPUS.get(random.nextInt(CORPUS.size()));
    int mutations = 1 + random.nextInt(5);
    for (int i = 0; i < mutations; i++) {
      text = mutated(text, random);
    }
    Document document;
    try {
      document = YamlReader.read("a.yaml", text);
    } catch (InvalidPolicyException e) {
      return;
    }
    assertThat(yaml11(text)).as(text).isEqualTo(shown(document));
  }

  private static List<String> corpus() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "id: a\nlist: [a, b]\nmap: {a: b, c: 'd'}\n",
                "a:\n  - b: c\n    d: e\n  - f\n  - [g, h]\ni: 'j'\n",
                "a: \"b c\"\n# comment\nb: 'it''s'\nc: d e f\n",
                "a: >-\n  folded\n  text\n\n  more\nb: |\n  kept\n   deeper\nc: d\n",
                "a: plain\n  continued\n\n  again\nb: \"quoted\n  continued\"\nc: 'single\n\n  continued'\n",
                "routes:\n- path: /a/**\n  product: x\n  activity: y\n",
                "a: [\n  b,\n  'c', # comment\n  \"d\"\n  ]\nb: {\n  c: d,\n  e: [f]\n}\n",
                "---\na: b\n...\n",
                "? a\n: b\n? 'c'\n: [? d : e, ? f, g: h]\ni: {? j : k, \"l\":m, n}\n",
                "- a\n- - b\n  - c\n-\n  d\n- {e: f}\n"));
    try {
      for (String name : List.of("catalog.yaml", "corrections.yaml", "us-icts-2021-002.yaml")) {
        texts.add(Files.readString(SHIPPED.resolve(name)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static String mutated(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int end =
        switch (random.nextInt(3)) {
          case 0 -> Math.min(text.length(), at + 1 + random.nextInt(3));
          case 1 -> Math.min(text.length(), at + 1);
          default -> at;
        };
    String piece = random.nextInt(6) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size()));
    return text.substring(0, at) + piece + text.substring(end);
  }

  private static String yaml11(String text) {
    try {
      LoaderOptions options = new LoaderOptions();
      List<String> all = new ArrayList<>();
      for (Node node : new Yaml(options).composeAll(new StringReader(text))) {
        all.add(shown(node));
      }
      return String.join("\n---\n", all);
    } catch (YAMLException e) {
      return "not YAML 1.1: " + e.getMessage();
    }
  }

  private static String shown(Node node) {
    return switch (node) {
      case ScalarNode scalar -> quoted(scalar.getValue());
      case SequenceNode sequence ->
          sequence.getValue().stream().map(YamlVersionsTest::shown).toList().toString();
      case MappingNode mapping ->
          mapping.getValue().stream()
              .map(tuple -> shown(tuple.getKeyNode()) + ": " + shown(tuple.getValueNode()))
              .toList()
              .toString()
              .replaceAll("^.|.$", "|");
      default -> throw new IllegalStateException(node.toString());
    };
  }

  private static String shown(Document document) {
    return switch (document) {
      case Document.Text text -> quoted(text.value());
      case Document.Sequence sequence ->
          sequence.items().stream().map(YamlVersionsTest::shown).toList().toString();
      case Document.Mapping mapping ->
          mapping.fields().stream()
              .map(field -> quoted(field.key()) + ": " + shown(field.value()))
              .toList()
              .toString()
              .replaceAll("^.|.$", "|");
    };
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
