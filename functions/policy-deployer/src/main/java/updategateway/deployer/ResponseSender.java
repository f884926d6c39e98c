package updategateway.deployer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings the answer to where CloudFormation waits for it: a pre-signed URL of S3.
 *
 * <p>The JDK's older HTTP client, since its classes are loaded already for DynamoDB and it starts
 * no threads of its own.
 */
final class ResponseSender {
  private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
  private static final int MOST_REDIRECTS = 3;

  /** What became of the answer. */
  sealed interface Delivery {}

  /** It was taken. */
  record Delivered() implements Delivery {}

  /** It was refused, and would be again: an expired URL, most likely. */
  record Rejected(String why) implements Delivery {}

  /** It did not arrive, as far as is known. */
  record Failed(String why) implements Delivery {}

  /**
   * Sends the answer until it is taken, refused, or the time is over.
   *
   * @param url as CloudFormation gave it; not to be logged, since whoever has it can answer
   */
  Delivery send(String url, byte[] answer, Duration within) {
    URI target = target(url);
    if (target == null) {
      return new Rejected("the ResponseURL is no address of http or https");
    }
    long end = System.nanoTime() + within.toNanos();
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      Delivery delivery = once(target, answer, min(left, LONGEST_ATTEMPT));
      if (!(delivery instanceof Failed(String why))) {
        return delivery;
      }
      long millis =
          pause.toMillis() / 2 + ThreadLocalRandom.current().nextLong(pause.toMillis() / 2 + 1);
      if (end - System.nanoTime() <= Duration.ofMillis(millis).toNanos() || !sleep(millis)) {
        return new Failed(why + " (attempt " + attempt + ", the last)");
      }
      pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static @Nullable URI target(String url) {
    try {
      URI target = URI.create(url);
      return isHttp(target) ? target : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isHttp(URI target) {
    return target.getHost() != null
        && ("https".equalsIgnoreCase(target.getScheme())
            || "http".equalsIgnoreCase(target.getScheme()));
  }

  private Delivery once(URI target, byte[] answer, Duration within) {
    AtomicReference<@Nullable HttpURLConnection> open = new AtomicReference<>();
    try {
      BackgroundTask<Delivery> attempt =
          BackgroundTask.start("answer", () -> put(target, answer, within, open, 0));
      Delivery delivery = attempt.await(within).orElse(null);
      if (delivery != null) {
        return delivery;
      }
      HttpURLConnection connection = open.get();
      if (connection != null) {
        connection.disconnect();
      }
      return new Failed("no answer within " + within.toMillis() + " ms");
    } catch (ExecutionException e) {
      return new Failed(String.valueOf(e.getCause()));
    }
  }

  private Delivery put(
      URI target,
      byte[] answer,
      Duration within,
      AtomicReference<@Nullable HttpURLConnection> open,
      int redirects) {
    try {
      HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
      open.set(connection);
      int millis = Math.max(1, (int) within.toMillis());
      connection.setConnectTimeout(millis);
      connection.setReadTimeout(millis);
      connection.setRequestMethod("PUT");
      // Empty, since the URL is signed for a request without one.
      connection.setRequestProperty("Content-Type", "");
      connection.setRequestProperty("Connection", "close");
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(answer.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(answer);
      }
      int status = connection.getResponseCode();
      String location = connection.getHeaderField("Location");
      connection.disconnect();
      if ((status == 307 || status == 308) && location != null && redirects < MOST_REDIRECTS) {
        URI next = target.resolve(location);
        return isHttp(next) && next.getScheme().equalsIgnoreCase(target.getScheme())
            ? put(next, answer, within, open, redirects + 1)
            : new Rejected("redirected to what is no address of " + target.getScheme());
      }
      return delivery(status);
    } catch (IOException | IllegalArgumentException e) {
      return new Failed(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private static Delivery delivery(int status) {
    if (status >= 200 && status < 300) {
      return new Delivered();
    }
    // S3 says 400 (RequestTimeout) when the body did not come in time.
    boolean isPassing =
        status >= 500 || status < 200 || status == 400 || status == 408 || status == 429;
    return isPassing
        ? new Failed("HTTP status " + status)
        : new Rejected(
            "HTTP status " + status + (status == 403 ? ": the ResponseURL has expired" : ""));
  }

  private static boolean sleep(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
