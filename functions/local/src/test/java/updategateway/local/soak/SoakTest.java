package updategateway.local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.local.tables.LocalDynamoDb;
import updategateway.policy.set.PolicySet;
import updategateway.policystore.Activation;
import updategateway.policystore.PolicyStore;
import updategateway.policystore.StoreSettings;
import updategateway.policystore.testing.Fault;
import updategateway.policystore.testing.FaultProxy;

/**
 * A steady load while DynamoDB fails and policies are deployed: each answer is held against the
 * rules, read word by word, for the very set that it names. {@code scripts/soak} runs it for
 * minutes; as a test it takes seconds, with all events closer together. Nothing here fails for
 * being slow: what is measured is printed.
 */
final class SoakTest {
  private static final int CONNECTIONS = 16;

  private final Duration length = Duration.ofSeconds(Long.getLong("soak.seconds", 15));
  private final long wishedRate = Long.getLong("soak.rate", 0);
  private final boolean isLong = length.compareTo(Duration.ofMinutes(1)) >= 0;
  private final int refreshSeconds = isLong ? 5 : 1;
  private final Duration faultEvery = isLong ? Duration.ofSeconds(30) : Duration.ofSeconds(3);
  private final Duration deployEvery = isLong ? Duration.ofSeconds(60) : Duration.ofSeconds(2);

  private final List<Question> questions = Question.all();
  private final Map<String, PolicySet> sets = new ConcurrentHashMap<>();
  private final Map<String, Map<Question, Set<Integer>>> allowed = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> used = new ConcurrentLinkedQueue<>();
  private final Latencies calm = new Latencies();
  private final Latencies faulty = new Latencies();
  private final AtomicLong served = new AtomicLong();
  private volatile @Nullable Fault fault;
  private int deployed;

  @Test
  void noAnswerIsWrongAndNothingGrows() throws Exception {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.start(null)) {
      StoreSettings tables = StoreSettings.of("us-east-1", dynamoDb.endpoint());
      try (FaultProxy proxy = FaultProxy.before(tables);
          PolicyStore direct = PolicyStore.open(tables);
          SoakedProcess gateway = new SoakedProcess(proxy.endpoint(), refreshSeconds)) {
        accounts(tables);
        deploy(direct);
        Thread.sleep(Duration.ofSeconds(2L * refreshSeconds));
        long knee = knee(gateway);
        long rate = wishedRate > 0 ? wishedRate : Math.max(10, knee * 7 / 10);
        soak(gateway, rate, Duration.ofSeconds(isLong ? 30 : 2));
        SoakedProcess.Usage before = gateway.usageWithoutGarbage();
        long pointerReads = proxy.pointerReads();
        List<SoakedProcess.Usage> samples = new ArrayList<>();
        long begun = System.nanoTime();
        try (ExecutorService disturbers = Executors.newFixedThreadPool(3)) {
          List<Future<?>> disturbing =
              List.of(
                  disturbers.submit(() -> disturb(proxy, begun)),
                  disturbers.submit(() -> deployments(direct, begun)),
                  disturbers.submit(() -> sample(gateway, begun, samples)));
          soak(gateway, rate, length);
          for (Future<?> done : disturbing) {
            done.get();
          }
        }
        SoakedProcess.Usage after = gateway.usageWithoutGarbage();
        report(knee, rate, before, samples, after, proxy.pointerReads() - pointerReads);
        assertThat(gateway.isAlive()).isTrue();
        assertThat(wrong).isEmpty();
        assertThat(served.get()).isPositive();
        assertThat(Set.copyOf(used)).as("faults").hasSizeGreaterThan(2);
        assertThat(sets.size()).as("sets deployed").isGreaterThan(2);
        assertThat(after.live()).as("live heap").isLessThan(before.live() * 6 / 5 + (8 << 20));
        assertThat(after.descriptors()).isLessThan(before.descriptors() + 40);
        assertThat(after.threads()).isLessThan(before.threads() + 40);
      }
    }
  }

  /** How many requests a second it takes from as many connections as ask at once. */
  private long knee(SoakedProcess gateway) throws Exception {
    AtomicLong answered = new AtomicLong();
    Duration time = Duration.ofSeconds(isLong ? 20 : 3);
    connections(
        gateway,
        (connection, random, _) -> {
          long end = System.nanoTime() + time.toNanos();
          while (System.nanoTime() < end) {
            ask(connection, Question.any(questions, random));
            answered.incrementAndGet();
          }
        });
    return answered.get() / time.toSeconds();
  }

  /**
   * As many requests a second, each at its own time, whether those before it are answered or not:
   * how long one takes is counted from when it was due.
   */
  private void soak(SoakedProcess gateway, long rate, Duration time) throws Exception {
    long begun = System.nanoTime();
    long each = 1_000_000_000L * CONNECTIONS / rate;
    connections(
        gateway,
        (connection, random, number) -> {
          long due = begun + each * number / CONNECTIONS;
          while (due - begun < time.toNanos()) {
            long early = due - System.nanoTime();
            if (early > 0) {
              Thread.sleep(Duration.ofNanos(early));
            }
            ask(connection, Question.any(questions, random));
            (fault == null ? calm : faulty).add(System.nanoTime() - due);
            due += each;
          }
        });
  }

  @FunctionalInterface
  private interface Client {
    void run(Connection connection, SplittableRandom random, int number) throws Exception;
  }

  private static void connections(SoakedProcess gateway, Client client) throws Exception {
    List<Callable<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int number = i;
      clients.add(() -> {
        try (Connection connection = new Connection(gateway.port())) {
          client.run(connection, new SplittableRandom(number), number);
        }
        return null;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (var done : threads.invokeAll(clients)) {
        done.get();
      }
    }
  }

  private void ask(Connection connection, Question question) throws IOException {
    Connection.Answer answer = connection.get(question.path(), question.headers());
    String digest = answer.headers().getOrDefault("policy-set", "none");
    PolicySet set = sets.get(digest);
    if (set == null) {
      wrong.add(answer.status() + " by the set " + digest + " to " + question);
      return;
    }
    Set<Integer> right =
        allowed
            .computeIfAbsent(digest, _ -> new ConcurrentHashMap<>())
            .computeIfAbsent(question, asked -> asked.allowed(set));
    if (!right.contains(answer.status())) {
      wrong.add(answer.status() + " instead of " + right + " by " + digest + " to " + question);
    }
    if (answer.status() == 302) {
      served.incrementAndGet();
    }
  }

  private boolean goesOn(long begun) {
    return System.nanoTime() - begun < length.toNanos();
  }

  private void pause(Duration time, long begun) throws InterruptedException {
    Duration left = length.minusNanos(System.nanoTime() - begun);
    if (left.isPositive()) {
      Thread.sleep(left.compareTo(time) < 0 ? left : time);
    }
  }

  /** A third of the time there is a fault, and each time another one. */
  private @Nullable Void disturb(FaultProxy proxy, long begun) throws InterruptedException {
    List<Fault> faults = Fault.all();
    for (int i = 0; goesOn(begun); i++) {
      pause(faultEvery.multipliedBy(2).dividedBy(3), begun);
      Fault next = faults.get(i % faults.size());
      if (goesOn(begun)) {
        used.add(next.toString());
      }
      fault = next;
      proxy.breakWith(next);
      pause(faultEvery.dividedBy(3), begun);
      proxy.mend();
      fault = null;
    }
    return null;
  }

  private @Nullable Void deployments(PolicyStore direct, long begun) throws Exception {
    while (goesOn(begun)) {
      pause(deployEvery, begun);
      deploy(direct);
    }
    return null;
  }

  private @Nullable Void sample(
      SoakedProcess gateway, long begun, List<SoakedProcess.Usage> samples) throws Exception {
    while (goesOn(begun)) {
      samples.add(gateway.usage());
      pause(length.dividedBy(60), begun);
    }
    return null;
  }

  private void deploy(PolicyStore direct) throws Exception {
    PolicySet set = Question.set(deployed++);
    sets.put(set.digest().hex(), set);
    direct
        .policySets()
        .putInForce(
            set,
            new Activation.Request("soak", "scripts/soak", UUID.randomUUID().toString(), null),
            Instant.now());
  }

  private static void accounts(StoreSettings tables) {
    try (DynamoDbClient client = PolicyStore.client(tables)) {
      Question.ACCOUNTS.forEach((agent, country) ->
          client.putItem(put ->
              put.tableName(tables.agentsTable())
                  .item(
                      Map.of(
                          "agentId", AttributeValue.fromS(agent),
                          "countries", AttributeValue.fromSs(List.of(country))))));
    }
  }

  private void report(
      long knee,
      long rate,
      SoakedProcess.Usage before,
      List<SoakedProcess.Usage> samples,
      SoakedProcess.Usage after,
      long pointerReads)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| what | |");
    lines.add("|---|---|");
    row(lines, "length", length.toSeconds() + " s");
    row(lines, "load", rate + " requests a second; " + knee + " were the most it took");
    row(lines, "answers held against the slow reading of the rules", calm.count() + faulty.count());
    row(lines, "wrong answers", wrong.size());
    row(lines, "policy sets deployed", sets.size() - 1);
    row(lines, "faults injected", used.size() + " of " + Set.copyOf(used).size() + " kinds");
    row(lines, "reads of the pointer", pointerReads + ", refreshed every " + refreshSeconds + " s");
    row(lines, "p50, p99, p99.9, longest without a fault", times(calm));
    row(lines, "p50, p99, p99.9, longest with one", times(faulty));
    row(lines, "live heap before, after", mega(before.live()) + ", " + mega(after.live()));
    row(
        lines,
        "resident before, most, after",
        mega(before.resident())
            + ", "
            + mega(samples.stream().mapToLong(SoakedProcess.Usage::resident).max().orElse(0))
            + ", "
            + mega(after.resident()));
    row(lines, "descriptors before, after", before.descriptors() + ", " + after.descriptors());
    row(lines, "threads before, after", before.threads() + ", " + after.threads());
    String table = String.join("\n", lines) + "\n";
    Files.writeString(Path.of("target", "soak.md"), table);
    System.out.println(table);
  }

  private static void row(List<String> lines, String what, Object value) {
    lines.add("| " + what + " | " + value + " |");
  }

  private static String times(Latencies latencies) {
    return millis(latencies.quantile(0.5))
        + ", "
        + millis(latencies.quantile(0.99))
        + ", "
        + millis(latencies.quantile(0.999))
        + ", "
        + millis(latencies.longest())
        + " ms";
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e6);
  }

  private static String mega(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
