package updategateway.system.soak;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.local.run.LocalDynamoDb;
import updategateway.policy.set.PolicySet;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.Activation;
import updategateway.store.testing.Fault;
import updategateway.store.testing.FaultProxy;

/**
 * A steady load while DynamoDB fails in every way and policies are deployed: each answer is held
 * against the rules, read word by word, for the very set that it names, and that set against those
 * that may still decide. {@code scripts/soak} runs it for minutes; as a test it takes half of one,
 * with all events closer together. Nothing here fails for being slow: what is measured is printed,
 * and what must be known by when is counted in readings of the table, not in seconds.
 */
@Timeout(value = 30, unit = TimeUnit.HOURS)
final class SoakTest {
  private static final int CONNECTIONS = 16;

  /**
   * Whoever has read which set is in force so many times since a deployment, without a fault
   * between, decides by the new set.
   */
  private static final int READS = 3;

  /** So many, that one that leaves something behind is seen. */
  private static final int REFRESHES = 24;

  private final Duration length = Duration.ofSeconds(Long.getLong("soak.seconds", 25));
  private final long wishedRate = Long.getLong("soak.rate", 0);
  private final boolean isLong = length.compareTo(Duration.ofMinutes(1)) >= 0;
  private final int refreshSeconds = isLong ? 5 : 1;
  private final Duration faultEvery = length.dividedBy(Fault.all().size());
  private final Duration deployEvery = isLong ? Duration.ofSeconds(60) : Duration.ofSeconds(2);

  private final List<Question> questions = Question.all();
  private final Map<String, Deployed> sets = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> used = new ConcurrentLinkedQueue<>();
  private final Latencies calm = new Latencies();
  private final Latencies faulty = new Latencies();
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong withoutAccounts = new AtomicLong();
  private volatile @Nullable Fault fault;

  /** How many sets have been put in force. */
  private volatile int deployed;

  /** The number of the oldest set that may decide. */
  private volatile int oldest;

  private volatile long faultEnded = System.nanoTime();
  private volatile boolean done;

  /**
   * A set, and what it makes of each question.
   *
   * @param number from 0, in the order in which they are put in force
   */
  private record Deployed(int number, PolicySet set, Map<Question, Integer> right) {}

  @Test
  void noAnswerIsWrongAndNothingGrows() throws Exception {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.start(null)) {
      StoreSettings tables = StoreSettings.of("us-east-1", dynamoDb.endpoint());
      try (FaultProxy proxy = FaultProxy.before(tables);
          PolicyStore direct = PolicyStore.open(tables);
          SoakedProcess gateway = new SoakedProcess(proxy.endpoint(), refreshSeconds)) {
        accounts(tables);
        deploy(direct);
        awaitAccounts(gateway);
        long knee = knee(gateway);
        long rate = wishedRate > 0 ? wishedRate : Math.max(10, knee * 7 / 10);
        soak(gateway, rate, lasting(Duration.ofSeconds(isLong ? 30 : 2)));
        SoakedProcess.Usage before = gateway.usageWithoutGarbage();
        long readsBefore = proxy.pointerReads();
        List<SoakedProcess.Usage> samples = new ArrayList<>();
        try (ExecutorService others = Executors.newFixedThreadPool(4)) {
          Future<?> disturbing = others.submit(() -> disturb(proxy));
          List<Future<?>> beside =
              List.of(
                  others.submit(() -> deployments(direct)),
                  others.submit(() -> watch(proxy)),
                  others.submit(() -> sample(gateway, samples)));
          try {
            soak(gateway, rate, () -> !disturbing.isDone());
            // In peace again, until it must know what is deployed by now, or has long had to.
            int last = deployed - 1;
            long enough = asked.get() + 30L * refreshSeconds * rate;
            BooleanSupplier known =
                () -> oldest >= last && proxy.pointerReads() - readsBefore >= REFRESHES;
            soak(gateway, rate, () -> !known.getAsBoolean() && asked.get() < enough);
          } finally {
            done = true;
          }
          disturbing.get();
          for (Future<?> one : beside) {
            one.get();
          }
        }
        String late = awaitLast(gateway);
        long reads = proxy.pointerReads() - readsBefore;
        SoakedProcess.Usage after = settled(gateway, before, reads);
        report(knee, rate, before, samples, after, reads);
        assertThat(gateway.isAlive()).isTrue();
        assertThat(wrong).isEmpty();
        assertThat(late).as("the set that decides when all is over").isEqualTo("the last");
        assertThat(oldest).as("the oldest set that may decide").isPositive();
        assertThat(served.get()).isPositive();
        assertThat(Set.copyOf(used)).as("faults").hasSize(Fault.all().size());
        assertThat(sets.size()).as("sets deployed").isGreaterThan(2);
        // A refresh that left something behind, a thread or a megabyte, would be seen.
        assertThat(reads).as("refreshes").isGreaterThanOrEqualTo(REFRESHES);
        assertThat(after.threads()).isLessThan(mostThreads(before, reads));
        assertThat(after.live())
            .as("live heap")
            .isLessThan(
                before.live() + Math.min((6 << 20) + (reads << 18), before.live() / 5 + (8 << 20)));
        assertThat(after.descriptors())
            .isLessThan(before.descriptors() + 10 + Math.toIntExact(reads / 4));
      }
    }
  }

  /** A refresh reads the pointer twice at most. */
  private static int mostThreads(SoakedProcess.Usage before, long refreshes) {
    return before.threads() + Math.toIntExact(refreshes / 3);
  }

  /** What it takes when what the last fault left hanging has had the time to end. */
  private static SoakedProcess.Usage settled(
      SoakedProcess gateway, SoakedProcess.Usage before, long refreshes) throws Exception {
    for (int i = 0; i < 40 && gateway.usage().threads() >= mostThreads(before, refreshes); i++) {
      Thread.sleep(500);
    }
    return gateway.usageWithoutGarbage();
  }

  /** Asks until each account is known, by questions that show whether it is. */
  private void awaitAccounts(SoakedProcess gateway) throws Exception {
    try (Connection connection = new Connection(gateway.port())) {
      for (String agent : Question.ACCOUNTS.keySet()) {
        boolean known = false;
        while (!known) {
          for (Question question : questions) {
            Connection.Answer answer = connection.get(question.path(), question.headers());
            Deployed by = sets.get(answer.headers().getOrDefault("policy-set", "none"));
            known |=
                by != null
                    && agent.equals(question.agent())
                    && question.right(by.set()) != question.withoutAccounts(by.set())
                    && question.right(by.set()) == answer.status();
          }
        }
      }
    }
  }

  /**
   * Whether it decides by the set that was deployed last, after as many questions as it takes: each
   * that is answered shows that the gateway runs, and they come far more than an interval apart.
   */
  private String awaitLast(SoakedProcess gateway) throws Exception {
    String decides = "none";
    try (Connection connection = new Connection(gateway.port())) {
      for (int i = 0; i < 200 && !decides.equals("the last"); i++) {
        Question question = questions.getFirst();
        String digest =
            connection
                .get(question.path(), question.headers())
                .headers()
                .getOrDefault("policy-set", "none");
        Deployed by = sets.get(digest);
        decides = by == null ? digest : by.number() == deployed - 1 ? "the last" : "" + by.number();
        Thread.sleep(100L * refreshSeconds);
      }
    }
    return decides;
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
  private void soak(SoakedProcess gateway, long rate, BooleanSupplier goesOn) throws Exception {
    long begun = System.nanoTime();
    long each = 1_000_000_000L * CONNECTIONS / rate;
    connections(
        gateway,
        (connection, random, number) -> {
          long due = begun + each * number / CONNECTIONS;
          while (goesOn.getAsBoolean()) {
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
    asked.incrementAndGet();
    int oldestThen = oldest;
    Connection.Answer answer = connection.get(question.path(), question.headers());
    String digest = answer.headers().getOrDefault("policy-set", "none");
    Deployed by = sets.get(digest);
    if (by == null) {
      wrong.add(answer.status() + " by the set " + digest + " to " + question);
      return;
    }
    if (by.number() < oldestThen) {
      wrong.add("the set " + by.number() + " decided, though " + oldestThen + " had been read");
    }
    int right = by.right().computeIfAbsent(question, asked -> asked.right(by.set()));
    if (answer.status() != right) {
      if (isLong && answer.status() == question.withoutAccounts(by.set())) {
        // Kept accounts get too old in minutes, and may have to be read while that cannot be.
        withoutAccounts.incrementAndGet();
        if (isCalm()) {
          wrong.add(question + " was decided without its account, and nothing fails");
        }
      } else {
        wrong.add(answer.status() + " instead of " + right + " by " + digest + " to " + question);
      }
    }
    if (answer.status() == 302) {
      served.incrementAndGet();
    }
  }

  private static BooleanSupplier lasting(Duration time) {
    long begun = System.nanoTime();
    return () -> System.nanoTime() - begun < time.toNanos();
  }

  /** Whether there was no fault for longer than one has consequences. */
  private boolean isCalm() {
    return fault == null && System.nanoTime() - faultEnded > Duration.ofSeconds(10).toNanos();
  }

  /** Every kind of fault once, each for half of its time, and the other half in peace. */
  private @Nullable Void disturb(FaultProxy proxy) throws InterruptedException {
    for (Fault next : Fault.all()) {
      Thread.sleep(faultEvery.dividedBy(2));
      fault = next;
      proxy.breakWith(next);
      used.add(next.toString());
      Thread.sleep(faultEvery.dividedBy(2));
      proxy.mend();
      faultEnded = System.nanoTime();
      fault = null;
    }
    return null;
  }

  private @Nullable Void deployments(PolicyStore direct) throws Exception {
    for (Instant next = Instant.now(); !done; Thread.sleep(100)) {
      if (!Instant.now().isBefore(next)) {
        next = Instant.now().plus(deployEvery);
        deploy(direct);
      }
    }
    return null;
  }

  /** Finds out which sets may not decide any more: see {@link #READS}. */
  private @Nullable Void watch(FaultProxy proxy) throws InterruptedException {
    int known = 0;
    long readsThen = -1;
    for (; !done; Thread.sleep(20)) {
      int now = deployed;
      long reads = proxy.pointerReads();
      if (fault != null) {
        readsThen = -1;
      } else if (readsThen < 0) {
        known = now;
        readsThen = reads;
      } else if (reads >= readsThen + READS) {
        oldest = known - 1;
        known = now;
        readsThen = reads;
      }
    }
    return null;
  }

  private @Nullable Void sample(SoakedProcess gateway, List<SoakedProcess.Usage> samples)
      throws Exception {
    for (; !done; Thread.sleep(length.dividedBy(60))) {
      samples.add(gateway.usage());
    }
    return null;
  }

  private void deploy(PolicyStore direct) throws Exception {
    int number = deployed;
    PolicySet set = Question.set(number);
    sets.put(set.digest().hex(), new Deployed(number, set, new ConcurrentHashMap<>()));
    direct
        .policySets()
        .putInForce(
            set,
            new Activation.Request("soak", "scripts/soak", UUID.randomUUID().toString(), null),
            Instant.now());
    deployed = number + 1;
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
    row(lines, "decided without an account that could not be read", withoutAccounts.get());
    row(lines, "policy sets deployed", sets.size() - 1);
    row(lines, "faults injected", Set.copyOf(used).size() + " of " + Fault.all().size() + " kinds");
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
