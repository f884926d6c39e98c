package updategateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that the README names are there: a promise whose test is gone is none. */
final class PromisesTest {
  private static final Path PROJECT = Path.of("..", "..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    int named = 0;
    Matcher matcher = NAMED.matcher(readme());
    while (matcher.find()) {
      named++;
      String source = sources.get(matcher.group(1));
      String method = matcher.group(2);
      if (source == null || (method != null && !isTest(source, method))) {
        missing.add(matcher.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(40);
  }

  @Test
  void everyPromiseAndEveryThreatNamesATest() throws IOException {
    String readme = readme();
    for (String heading :
        List.of(
            "### Promises, and the tests that fail when one is broken",
            "### Who attacks, with what, and what stops them")) {
      int begin = readme.indexOf(heading);
      assertThat(begin).as(heading).isPositive();
      List<String> rows =
          readme
              .substring(begin, readme.indexOf("\n#", begin + 1))
              .lines()
              .filter(line -> line.startsWith("|"))
              .skip(2)
              .toList();
      assertThat(rows).hasSizeGreaterThan(8);
      assertThat(rows).allSatisfy(row -> assertThat(NAMED.matcher(row).find()).as(row).isTrue());
    }
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

  /** Whether the nearest annotation before a method of this name makes it a test. */
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

  private static String readme() throws IOException {
    return Files.readString(PROJECT.resolve("README.md"));
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
