package updategateway.store.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.function.Function;

/**
 * Stands between the SDK and a DynamoDB and decides of each request what becomes of it. Safe for
 * many threads.
 */
public final class Relay implements AutoCloseable {
  private static final String OPERATION = "X-Amz-Target";

  /** What becomes of a request. */
  public enum Fate {
    /** It is answered. */
    PASS,
    /** It waits to be released, and goes on then. */
    HELD_BEFORE,
    /** It takes effect; its answer waits to be released. */
    HELD_AFTER,
    /** It takes no effect, and the connection is closed. */
    LOST_BEFORE,
    /** It takes effect, and the connection is closed instead of an answer. */
    LOST_AFTER,
    /** It takes no effect: the server says that it failed. */
    FAILED
  }

  private final URI target;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> operations = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final Phaser underWay = new Phaser(1);
  private volatile Function<String, Fate> fates = _ -> Fate.PASS;

  /** A relay to a DynamoDB, on a free port of the loopback. */
  public Relay(URI target) {
    this.target = target;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port on the loopback", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where the SDK is to send its requests. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Decides from now on.
   *
   * @param fates by the name of the operation, such as {@code PutItem}
   */
  public void decide(Function<String, Fate> fates) {
    this.fates = fates;
  }

  /** Lets all go on that are held, now and later. */
  public void release() {
    released.countDown();
  }

  /** Waits until nothing is under way any more. */
  public void awaitQuiet() {
    underWay.arriveAndAwaitAdvance();
  }

  /** What was asked, in order. */
  public List<String> operations() {
    return operations;
  }

  private void handle(HttpExchange exchange) {
    underWay.register();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String named =
          Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(OPERATION), "");
      String operation = named.substring(named.indexOf('.') + 1);
      operations.add(operation);
      switch (fates.apply(operation)) {
        case PASS -> answer(exchange, forward(exchange, body));
        case HELD_BEFORE -> {
          released.await();
          answer(exchange, forward(exchange, body));
        }
        case HELD_AFTER -> {
          HttpResponse<byte[]> response = forward(exchange, body);
          released.await();
          answer(exchange, response);
        }
        case LOST_BEFORE -> {}
        case LOST_AFTER -> forward(exchange, body);
        case FAILED -> exchange.sendResponseHeaders(500, -1);
      }
    } catch (IOException | InterruptedException e) {
      // The other side has gone; so does this one.
    } finally {
      underWay.arriveAndDeregister();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (name.regionMatches(true, 0, "X-Amz-", 0, 6)
              || name.equalsIgnoreCase("Authorization")
              || name.equalsIgnoreCase("Content-Type")) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          if (name.regionMatches(true, 0, "x-amz", 0, 5) || name.equalsIgnoreCase("Content-Type")) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    exchange.sendResponseHeaders(response.statusCode(), response.body().length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(response.body());
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
