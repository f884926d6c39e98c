package updategateway.dynamodb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.Crc32MismatchException;

/**
 * One request and its answer over HTTP, within a time that holds for all of it: neither a server
 * that says nothing nor one that sends a byte now and then is waited for longer. Nothing is sent
 * twice, no redirect is followed, and of an answer no more is read than one of DynamoDB can have.
 * Certificates and host names are checked as Java does it.
 */
final class HttpCall {
  /**
   * A connection cannot be interrupted, and while a TLS handshake lasts cannot even be closed; so
   * each has a thread that nobody has to wait for.
   */
  private static final ExecutorService THREADS = Executors.newCachedThreadPool(HttpCall::thread);

  private static final String CHECKSUM = "x-amz-crc32";
  private static final String ID = "x-amzn-RequestId";

  private final HttpURLConnection connection;
  private final byte[] body;
  private final long deadline;

  /** A whole answer. */
  static final class Answer {
    private final int status;
    private final byte[] body;
    private final @Nullable String requestId;

    private Answer(int status, byte[] body, @Nullable String requestId) {
      this.status = status;
      this.body = body;
      this.requestId = requestId;
    }

    /** The HTTP status. */
    int status() {
      return status;
    }

    /** Its own, not a copy. */
    byte[] body() {
      return body;
    }

    /** DynamoDB's own name of the request. */
    @Nullable String requestId() {
      return requestId;
    }
  }

  private HttpCall(HttpURLConnection connection, byte[] body, long deadline) {
    this.connection = connection;
    this.body = body;
    this.deadline = deadline;
  }

  /**
   * Sends a POST and waits for its whole answer, whatever its status.
   *
   * @throws SocketTimeoutException when it is not there in time
   * @throws InterruptedException when the caller's thread is interrupted
   * @throws IOException when the connection breaks or what comes is not HTTP
   * @throws Crc32MismatchException when the answer's body is not what was sent
   */
  static Answer post(URI endpoint, Map<String, String> headers, byte[] body, Duration within)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
    int millis = Math.toIntExact(Math.max(1, within.toMillis()));
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    // Also tells Java not to send it again by itself when a kept connection breaks.
    connection.setFixedLengthStreamingMode(body.length);
    headers.forEach(connection::setRequestProperty);
    return wait(new HttpCall(connection, body, deadline), within);
  }

  /** Without a number: what counts threads in the JDK is put together anew at each start. */
  private static Thread thread(Runnable task) {
    return Thread.ofPlatform().daemon().name("dynamodb").unstarted(task);
  }

  private static Answer wait(HttpCall exchange, Duration within)
      throws IOException, InterruptedException {
    Callable<Answer> run = exchange::run;
    Future<Answer> answer = THREADS.submit(run);
    try {
      return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      exchange.abandon();
      throw tooLate();
    } catch (InterruptedException e) {
      exchange.abandon();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a fault of our own", e.getCause());
    }
  }

  private void abandon() {
    // Closing waits for a read that is under way.
    THREADS.execute(connection::disconnect);
  }

  private static SocketTimeoutException tooLate() {
    return new SocketTimeoutException("no whole answer in time");
  }

  private Answer run() throws IOException {
    boolean whole = false;
    try {
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      int status = connection.getResponseCode();
      if (status < 0) {
        throw new IOException("what answers does not speak HTTP");
      }
      byte[] answer = read(status);
      check(answer);
      whole = true;
      return new Answer(status, answer, connection.getHeaderField(ID));
    } finally {
      if (!whole) {
        connection.disconnect();
      }
    }
  }

  private byte[] read(int status) throws IOException {
    InputStream error = connection.getErrorStream();
    if (error == null && status >= 400) {
      return new byte[0];
    }
    try (InputStream in = error == null ? connection.getInputStream() : error) {
      ByteArrayOutputStream all = new ByteArrayOutputStream(4_096);
      byte[] some = new byte[8_192];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        all.write(some, 0, read);
        if (all.size() > AttributeJson.MOST_BYTES) {
          throw new IOException("the answer is longer than any of DynamoDB");
        }
        if (System.nanoTime() - deadline > 0) {
          throw tooLate();
        }
      }
      return all.toByteArray();
    } catch (InterruptedIOException e) {
      throw tooLate();
    }
  }

  private void check(byte[] answer) throws IOException {
    long length = connection.getContentLengthLong();
    if (length >= 0 && length != answer.length) {
      throw new IOException("the answer breaks off");
    }
    String sum = connection.getHeaderField(CHECKSUM);
    if (sum != null) {
      CRC32 crc = new CRC32();
      crc.update(answer);
      if (!sum.equals(Long.toString(crc.getValue()))) {
        throw Crc32MismatchException.builder()
            .message("the answer's checksum is " + crc.getValue() + ", and " + sum + " was sent")
            .build();
      }
    }
  }
}
