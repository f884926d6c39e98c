package updategateway.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links between the project's documents, and how long its first page is. */
final class DocumentsTest {
  private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();

  @Test
  void everyLinkPointsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> documents = documents();
    assertThat(documents).hasSizeGreaterThan(15);
    for (Path document : documents) {
      MarkdownFile file = MarkdownFile.read(document);
      for (String link : file.links()) {
        problem(document, link)
            .ifPresent(p -> broken.add(PROJECT.relativize(document) + ": " + link + ": " + p));
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertThat(Files.readAllLines(PROJECT.resolve("README.md"))).hasSizeLessThanOrEqualTo(250);
  }

  @Test
  void everyDecisionRecordHasANumberOfItsOwnADecisionAndOneScreen() throws IOException {
    Set<String> numbers = new HashSet<>();
    List<Path> records =
        documents().stream()
            .filter(file -> file.startsWith(PROJECT.resolve("functions/decisions")))
            .filter(file -> !file.endsWith("README.md"))
            .toList();
    assertThat(records).isNotEmpty();
    for (Path file : records) {
      String name = String.valueOf(file.getFileName());
      assertThat(name).matches("\\d{4}-[a-z0-9-]+\\.md");
      assertThat(numbers.add(name.substring(0, 4))).as(name).isTrue();
      assertThat(Files.readAllLines(file))
          .as(name)
          .hasSizeLessThanOrEqualTo(60)
          .anyMatch(line -> line.startsWith("**Decision.**"));
    }
  }

  @Test
  void brokenLinksAreFound(@TempDir Path folder) throws IOException {
    Path document = Files.writeString(folder.resolve("a.md"), "# One two\n\n## `three`: four\n");
    assertThat(problem(document, "#one-two")).isEmpty();
    assertThat(problem(document, "#three-four")).isEmpty();
    assertThat(problem(document, "a.md#one-two")).isEmpty();
    assertThat(problem(document, "https://vendor.example/")).isEmpty();
    assertThat(problem(document, "#one")).contains("no such heading");
    assertThat(problem(document, "b.md")).contains("no such file");
  }

  private static Optional<String> problem(Path document, String link) throws IOException {
    if (URI.create(link).isAbsolute()) {
      return Optional.empty();
    }
    int hash = link.indexOf('#');
    String name = hash < 0 ? link : link.substring(0, hash);
    Path target = name.isEmpty() ? document : document.resolveSibling(name);
    if (!Files.exists(target)) {
      return Optional.of("no such file");
    }
    return hash >= 0 && !MarkdownFile.read(target).anchors().contains(link.substring(hash + 1))
        ? Optional.of("no such heading")
        : Optional.empty();
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !Pattern.matches("(.*/)?target/.*", PROJECT.relativize(file).toString()))
          .toList();
    }
  }
}
