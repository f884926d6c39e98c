package updategateway.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  private static final String COMMAND = "updategateway.command";

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void forget() {
    System.clearProperty(COMMAND);
  }

  @Test
  void namesTheCommandThatMadeItWithItsArguments() throws IOException {
    System.setProperty(COMMAND, "scripts/bench cold --rounds 7");
    assertThat(written().path("command").asText()).isEqualTo("scripts/bench cold --rounds 7");
    assertThat(Files.readString(folder.resolve("cold.svg")))
        .contains(">scripts/bench cold --rounds 7, 2026-11-25T09:00:00Z, ");
  }

  @Test
  void namesTheBenchmarkWhereNoScriptSaysMore() throws IOException {
    assertThat(written().path("command").asText()).isEqualTo("scripts/bench cold");
  }

  private JsonNode written() throws IOException {
    new Report("cold", "Cold start", Instant.parse("2026-11-25T09:00:00.5Z"))
        .add(new Samples("one", "ms", List.of(1.0, 2.0)))
        .write(folder);
    return new JsonMapper().readTree(folder.resolve("cold.json").toFile());
  }
}
