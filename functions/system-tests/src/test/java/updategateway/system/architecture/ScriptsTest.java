package updategateway.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of this project for its shell scripts. */
final class ScriptsTest {
  private static final Path PROJECT = Path.of("..", "..");

  /**
   * A pipe into a command that may exit before it has read everything. The writer then dies of
   * SIGPIPE now and then, and with {@code pipefail} the pipe fails although the reader succeeded.
   */
  private static final Pattern EARLY_EXIT =
      Pattern.compile(
          """
          (?<![|])[|]&?\\s*(?:\\\\\\n\\s*)?(?:\
          head\\b\
          |[efz]?grep(?:\\s+-\\S+)*?\\s+-(?:[A-Za-z]*[qm]|-quiet|-silent|-max-count)\
          |sed\\b[^|\\n]*(?:[0-9$;{ '"]|'/[^/]*/)q\\b\
          |[gm]?awk\\b[^|\\n]*\\bexit\\b\
          |read\\b)\
          """);

  @Test
  void noPipeEndsInACommandThatMayExitBeforeItHasReadEverything() throws IOException {
    List<Path> scripts = scripts();
    assertThat(scripts).hasSizeGreaterThan(15);
    List<String> found = new ArrayList<>();
    for (Path script : scripts) {
      for (String pipe : earlyExits(Files.readString(script))) {
        found.add(PROJECT.relativize(script) + ": " + pipe);
      }
    }
    assertThat(found)
        .as("read the output into a variable or a file first, or let awk or sed read to the end")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apt-cache show x 2>/dev/null | grep -q '^Version'",
        "ps | grep -F -q x",
        "ps | grep -Fqx x",
        "ps |& grep --quiet x",
        "ps |\n  grep -m 1 x",
        "ps | \\\n  egrep -q x",
        "find . | head -n 1",
        "find . | head",
        "cat x | sed 1q",
        "cat x | sed -n '/a/{p;q}'",
        "cat x | sed '/a/q'",
        "cat x | awk '{ print; exit }'",
        "cat x | read line",
      })
  void suchAPipeIsFound(String pipe) {
    assertThat(earlyExits(pipe)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grep -q x file || head -n 1 file",
        "a || head file",
        "# ps | grep -q x",
        "ps | grep x",
        "ps | grep -c x",
        "ps | grep -v '^q' | sort",
        "ps | awk '{ print $1 }'",
        "ps | sed 's/a/q/'",
        "case $1 in a | headers) ;; esac",
      })
  void othersAreNot(String command) {
    assertThat(earlyExits(command)).isEmpty();
  }

  @Test
  void theTableOfAgentsHasARowForEachThatIsTried() throws IOException {
    String table = Files.readString(PROJECT.resolve("functions/update-gateway/AGENTS-OBSERVED.md"));
    Pattern name = Pattern.compile("(?m)^agent=\"([^\"]+)\"");
    long rows = table.lines().filter(line -> line.matches("[|] \\S+ [0-9.]+ [|].*")).count();
    try (Stream<Path> files = Files.list(PROJECT.resolve("scripts/lib/agents"))) {
      List<Path> agents = files.toList();
      assertThat(rows).isEqualTo(agents.size());
      for (Path agent : agents) {
        var matcher = name.matcher(Files.readString(agent));
        assertThat(matcher.find()).as(agent.toString()).isTrue();
        assertThat(table).contains("| " + matcher.group(1) + " ");
      }
    }
  }

  private static List<String> earlyExits(String script) {
    String code = script.replaceAll("(?m)^\\s*#.*$", "");
    return EARLY_EXIT.matcher(code).results().map(MatchResult::group).toList();
  }

  private static List<Path> scripts() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : List.of(PROJECT.resolve("scripts"), PROJECT.resolve(".ci"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          if (String.valueOf(file.getFileName()).endsWith(".sh") || startsWithABashLine(file)) {
            all.add(file);
          }
        }
      }
    }
    return all;
  }

  private static boolean startsWithABashLine(Path file) throws IOException {
    byte[] begin = new byte[64];
    int read;
    try (var in = Files.newInputStream(file)) {
      read = Math.max(0, in.readNBytes(begin, 0, begin.length));
    }
    String line = new String(begin, 0, read, StandardCharsets.ISO_8859_1);
    return line.startsWith("#!") && line.lines().findFirst().orElse("").endsWith("sh");
  }
}
