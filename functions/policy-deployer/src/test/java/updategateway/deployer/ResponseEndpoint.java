package updategateway.deployer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Where CloudFormation waits for answers: a server on the loopback that keeps what it gets, and
 * misbehaves as it is told, request by request. Byte for byte on sockets, so that it can do what no
 * proper server does.
 */
final class ResponseEndpoint implements AutoCloseable {
  /** How one request is treated. Whatever is not said in the script is {@link #TAKE}. */
  enum Conduct {
    TAKE("200 OK"),
    FAIL("503 Slow Down"),
    EXPIRED("403 Forbidden"),
    REQUEST_TIMEOUT("400 Bad Request"),
    GONE("404 Not Found"),
    REDIRECT("307 Temporary Redirect\r\nLocation: /moved?with=query"),
    REDIRECT_ELSEWHERE("302 Found\r\nLocation: /moved"),
    REDIRECT_TO_A_FILE("307 Temporary Redirect\r\nLocation: file:///etc/passwd"),
    /** Reads and never answers. */
    SILENT(""),
    /** Accepts and never reads. */
    DEAF(""),
    /** Resets the connection in the middle of the answer. */
    RESET("200 OK"),
    /** Closes before it has read anything. */
    CLOSE_EARLY(""),
    /** Sends the head of the answer letter by letter and never ends. */
    DRIP("200 OK"),
    /** Sends what is no HTTP. */
    GARBAGE("");

    private final String status;

    Conduct(String status) {
      this.status = status;
    }
  }

  /**
   * What came.
   *
   * @param headers by lower-case name
   */
  record Received(String method, String target, Map<String, String> headers, String body) {}

  private final ServerSocket socket;
  private final ConcurrentLinkedQueue<Conduct> script = new ConcurrentLinkedQueue<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Conduct> treated = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  ResponseEndpoint() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("no port on the loopback", e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** As CloudFormation's are: signed, and long. */
  String url() {
    return "http://127.0.0.1:"
        + socket.getLocalPort()
        + "/arn%3Aaws%3Acloudformation%3Aus-east-1?X-Amz-Algorithm=AWS4-HMAC-SHA256"
        + "&X-Amz-SignedHeaders=host&X-Amz-Signature=5ca1ab1e";
  }

  /** How the next requests are treated, one after the other. */
  void behave(Conduct... conduct) {
    script.addAll(List.of(conduct));
  }

  /** What came whole, in order. */
  List<Received> received() {
    return received;
  }

  /** How requests were treated, in order, those that never came whole too. */
  List<Conduct> treated() {
    return treated;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    Conduct told = script.poll();
    Conduct conduct = told == null ? Conduct.TAKE : told;
    treated.add(conduct);
    try (connection) {
      if (conduct == Conduct.CLOSE_EARLY) {
        connection.setSoLinger(true, 0);
        return;
      }
      if (conduct == Conduct.DEAF) {
        closed.await();
        return;
      }
      received.add(read(connection.getInputStream()));
      answer(connection, conduct);
    } catch (IOException | InterruptedException e) {
      // The other side has gone, or the test is over.
    }
  }

  private static Received read(InputStream in) throws IOException {
    String[] request = line(in).split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Received(
        request[0], request[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the other side has gone");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private void answer(Socket connection, Conduct conduct) throws IOException, InterruptedException {
    OutputStream out = connection.getOutputStream();
    String head =
        "HTTP/1.1 " + conduct.status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    switch (conduct) {
      case SILENT -> closed.await();
      case GARBAGE -> out.write("\0\1\2 no HTTP at all\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      case RESET -> {
        out.write(head.substring(0, 12).getBytes(StandardCharsets.UTF_8));
        out.flush();
        connection.setSoLinger(true, 0);
      }
      case DRIP -> {
        for (byte letter : new ArrayList<>(head.chars().mapToObj(c -> (byte) c).toList())) {
          out.write(letter);
          out.flush();
          if (closed.await(500, TimeUnit.MILLISECONDS)) {
            return;
          }
        }
        closed.await();
      }
      default -> out.write(head.getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
