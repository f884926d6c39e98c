package updategateway.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests that the tables of guarantees and attacks name exist. */
final class PromisesTest {
  private static final Path PROJECT = Path.of("..", "..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

  @ParameterizedTest
  @ValueSource(strings = {"## Guarantees and their tests", "## Attacks and their tests"})
  void everyRowNamesTestsThatExist(String heading) throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    List<List<String>> rows =
        MarkdownFile.read(PROJECT.resolve("functions/README.md")).rowsUnder(heading);
    assertThat(rows).hasSizeGreaterThan(10);
    for (List<String> row : rows) {
      List<MatchResult> tests = NAMED.matcher(row.getLast()).results().toList();
      assertThat(tests).as(row.getFirst()).isNotEmpty();
      for (MatchResult test : tests) {
        String source = sources.get(test.group(1));
        String method = test.group(2);
        if (source == null || (method != null && !isTest(source, method))) {
          missing.add(test.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void whatIsNoTestIsSeen() {
    String source =
        """
        @Test
        void isOne() {}

        private void isNone() {}

        @BeforeEach
        void isNoneEither() {}
        """;
    assertThat(isTest(source, "isOne")).isTrue();
    assertThat(isTest(source, "isNone")).isFalse();
    assertThat(isTest(source, "isNoneEither")).isFalse();
    assertThat(isTest(source, "isOn")).isFalse();
  }

  /** Returns true if the nearest annotation before the method makes it a test. */
  private static boolean isTest(String source, String method) {
    Matcher declared =
        Pattern.compile("\\n  (?:public )?void " + method + "\\(|\\nvoid " + method + "\\(")
            .matcher("\n" + source);
    if (!declared.find()) {
      return false;
    }
    String before = ("\n" + source).substring(0, declared.start());
    int end = Math.max(before.lastIndexOf("\n  }\n"), before.lastIndexOf("{}\n"));
    return Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|Property)\\b")
        .matcher(before.substring(Math.max(end, 0)))
        .find();
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(PROJECT.resolve("functions"))) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith("Test.java"))
              .filter(path -> path.toString().contains("src/test/java"))
              .toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    return sources;
  }
}
