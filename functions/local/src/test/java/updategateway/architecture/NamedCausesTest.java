package updategateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import updategateway.store.Defect;
import updategateway.store.Trouble;

/**
 * Whoever watches the log for a cause finds in the README all that there are, as they are written.
 */
final class NamedCausesTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void theReadmeNamesEachCauseOfARefreshThatFails() throws IOException {
    assertThat(codesAfter("Each failure is a line with a cause for machines:"))
        .isEqualTo(Stream.of(Trouble.values()).map(Trouble::code).toList());
  }

  @Test
  void theReadmeNamesEachCauseForWhichASetIsNotUsed() throws IOException {
    assertThat(codesAfter("A set in force that cannot be used is a line `policy-rejected`, with"))
        .isEqualTo(Stream.of(Defect.values()).map(Defect::code).toList());
  }

  private static List<String> codesAfter(String words) throws IOException {
    String readme = Files.readString(Path.of("..", "..", "README.md")).replaceAll("\\s+", " ");
    int begin = readme.indexOf(words);
    assertThat(begin).as(words).isPositive();
    begin += words.length();
    return CODE.matcher(readme.substring(begin, readme.indexOf('.', begin)))
        .results()
        .map(result -> result.group(1))
        .toList();
  }
}
