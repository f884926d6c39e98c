package updategateway.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import updategateway.commandline.UsageException;

class SelfContainedTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void propertiesStayWithoutTheirComments() throws IOException, UsageException {
    Path file = folder.resolve("java.security");
    Files.writeString(file, "# all\n\na=1\n  # more\nb=x, \\\n    y#z\n");
    LinkedRuntime.withoutComments(file);
    assertThat(file).content().isEqualTo("a=1\nb=x, \\\n    y#z\n");
  }

  @Test
  void aContinuationThatLooksLikeACommentIsNotTakenAway() throws IOException {
    for (String text : new String[] {"a=1, \\\n# 2\n", "a=1, \\\n\nb=2\n"}) {
      Path file = folder.resolve("java.security");
      Files.writeString(file, text);
      assertThatThrownBy(() -> LinkedRuntime.withoutComments(file))
          .isInstanceOf(UsageException.class);
    }
  }
}
