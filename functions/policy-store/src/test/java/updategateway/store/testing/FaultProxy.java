package updategateway.store.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;

/**
 * Stands on a socket of its own between a client and a real DynamoDB, counts what passes, and does
 * to it whatever {@link Fault} it is told. Requests that a silent fault has swallowed stay
 * unanswered for ever, as on a network that drops packets; only new ones see a change of the fault.
 *
 * <p>Safe for many threads.
 */
public final class FaultProxy implements AutoCloseable {
  private static final Set<String> NOT_PASSED_ON =
      Set.of("host", "connection", "content-length", "expect", "transfer-encoding", "upgrade");

  private final StoreSettings behind;
  private final URI upstream;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final int port;
  private @Nullable ServerSocket listening;
  private volatile @Nullable Fault fault;
  private volatile String pointerAnswer = "";

  /**
   * What a client asked.
   *
   * @param operation such as {@code GetItem}
   * @param body the request's own JSON
   */
  public record Call(String operation, String body) {
    /** Whether it asks which set is in force. */
    public boolean isPointerRead() {
      return operation.equals("GetItem") && body.contains("\"in-force\"");
    }
  }

  /** A request or a response of HTTP. */
  private static final class Message {
    private final String startLine;
    private final Map<String, String> headers;
    private final byte[] body;

    private Message(String startLine, Map<String, String> headers, byte[] body) {
      this.startLine = startLine;
      this.headers = headers;
      this.body = body;
    }
  }

  private FaultProxy(StoreSettings behind) {
    this.behind = behind;
    this.upstream = Objects.requireNonNull(behind.endpoint());
    try {
      this.listening = listen(0);
      this.port = listening.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A proxy that passes everything on, until told otherwise. */
  public static FaultProxy before(StoreSettings tables) {
    return new FaultProxy(tables);
  }

  /** The same tables through the proxy, with the timeouts of a client. */
  public StoreSettings tables(Timeouts timeouts) {
    return new StoreSettings(
        behind.policySetsTable(), behind.agentsTable(), behind.region(), endpoint(), timeouts);
  }

  /** What a client takes for DynamoDB. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** All that was asked and read to its end, whether it was answered or not. */
  public List<Call> calls() {
    return calls;
  }

  /** How often somebody asked which set is in force. */
  public long pointerReads() {
    return calls.stream().filter(Call::isPointerRead).count();
  }

  /**
   * The last right answer to the question which set is in force, for whoever wants to replay it.
   */
  public String pointerAnswer() {
    return pointerAnswer;
  }

  private Message noted(Message request, Message answer) {
    if (isPointerRead(request)) {
      pointerAnswer = new String(answer.body, StandardCharsets.UTF_8);
    }
    return answer;
  }

  private static boolean isPointerRead(Message request) {
    return call(request).isPointerRead();
  }

  private static Call call(Message request) {
    String target = request.headers.getOrDefault("x-amz-target", "");
    return new Call(
        target.substring(target.indexOf('.') + 1),
        new String(request.body, StandardCharsets.UTF_8));
  }

  /** From the next request on. */
  public synchronized void breakWith(Fault next) {
    fault = next;
    if (next instanceof Fault.Refused) {
      stopListening();
      open.forEach(FaultProxy::reset);
    } else {
      startListening();
    }
  }

  /** Resets all connections that are open, once; new ones are taken. */
  public void resetConnections() {
    open.forEach(FaultProxy::reset);
  }

  /** Passes everything on again. */
  public synchronized void mend() {
    fault = null;
    startListening();
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    stopListening();
    open.forEach(FaultProxy::reset);
    client.close();
  }

  private void startListening() {
    if (listening == null) {
      try {
        listening = listen(port);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void stopListening() {
    if (listening != null) {
      try {
        listening.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      listening = null;
    }
  }

  private ServerSocket listen(int on) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on), 512);
    Thread.ofVirtual().start(() -> accept(socket));
    return socket;
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> converse(client));
      }
    } catch (IOException e) {
      // Closed: nobody listens any more.
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Message request = read(in); request != null; request = read(in)) {
        calls.add(call(request));
        answer(request, socket);
      }
    } catch (IOException e) {
      // The client has gone, or was sent away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private void answer(Message request, Socket socket) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    Fault now = fault;
    switch (now) {
      case null -> send(out, noted(request, passOn(request)));
      case Fault.Refused _, Fault.HungUp _ -> socket.close();
      case Fault.Silent _ -> closed.await();
      case Fault.Late late -> {
        Message answer = passOn(request);
        pause(late.by());
        send(out, answer);
      }
      case Fault.Trickling trickling -> {
        for (byte one : bytes(passOn(request))) {
          pause(trickling.pause());
          out.write(one);
          out.flush();
        }
      }
      case Fault.ResetMidAnswer _ -> {
        byte[] whole = bytes(passOn(request));
        out.write(whole, 0, whole.length / 2);
        out.flush();
        reset(socket);
      }
      case Fault.Refusing error -> send(out, message(error.status(), Fault.body(error)));
      case Fault.Saying saying ->
          send(out, message(200, saying.body().getBytes(StandardCharsets.UTF_8)));
      case Fault.SayingOfThePointer saying ->
          send(
              out,
              isPointerRead(request)
                  ? message(200, saying.body().getBytes(StandardCharsets.UTF_8))
                  : passOn(request));
      case Fault.LostTransaction lost -> {
        if (!call(request).operation().equals("TransactWriteItems")) {
          send(out, passOn(request));
          return;
        }
        if (lost.carriedOut()) {
          passOn(request);
        }
        if (lost.forGood()) {
          breakWith(new Fault.Refused());
        }
        reset(socket);
      }
      case Fault.Responding own ->
          send(
              out,
              new Message(
                  "HTTP/1.1 " + own.status() + " As told",
                  own.headers(),
                  own.body().getBytes(StandardCharsets.UTF_8)));
      case Fault.Halved _ -> {
        byte[] body = passOn(request).body;
        send(out, message(200, Arrays.copyOf(body, body.length / 2)));
      }
      case Fault.Flipped _ -> {
        Message right = passOn(request);
        byte[] body = right.body.clone();
        int letter = new String(body, StandardCharsets.UTF_8).indexOf("{\"S\":\"") + 6;
        body[letter] = (byte) (body[letter] == '0' ? '1' : '0');
        send(out, new Message(right.startLine, right.headers, body));
      }
    }
  }

  private void pause(Duration length) throws InterruptedException {
    closed.await(length.toNanos(), TimeUnit.NANOSECONDS);
  }

  private Message passOn(Message request) throws IOException, InterruptedException {
    HttpRequest.Builder passed =
        HttpRequest.newBuilder(upstream.resolve("/"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body));
    request.headers.forEach((name, value) -> {
      if (!NOT_PASSED_ON.contains(name)) {
        passed.header(name, value);
      }
    });
    HttpResponse<byte[]> response =
        client.send(passed.build(), HttpResponse.BodyHandlers.ofByteArray());
    Map<String, String> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!NOT_PASSED_ON.contains(lower) && !lower.startsWith(":")) {
            headers.put(lower, values.getFirst());
          }
        });
    return new Message(
        "HTTP/1.1 " + response.statusCode() + " As it was", headers, response.body());
  }

  private static Message message(int status, byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return new Message(
        "HTTP/1.1 " + status + " As told",
        Map.of(
            "content-type", "application/x-amz-json-1.0",
            "x-amzn-requestid", "FAULT",
            "x-amz-crc32", Long.toString(crc.getValue())),
        body);
  }

  private static void send(OutputStream out, Message message) throws IOException {
    out.write(bytes(message));
    out.flush();
  }

  private static byte[] bytes(Message message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder head = new StringBuilder(message.startLine).append("\r\n");
    message.headers.forEach((name, value) -> line(head, name, value));
    line(head, "content-length", Integer.toString(message.body.length));
    out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(message.body);
    return out.toByteArray();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /** The next request; null when the client has closed. */
  private static @Nullable Message read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    if (lines.isEmpty()) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Message(lines.getFirst(), headers, in.readNBytes(length));
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (next != '\r') {
        line.write(next);
      }
      next = in.read();
    }
    return next < 0 && line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }
}
