package updategateway.packaging.lambda;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's Runtime API for one process, on loopback: hands out events, takes answers, and lets a
 * function that is started for SnapStart restore. Safe for many threads.
 *
 * <p>Head and body go out in one write and without Nagle's delay: in two, each request would wait
 * 40 ms for a delayed acknowledgement, which nobody has on Lambda. {@code Content-Type} and {@code
 * Lambda-Runtime-Trace-Id} are always sent, since AWS's client crashes where one is missing.
 */
public final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final ServerSocket server;
  private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch restoreAsked = new CountDownLatch(1);
  private final CountDownLatch restored = new CountDownLatch(1);
  private final CompletableFuture<String> failure = new CompletableFuture<>();

  private RuntimeApi(ServerSocket server) {
    this.server = server;
  }

  /**
   * What a function answered.
   *
   * @param body as sent
   * @param isError whether it was posted as an error
   * @param nanoTime when it was here, whole, by {@link System#nanoTime}
   * @param duration since the event was handed out
   */
  public record Answer(String body, boolean isError, long nanoTime, Duration duration) {}

  private record Event(String id, String body) {}

  private record Open(CompletableFuture<Answer> answer, AtomicLong handedOut) {}

  private record HttpRequest(String method, String path, String body) {}

  /** Starts on a free port. */
  public static RuntimeApi start() throws IOException {
    RuntimeApi api = new RuntimeApi(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().name("runtime-api").start(api::accept);
    return api;
  }

  /** For {@code AWS_LAMBDA_RUNTIME_API}. */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Hands out an event; the answer comes when the function posts it. */
  public CompletableFuture<Answer> send(String event) {
    String id = UUID.randomUUID().toString();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    open.put(id, new Open(answer, new AtomicLong()));
    var _ = failure.thenAccept(reason -> answer.completeExceptionally(new IOException(reason)));
    waiting.add(new Event(id, event));
    return answer;
  }

  /**
   * Hands out an event and waits for the answer.
   *
   * @throws IOException when the function could not start, or does not answer in a minute
   */
  public Answer invoke(String event) throws IOException, InterruptedException {
    try {
      return send(event).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the function does not answer", e);
    } catch (ExecutionException e) {
      throw new IOException("the function failed: " + e.getMessage(), e);
    }
  }

  /**
   * Waits until the function is ready for its snapshot, which it is when it asks to be restored.
   */
  public boolean awaitCheckpoint(Duration most) throws InterruptedException {
    return restoreAsked.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets the function restore. */
  public void restore() {
    restored.countDown();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        Thread.ofPlatform().daemon().name("runtime-api-connection").start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      while (true) {
        HttpRequest request = read(in, socket);
        if (request == null) {
          return;
        }
        socket.getOutputStream().write(answer(request));
      }
    } catch (IOException e) {
      // The function ended, or this did.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  private byte[] answer(HttpRequest request) throws InterruptedException {
    String path = request.path().substring(Math.min(PREFIX.length(), request.path().length()));
    String[] parts = path.split("/", -1);
    return switch (parts[0]) {
      case "invocation" -> parts[1].equals("next") ? next() : take(parts[1], parts[2], request);
      case "restore" -> {
        if (parts[1].equals("next")) {
          restoreAsked.countDown();
          restored.await();
          yield response("200 OK", "", "");
        }
        yield failed(request);
      }
      case "init" -> failed(request);
      default -> response("404 Not Found", "", "");
    };
  }

  private byte[] next() throws InterruptedException {
    Event event = waiting.take();
    Open handedOut = open.get(event.id());
    String headers =
        "Lambda-Runtime-Aws-Request-Id: "
            + event.id()
            + "\r\nLambda-Runtime-Deadline-Ms: "
            + (System.currentTimeMillis() + DEADLINE.toMillis())
            + "\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:local"
            + "\r\nLambda-Runtime-Trace-Id: Root=1-00000000-000000000000000000000000;Sampled=0\r\n";
    byte[] response = response("200 OK", headers, event.body());
    if (handedOut != null) {
      handedOut.handedOut().set(System.nanoTime());
    }
    return response;
  }

  private byte[] take(String id, String kind, HttpRequest request) {
    long now = System.nanoTime();
    Open answered = open.remove(id);
    if (answered != null) {
      answered
          .answer()
          .complete(
              new Answer(
                  request.body(),
                  kind.equals("error"),
                  now,
                  Duration.ofNanos(now - answered.handedOut().get())));
    }
    return response("202 Accepted", "", "");
  }

  private byte[] failed(HttpRequest request) {
    failure.complete(request.body());
    return response("202 Accepted", "", "");
  }

  private static byte[] response(String status, String headers, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/json\r\n"
            + headers
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, whole, 0, headBytes.length);
    System.arraycopy(body, 0, whole, headBytes.length, body.length);
    return whole;
  }

  private static @Nullable HttpRequest read(InputStream in, Socket socket) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).trim());
    }
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      socket
          .getOutputStream()
          .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    byte[] body =
        headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")
            ? chunks(in)
            : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    String[] words = first.split(" ", -1);
    return new HttpRequest(words[0], words[1], new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      int length = size == null ? 0 : Integer.parseInt(size.strip(), 16);
      body.write(in.readNBytes(length));
      line(in);
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
