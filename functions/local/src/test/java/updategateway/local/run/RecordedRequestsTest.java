package updategateway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import updategateway.commandline.CommandLineTool;
import updategateway.local.replay.ReplayCommand;

/** What {@code scripts/run --record} writes is what {@code scripts/replay} reads. */
final class RecordedRequestsTest {
  private static final String GET = "GET /bases/main.cvd HTTP/1.1";

  @Test
  void everyRequestIsASampleEventWithItsOutcome(@TempDir Path folder) throws Exception {
    Path recorded = folder.resolve("recorded.ndjson");
    try (Gateway gateway =
        new Gateway("--port", "0", "--record", recorded.toString()).awaitStart()) {
      int port = gateway.port(0);
      assertThat(gateway.send(port, GET, "X-Local-Country: DE", "X-Local-Address: 203.0.113.7"))
          .startsWith("HTTP/1.1 302");
      assertThat(
              gateway.send(
                  port,
                  "GET /bases/main.cvd?token=secret-of-the-query HTTP/1.1",
                  "X-Local-Country: US",
                  "Authorization: Basic secret-of-a-header",
                  "Cookie: session=secret-of-a-cookie",
                  "X-Api-Key: secret-of-a-key",
                  "X-Edge-Secret: secret-of-the-edge",
                  "Accept: application/json"))
          .startsWith("HTTP/1.1 451");
      assertThat(gateway.send(port, "HEAD /a/../b HTTP/1.1", "X-Local-Country: US"))
          .startsWith("HTTP/1.1 400");
      assertThat(
              gateway.send(
                  port, GET, "X-Local-Country: US", "X-Local-Time: 2024-09-29T03:59:59.999Z"))
          .startsWith("HTTP/1.1 302");
      gateway.stop();
    }
    List<String> events = Files.readAllLines(recorded);
    assertThat(events).hasSize(4);
    assertThat(String.join("", events)).doesNotContain("secret-of").contains("203.0.113.7:");
    assertThat(replay(recorded, "../policies")).isZero();

    Files.writeString(
        recorded, events.getFirst().replace("\"status\":302", "\"status\":451") + "\n");
    assertThat(replay(recorded, "../policies")).isEqualTo(1);
  }

  @Test
  void aFileThatCannotBeWrittenIsSaid(@TempDir Path folder) throws Exception {
    try (Gateway gateway = new Gateway("--port", "0", "--record", folder.toString())) {
      assertThat(gateway.awaitEnd()).isEqualTo(2);
      assertThat(gateway.output()).contains("--record " + folder + " cannot be written");
    }
  }

  private static int replay(Path recorded, String policies) {
    StringWriter unused = new StringWriter();
    return CommandLineTool.run(
        new ReplayCommand(),
        new PrintWriter(unused),
        new PrintWriter(unused),
        false,
        recorded.toString(),
        "--policies",
        policies);
  }
}
