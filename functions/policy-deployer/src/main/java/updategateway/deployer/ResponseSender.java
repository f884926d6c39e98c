package updategateway.deployer;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sender of the response to CloudFormation: a PUT to a pre-signed URL of S3, with retries. */
final class ResponseSender {
  private static final Duration MAX_ATTEMPT = Duration.ofSeconds(5);
  private static final Duration INITIAL_PAUSE = Duration.ofMillis(100);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(4);
  private static final int MAX_REDIRECTS = 3;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Result of sending a response. */
  sealed interface Delivery {}

  /** The response was accepted. */
  record Delivered() implements Delivery {}

  /** The response was rejected, and would be again; the URL has most likely expired. */
  record Rejected(String cause) implements Delivery {}

  /** The response probably did not arrive. */
  record Failed(String cause) implements Delivery {}

  /**
   * Sends the response until it is accepted, rejected, or the time is over.
   *
   * @param url as CloudFormation gave it; never logged, since it authorises a response
   */
  Delivery send(String url, byte[] body, Duration timeout) {
    URI target;
    try {
      target = URI.create(url);
    } catch (IllegalArgumentException e) {
      return new Rejected("the ResponseURL is not a URL");
    }
    long end = System.nanoTime() + timeout.toNanos();
    Duration pause = INITIAL_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      Delivery delivery = attempt(target, body, min(left, MAX_ATTEMPT));
      if (!(delivery instanceof Failed(String cause))) {
        return delivery;
      }
      long millis =
          pause.toMillis() / 2 + ThreadLocalRandom.current().nextLong(pause.toMillis() / 2 + 1);
      if (end - System.nanoTime() <= Duration.ofMillis(millis).toNanos() || !sleep(millis)) {
        return new Failed(cause + " (attempt " + attempt + ", the last)");
      }
      pause = min(pause.multipliedBy(2), MAX_PAUSE);
    }
  }

  private Delivery attempt(URI target, byte[] body, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    URI next = target;
    for (int redirects = 0; ; redirects++) {
      CompletableFuture<HttpResponse<Void>> call;
      try {
        call = client.sendAsync(put(next, body), HttpResponse.BodyHandlers.discarding());
      } catch (IllegalArgumentException e) {
        return new Rejected("the ResponseURL, or a redirect from it, is not an http or https URL");
      }
      try {
        HttpResponse<Void> response =
            call.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        int status = response.statusCode();
        String location = response.headers().firstValue("Location").orElse(null);
        // Redirects of other statuses do not preserve the method.
        if ((status != 307 && status != 308) || location == null || redirects == MAX_REDIRECTS) {
          return delivery(status);
        }
        next = next.resolve(location);
        if (!target.getScheme().equalsIgnoreCase(next.getScheme())) {
          return new Rejected("redirected to a URL that is not " + target.getScheme());
        }
      } catch (TimeoutException e) {
        call.cancel(true);
        return new Failed("no response within " + timeout.toMillis() + " ms");
      } catch (ExecutionException e) {
        return new Failed(String.valueOf(e.getCause()));
      } catch (IllegalArgumentException e) {
        return new Rejected("redirected to something that is not a URL");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Failed("interrupted");
      }
    }
  }

  private static HttpRequest put(URI target, byte[] body) {
    return HttpRequest.newBuilder(target)
        // Empty, since the URL is signed for a request without one.
        .header("Content-Type", "")
        .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static Delivery delivery(int status) {
    if (status >= 200 && status < 300) {
      return new Delivered();
    }
    // 400 is S3's RequestTimeout: the body did not arrive in time.
    boolean isTransient =
        status >= 500 || status < 200 || status == 400 || status == 408 || status == 429;
    return isTransient
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

  private static Duration min(Duration first, Duration second) {
    return first.compareTo(second) < 0 ? first : second;
  }
}
