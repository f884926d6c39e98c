package updategateway.cli.policy.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real browser without a window, spoken to through its own protocol (Chrome DevTools). */
final class Chromium implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private int sent;

  /** Where one is installed on this machine. */
  static Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Chromium(Path executable, Path profile) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    for (int i = 0;
        i < PATIENCE_SECONDS * 10 && !(Files.exists(port) && Files.size(port) > 0);
        i++) {
      Thread.sleep(100);
    }
    HttpResponse<String> pages =
        http.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String address = "";
    for (JsonNode page : JSON.readTree(pages.body())) {
      if (page.path("type").asText().equals("page")) {
        address = page.path("webSocketDebuggerUrl").asText();
      }
    }
    socket = http.newWebSocketBuilder().buildAsync(URI.create(address), new Receiver()).join();
    for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
      call(domain + ".enable");
    }
  }

  /** Opens a file in a window of this width, on a phone or not, in the dark or not. */
  void open(Path file, int width, boolean dark) throws IOException, InterruptedException {
    ObjectNode size = JSON.createObjectNode();
    size.put("width", width)
        .put("height", 900)
        .put("deviceScaleFactor", 1)
        .put("mobile", width < 600);
    call("Emulation.setDeviceMetricsOverride", size);
    ObjectNode media = JSON.createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", media);
    events.clear();
    call("Page.navigate", JSON.createObjectNode().put("url", file.toUri().toString()));
    while (events.stream().noneMatch(event -> is(event, "Page.loadEventFired"))) {
      take();
    }
  }

  /** What an expression of the page is worth. */
  JsonNode evaluate(String expression) throws IOException, InterruptedException {
    return call(
            "Runtime.evaluate",
            JSON.createObjectNode().put("expression", expression).put("returnByValue", true))
        .path("result")
        .path("value");
  }

  /** Everything that the page asked for but itself, and what a page cannot ask anybody for. */
  List<String> requests() {
    return events.stream()
        .filter(event -> is(event, "Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asText())
        .filter(url -> !url.startsWith("data:") && !url.endsWith(".html"))
        .toList();
  }

  /** Whatever stands in the console. */
  List<String> complaints() {
    return events.stream()
        .filter(event ->
            is(event, "Log.entryAdded")
                || is(event, "Runtime.exceptionThrown")
                || is(event, "Runtime.consoleAPICalled"))
        .map(event -> event.path("params").toString())
        .toList();
  }

  /** The whole page as a PNG. */
  byte[] screenshot() throws IOException, InterruptedException {
    return call(
            "Page.captureScreenshot",
            JSON.createObjectNode().put("format", "png").put("captureBeyondViewport", true))
        .path("data")
        .binaryValue();
  }

  private static boolean is(JsonNode event, String method) {
    return event.path("method").asText().equals(method);
  }

  private JsonNode call(String method) throws IOException, InterruptedException {
    return call(method, JSON.createObjectNode());
  }

  private JsonNode call(String method, ObjectNode parameters)
      throws IOException, InterruptedException {
    ObjectNode request = JSON.createObjectNode();
    int id = ++sent;
    request.put("id", id).put("method", method).set("params", parameters);
    socket.sendText(JSON.writeValueAsString(request), true).join();
    while (true) {
      JsonNode answer = take();
      if (answer.path("id").asInt() == id) {
        if (answer.has("error")) {
          throw new IOException(String.format(Locale.ROOT, "%s: %s", method, answer));
        }
        return answer.path("result");
      }
    }
  }

  private JsonNode take() throws IOException, InterruptedException {
    JsonNode message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new IOException("the browser says nothing any more");
    }
    if (message.has("method")) {
      events.add(message);
    }
    return message;
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          received.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }

  @Override
  public void close() throws InterruptedException {
    socket.abort();
    http.close();
    process.destroy();
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
  }
}
