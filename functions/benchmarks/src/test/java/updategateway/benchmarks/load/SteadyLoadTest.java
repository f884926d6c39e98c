package updategateway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real server that answers, or does not, as each test has it. */
final class SteadyLoadTest {
  private static final int RATE = 1_000;
  private static final int MANY = 200;
  private static final int PLENTY = 10_000;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server = server();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException("no port on the loopback", e);
    }
  }

  @BeforeEach
  void start() {
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }

  @Test
  void whatIsAnsweredRightDoesNotFail() throws Exception {
    server.createContext(
        "/", exchange -> answer(exchange, asked.incrementAndGet() % 2 == 0 ? 302 : 451));
    SteadyLoad.Outcome outcome = load(PLENTY, Duration.ofMinutes(1)).run(RATE, MANY);
    assertThat(outcome.answered()).isEqualTo(MANY);
    assertThat(outcome.failed()).isZero();
    assertThat(outcome.latencies().getTotalCount()).isEqualTo(MANY);
  }

  /** A 503 comes fast, and would make the percentiles better. */
  @Test
  void aWrongAnswerCountsWithAllOfThePatienceHoweverFastItCame() throws Exception {
    server.createContext(
        "/", exchange -> answer(exchange, asked.incrementAndGet() % 10 == 0 ? 503 : 302));
    Duration patience = Duration.ofHours(1);
    SteadyLoad.Outcome outcome = load(PLENTY, patience).run(RATE, MANY);
    assertThat(outcome.wrong()).isEqualTo(MANY / 10);
    assertThat(outcome.answered()).isEqualTo(MANY - MANY / 10);
    assertThat(outcome.latencies().getTotalCount()).isEqualTo(MANY);
    assertThat(outcome.latencies().getCountBetweenValues(0, patience.dividedBy(2).toNanos()))
        .isEqualTo(outcome.answered());
  }

  @Test
  void whatIsNeverAnsweredIsInTheHistogram() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          if (asked.incrementAndGet() % 10 == 0) {
            await();
          }
          answer(exchange, 302);
        });
    Duration patience = Duration.ofSeconds(5);
    SteadyLoad.Outcome outcome = load(PLENTY, patience).run(RATE, MANY);
    assertThat(outcome.unanswered()).isGreaterThanOrEqualTo(MANY / 10);
    assertThat(outcome.answered() + outcome.unanswered()).isEqualTo(MANY);
    assertThat(outcome.latencies().getTotalCount()).isEqualTo(MANY);
    assertThat(outcome.latencies().getValueAtPercentile(99.9))
        .isGreaterThanOrEqualTo(patience.toNanos());
  }

  /** Requests that do not give up by themselves are given up for them. */
  @Test
  void whatIsStillOpenAtTheEndIsInTheHistogram() throws Exception {
    server.createContext("/", exchange -> await());
    Duration patience = Duration.ofMillis(200);
    SteadyLoad.Outcome outcome =
        new SteadyLoad(client, _ -> request().build(), PLENTY, patience).run(RATE, MANY);
    assertThat(outcome.unanswered()).isEqualTo(MANY);
    assertThat(outcome.latencies().getTotalCount()).isEqualTo(MANY);
    // The histogram keeps three digits.
    assertThat(outcome.latencies().getMinValue())
        .isGreaterThanOrEqualTo(patience.toNanos() * 99 / 100);
  }

  @Test
  void whatCannotBeSentIsInTheHistogram() throws Exception {
    server.createContext("/", exchange -> await());
    Duration patience = Duration.ofSeconds(2);
    SteadyLoad.Outcome outcome = load(10, patience).run(RATE, MANY);
    assertThat(outcome.unsent()).isPositive();
    assertThat(outcome.unsent() + outcome.unanswered()).isEqualTo(MANY);
    assertThat(outcome.answered()).isZero();
    assertThat(outcome.latencies().getTotalCount()).isEqualTo(MANY);
    // The histogram keeps three digits.
    assertThat(outcome.latencies().getValueAtPercentile(0))
        .isGreaterThanOrEqualTo(patience.toNanos() * 99 / 100);
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SteadyLoad load(int mostOpen, Duration patience) {
    return new SteadyLoad(client, _ -> request().timeout(patience).build(), mostOpen, patience);
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
