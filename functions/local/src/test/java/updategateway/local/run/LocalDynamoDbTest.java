package updategateway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalDynamoDbTest {
  @Test
  void itLeavesNothingInTheFolderThatATesterStandsIn(@TempDir Path data) throws Exception {
    Set<Path> before = here();
    LocalDynamoDb.start(null).close();
    LocalDynamoDb.start(data).close();
    assertThat(here()).isEqualTo(before);
  }

  private static Set<Path> here() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      return new TreeSet<>(files.toList());
    }
  }
}
