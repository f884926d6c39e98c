package updategateway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/run --data} keeps between runs, and who may use it. */
final class DataFolderTest {
  private static final Path SHIPPED = Path.of("..", "policies");
  private static final String GET = "GET /bases/main.cvd HTTP/1.1";
  private static final String IN_2030 = "X-Local-Time: 2030-01-01T00:00:00Z";
  private static final String US = "X-Local-Country: US";

  @TempDir private Path folder;

  @Test
  void aSecondRunOnTheFolderChangesNothingAndNamesTheFirst() throws Exception {
    String data = folder.resolve("data").toString();
    try (Gateway first = new Gateway("--port", "0", "--data", data).awaitStart()) {
      String before = policySet(first);
      String later = later().toString();
      try (Gateway second =
          new Gateway("--port", "0", "--data", data, "--policies", later, "--replace")) {
        assertThat(second.awaitEnd()).isEqualTo(2);
        assertThat(second.output())
            .contains(data)
            .contains("process " + first.pid())
            .contains("http://127.0.0.1:" + first.port(0))
            .contains("Stop that one first, or name another folder")
            .doesNotContain("Exception");
      }
      assertThat(policySet(first)).isEqualTo(before);
    }
  }

  @Test
  void aRestartKeepsTheSetInForceUntilItIsToldToReplaceIt() throws Exception {
    String data = folder.resolve("data").toString();
    String later = later().toString();
    String deployed;
    try (Gateway first =
        new Gateway("--port", "0", "--data", data, "--policies", later).awaitStart()) {
      assertThat(first.send(first.port(0), GET, US, IN_2030)).startsWith("HTTP/1.1 302");
      deployed = policySet(first);
      first.stop();
    }
    try (Gateway again = new Gateway("--port", "0", "--data", data).awaitStart()) {
      assertThat(policySet(again)).isEqualTo(deployed);
      assertThat(again.send(again.port(0), GET, US, IN_2030)).startsWith("HTTP/1.1 302");
      assertThat(again.output())
          .contains("In force: policy set " + deployed.substring(0, 8))
          .contains("updates from 2034-10-31")
          .contains("It was in force in these tables before: " + deployed.substring(0, 8))
          .contains("make another set")
          .contains("--replace");
      again.stop();
    }
    try (Gateway named =
        new Gateway("--port", "0", "--data", data, "--policies", SHIPPED.toString())) {
      assertThat(named.awaitEnd()).isEqualTo(2);
      assertThat(named.output())
          .contains("Another policy set is in force in these tables: " + deployed.substring(0, 8))
          .contains("Add --replace")
          .doesNotContain("Exception");
    }
    try (Gateway same =
        new Gateway("--port", "0", "--data", data, "--policies", later).awaitStart()) {
      assertThat(policySet(same)).isEqualTo(deployed);
      assertThat(same.output()).doesNotContain("--replace");
      same.stop();
    }
    try (Gateway replaced = new Gateway("--port", "0", "--data", data, "--replace").awaitStart()) {
      assertThat(policySet(replaced)).isNotEqualTo(deployed);
      assertThat(replaced.send(replaced.port(0), GET, US, IN_2030)).startsWith("HTTP/1.1 451");
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsSaidInASentence() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    try (Gateway gateway = new Gateway("--port", "0", "--data", file.toString())) {
      assertThat(gateway.awaitEnd()).isEqualTo(2);
      assertThat(gateway.output()).contains("The folder " + file + " cannot be used for data");
    }
  }

  private static String policySet(Gateway gateway) throws IOException {
    return gateway
        .send(gateway.port(0), GET, US)
        .lines()
        .filter(line -> line.startsWith("Policy-Set: "))
        .findFirst()
        .orElseThrow()
        .substring("Policy-Set: ".length());
  }

  /** The shipped policies, with updates refused ten years later. */
  private Path later() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("policies"));
    try (Stream<Path> files = Files.list(SHIPPED)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        String text = Files.readString(file);
        Files.writeString(
            copy.resolve(file.getFileName()),
            text.replace("2024-09-29 00:00 America", "2034-10-31 00:00 America"));
      }
    }
    return copy;
  }
}
