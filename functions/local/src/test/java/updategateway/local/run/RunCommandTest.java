package updategateway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.region.testing.MmdbWriter;

/** The whole system as a process, from the outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RunCommandTest {
  private static final String GET = "GET /bases/main.cvd HTTP/1.1";

  private final Gateway gateway;

  RunCommandTest() throws IOException {
    gateway =
        new Gateway(
            "--port",
            "0",
            "--at",
            "2024-09-29 00:00 America/New_York",
            "--edge",
            "US=0",
            "DE=0",
            "=0");
  }

  @BeforeAll
  void start() throws InterruptedException {
    gateway.awaitStart();
  }

  @AfterAll
  void stop() throws InterruptedException {
    gateway.close();
  }

  @Test
  void saysWhereItListensWhatIsInForceAndWhatToTry() {
    assertThat(gateway.output())
        .contains(
            "The gateway listens on http://127.0.0.1:",
            "for viewers from US",
            "In force: policy set ",
            "us-icts-2021-002 / updates from 2024-09-29T04:00:00Z (2024-09-29 00:00 America/New_York)",
            "served:   curl",
            "refused:  curl",
            "what if:  curl");
  }

  @ParameterizedTest(name = "port {0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | X-Local-Country: US                                                   | 451
          0 | X-Local-Country: DE                                                   | 302
          0 | X-Local-Country: PR                                                   | 451
          0 | X-Local-Country: US\\r\\nX-Local-Subdivision: PR                        | 451
          0 | X-Local-Country:                                                      | 451
          0 | Accept: */*                                                           | 451
          0 | X-Local-Country: US\\r\\nX-Local-Time: 2024-09-29T03:59:59.999Z         | 302
          0 | X-Local-Country: US\\r\\nX-Local-Time: 2024-09-28 23:59 America/New_York | 302
          0 | X-Local-Country: DE\\r\\nCloudFront-Viewer-Country: US                  | 302
          0 | X-Local-Country: US\\r\\nCloudFront-Viewer-Country: DE                  | 451
          0 | X-Local-Country: US\\r\\nCLOUDFRONT-VIEWER-COUNTRY: DE                  | 451
          0 | CloudFront-Viewer-Country: DE                                         | 451
          0 | X-Local-Time: yesterday                                               | 400
          0 | X-Local-Address: nowhere                                              | 400
          1 | Accept: */*                                                           | 451
          1 | X-Local-Country: DE                                                   | 302
          2 | Accept: */*                                                           | 302
          2 | X-Local-Country:                                                      | 451
          3 | Accept: */*                                                           | 451
          """)
  void theEdgeReportsWhatATesterSays(int port, String headers, int status) throws IOException {
    assertThat(gateway.send(gateway.port(port), GET, headers.replace("\\r\\n", "\r\n")))
        .startsWith("HTTP/1.1 " + status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//bases/main.cvd",
        "/bases//main.cvd",
        "//evil.example/bases/main.cvd",
        "/bases/../main.cvd",
        "/.;/bases",
        "/bases/%2e%2e/x",
        "/bases%2fmain.cvd",
        "/bases\\main.cvd",
        "/bases%5cmain.cvd",
        "/%zz",
        "/%",
        "/bases/%00",
        "/bases/%c0%ae",
        "/bases/%252f",
        "/..;/bases",
        "/a%0d%0ab"
      })
  void aPathWithTwoReadingsIsA400WhoeverAsks(String path) throws IOException {
    for (int port : new int[] {1, 2}) {
      assertThat(gateway.send(gateway.port(port), "GET " + path + " HTTP/1.1"))
          .startsWith("HTTP/1.1 400")
          .doesNotContain("Location:");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /bases/main.cvd HTTP/1.1",
        "PUT /bases/main.cvd HTTP/1.1",
        "DELETE / HTTP/1.1",
        "OPTIONS /bases/main.cvd HTTP/1.1"
      })
  void anotherMethodIsA405(String line) throws IOException {
    assertThat(gateway.send(gateway.port(2), line, "Content-Length: 0"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET, HEAD");
  }

  @Test
  void aTargetWithAHostIsItsPath() throws IOException {
    assertThat(gateway.send(gateway.port(1), "GET http://x/bases/main.cvd HTTP/1.1"))
        .startsWith("HTTP/1.1 451 Unavailable For Legal Reasons\r\n");
    assertThat(gateway.send(gateway.port(2), "GET http://x/bases/main.cvd HTTP/1.1"))
        .startsWith("HTTP/1.1 302")
        .contains("/bases/main.cvd\r\n")
        .doesNotContain("Location: http://x");
  }

  @Test
  void headHasNoBodyAndTheSameLength() throws IOException {
    String get = gateway.send(gateway.port(1), GET);
    String head = gateway.send(gateway.port(1), GET.replace("GET", "HEAD"));
    assertThat(head).startsWith("HTTP/1.1 451").endsWith("\r\n\r\n");
    assertThat(line(head, "Content-Length")).isEqualTo(line(get, "Content-Length"));
  }

  @Test
  void theOriginServesRangesAndConditions() throws IOException {
    String location = line(gateway.send(gateway.port(2), GET), "Location");
    int port = Integer.parseInt(location.replaceFirst(".*:(\\d+)/.*", "$1"));
    String whole = gateway.send(port, GET);
    assertThat(whole)
        .startsWith("HTTP/1.1 200")
        .contains("Demo bases")
        .contains("Accept-Ranges: bytes");
    assertThat(gateway.send(port, GET, "Range: bytes=0-3"))
        .startsWith("HTTP/1.1 206")
        .endsWith("Demo");
    assertThat(gateway.send(port, GET, "Range: bytes=9999-")).startsWith("HTTP/1.1 416");
    assertThat(gateway.send(port, GET, line(whole, "ETag").replace("ETag", "If-None-Match")))
        .startsWith("HTTP/1.1 304");
    assertThat(gateway.send(port, GET, "If-Modified-Since: Mon, 02 Sep 2024 00:00:00 GMT"))
        .startsWith("HTTP/1.1 304");
    assertThat(gateway.send(port, "GET /nothing HTTP/1.1")).startsWith("HTTP/1.1 404");
  }

  @Test
  void eachDecisionIsALine() throws Exception {
    String id =
        line(gateway.send(gateway.port(1), GET), "Decision-Id").replace("Decision-Id: ", "");
    assertThat(gateway.decisions(id)).singleElement().asString().contains("\"outcome\":\"refuse\"");
  }

  @Test
  void anAddressIsLookedUpInTheDatabaseThatIsNamed(@TempDir Path folder) throws Exception {
    Path database =
        new MmdbWriter("Test-Country", 6)
            .flat("8.8.8.0/24", "US")
            .flat("9.9.9.0/24", "DE")
            .write(folder.resolve("test.mmdb"));
    try (Gateway second = new Gateway("--port", "0", "--geo", database.toString()).awaitStart()) {
      assertThat(
              second.send(second.port(0), GET, "X-Local-Country: DE", "X-Local-Address: 8.8.8.8"))
          .startsWith("HTTP/1.1 451")
          .contains("region: US", "regionSource: address-database");
      assertThat(second.send(second.port(0), GET, "X-Local-Address: 9.9.9.9"))
          .startsWith("HTTP/1.1 302");
      assertThat(
              second.send(second.port(0), GET, "X-Local-Country: DE", "X-Local-Address: 08.8.8.8"))
          .startsWith("HTTP/1.1 400");
      assertThat(second.output()).contains("Test-Country of 2026-06-17T00:00:00Z");
    }
    Path none = folder.resolve("none.mmdb");
    try (Gateway third = new Gateway("--port", "0", "--geo", none.toString())) {
      assertThat(third.awaitEnd()).isEqualTo(2);
      assertThat(third.output())
          .contains("GEO_DATABASE is " + none + ": it is no file")
          .doesNotContain("Exception");
    }
  }

  @Test
  void aPortThatIsTakenIsSaidInASentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Gateway second = new Gateway("--port", Integer.toString(taken.getLocalPort()))) {
      assertThat(second.awaitEnd()).isEqualTo(2);
      assertThat(second.output())
          .contains("Port " + taken.getLocalPort() + " is taken")
          .doesNotContain("Starting DynamoDB Local")
          .doesNotContain("Exception");
    }
  }

  @Test
  void policiesThatAreWrongAreNotPutInForce(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("catalog.yaml"), "routes:\n  - path: bases\n    activity: x\n");
    Files.writeString(folder.resolve("p.yaml"), "id: P\n");
    try (Gateway second = new Gateway("--port", "0", "--policies", folder.toString())) {
      assertThat(second.awaitEnd()).isEqualTo(2);
      assertThat(second.output())
          .contains("catalog.yaml:2: ", "p.yaml:1: id", "write p", "has no phases")
          .doesNotContain("Exception");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --dynamodb http://127.0.0.1:1           | DynamoDB cannot be reached at http://127.0.0.1:1
          --policies /no/such/folder              | There is no folder /no/such/folder
          --origin /no/such/folder                | There is no folder /no/such/folder
          --at tomorrow                           | --at: not a time: tomorrow
          --at '2024-09-29 00:00 EDT'             | write America/New_York
          --edge US                               | write CC=PORT
          --port 99999                            | a port is a number
          --port x                                | Invalid value for option '--port'
          --colour red                            | Unknown options: '--colour', 'red'
          """)
  void whatCannotBeDoneIsSaidInASentence(String arguments, String message) throws Exception {
    String[] words =
        arguments.contains("'")
            ? new String[] {"--at", "2024-09-29 00:00 EDT"}
            : arguments.split(" ");
    try (Gateway second = new Gateway(words)) {
      assertThat(second.awaitEnd()).isEqualTo(2);
      assertThat(second.output())
          .contains(message)
          .doesNotContain("Exception")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void dataIsKeptBetweenRunsAndAStopIsClean(@TempDir Path data) throws Exception {
    String first;
    try (Gateway one = new Gateway("--port", "0", "--data", data.toString()).awaitStart()) {
      first =
          one.output()
              .lines()
              .filter(line -> line.startsWith("In force"))
              .findFirst()
              .orElseThrow();
      assertThat(one.stop()).isEqualTo(143);
      assertThat(one.output()).doesNotContain("Exception");
    }
    assertThat(data).isNotEmptyDirectory();
    try (Gateway two = new Gateway("--port", "0", "--data", data.toString()).awaitStart()) {
      assertThat(two.output()).contains(first);
      assertThat(two.send(two.port(0), GET, "X-Local-Country: US")).startsWith("HTTP/1.1 451");
    }
  }

  private static String line(String response, String header) {
    return response.lines().filter(line -> line.startsWith(header + ":")).findFirst().orElse("");
  }
}
