package updategateway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.set.PolicySet;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.Activation;
import updategateway.store.testing.Fault;
import updategateway.store.testing.FaultProxy;

/**
 * The whole system as a process, with a DynamoDB that fails behind a proxy: what an operator would
 * see from the outside. Nothing fails for being slow: patience is counted in answers.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RunUnderFaultsTest {
  private static final String SIGNATURES = "/bases/main.cvd";

  /**
   * What has not come after so many answers does not come: each shows that the process runs, and
   * they are 50 ms apart.
   */
  private static final int ANSWERS = 1_200;

  private final LocalDynamoDb dynamoDb;
  private final FaultProxy proxy;
  private final PolicyStore direct;
  private final Gateway patient;
  private final Gateway strict;
  private int deployed;

  RunUnderFaultsTest() throws Exception {
    dynamoDb = LocalDynamoDb.start(null);
    StoreSettings tables = StoreSettings.of("us-east-1", dynamoDb.endpoint());
    proxy = FaultProxy.before(tables);
    direct = PolicyStore.open(tables);
    String[] arguments = {"--port", "0", "--dynamodb", proxy.endpoint().toString()};
    patient = new Gateway(Map.of("POLICY_REFRESH_SECONDS", "1"), arguments);
    patient.awaitStart();
    strict =
        new Gateway(
            Map.of("POLICY_REFRESH_SECONDS", "1", "POLICY_MAX_AGE_SECONDS", "2"), arguments);
  }

  static Stream<Fault> faults() {
    return Fault.all().stream()
        .filter(fault ->
            switch (fault) {
              case Fault.Refused _, Fault.Silent _, Fault.Trickling _, Fault.ResetMidAnswer _ ->
                  true;
              case Fault.Late _,
                  Fault.HungUp _,
                  Fault.Flipped _,
                  Fault.Saying _,
                  Fault.SayingOfThePointer _,
                  Fault.LostTransaction _,
                  Fault.Responding _,
                  Fault.Halved _ ->
                  false;
              case Fault.Refusing error ->
                  error.type().equals("ThrottlingException")
                      || error.type().equals("ExpiredTokenException");
            });
  }

  @BeforeAll
  void start() throws InterruptedException {
    strict.awaitStart();
  }

  @AfterAll
  void stop() throws Exception {
    patient.close();
    strict.close();
    proxy.close();
    direct.close();
    dynamoDb.close();
  }

  @BeforeEach
  @AfterEach
  void mend() throws Exception {
    proxy.mend();
    String set = deploy();
    awaitSet(patient, set);
    awaitSet(strict, set);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whileTheLastGoodSetIsInAgeEveryAnswerIsRight(Fault fault) throws Exception {
    String set = line(patient.send(patient.port(0), get(SIGNATURES), "X-Local-Country: DE"));
    proxy.breakWith(fault);
    deploy();
    Instant end = Instant.now().plusSeconds(4);
    while (Instant.now().isBefore(end)) {
      String served = patient.send(patient.port(0), get(SIGNATURES), "X-Local-Country: DE");
      String refused = patient.send(patient.port(0), get(SIGNATURES), "X-Local-Country: US");
      assertThat(served).startsWith("HTTP/1.1 302").contains(set);
      assertThat(refused).startsWith("HTTP/1.1 451").contains(set);
    }
    proxy.mend();
    awaitSet(patient, deploy());
  }

  @Test
  void outOfAgeNothingIsServedWhateverIsAskedUntilTheTableAnswers() throws Exception {
    proxy.breakWith(new Fault.Refused());
    String answer = strict.send(strict.port(0), get(SIGNATURES), "X-Local-Country: DE");
    for (int i = 0; i < ANSWERS && answer.startsWith("HTTP/1.1 302"); i++) {
      Thread.sleep(50);
      answer = strict.send(strict.port(0), get(SIGNATURES), "X-Local-Country: DE");
    }
    for (String path : List.of(SIGNATURES, "/advisories/a.txt", "/.well-known/update-policy")) {
      assertThat(strict.send(strict.port(0), get(path), "X-Local-Country: DE"))
          .startsWith("HTTP/1.1 503")
          .contains("Retry-After: ")
          .contains("no-store")
          .doesNotContain("Location:");
    }
    proxy.mend();
    awaitSet(strict, deploy());
    assertThat(strict.send(strict.port(0), get(SIGNATURES), "X-Local-Country: DE"))
        .startsWith("HTTP/1.1 302");
  }

  @Test
  void aProcessFrozenInTheMiddleOfARefreshReadsAgainBeforeItDecides() throws Exception {
    long before = proxy.pointerReads();
    proxy.breakWith(new Fault.Silent());
    while (proxy.pointerReads() < before + 4) {
      strict.send(strict.port(0), get(SIGNATURES), "X-Local-Country: DE");
      Thread.sleep(20);
    }
    strict.signal("STOP");
    String set;
    try {
      // What was asked before stays unanswered for ever; the old set gets too old.
      proxy.mend();
      set = deploy();
      Thread.sleep(3_000);
    } finally {
      strict.signal("CONT");
    }
    assertThat(strict.send(strict.port(0), get(SIGNATURES), "X-Local-Country: DE"))
        .startsWith("HTTP/1.1 302")
        .contains("Policy-Set: " + set);
  }

  @Test
  void manyRequestsAtOnceReadThePointerOnceAnInterval() throws Exception {
    proxy.breakWith(new Fault.Late(Duration.ofMillis(20)));
    strict.signal("STOP");
    long begun = System.nanoTime();
    long before;
    int requests = 0;
    try {
      before = proxy.pointerReads();
      try (ExecutorService clients = Executors.newFixedThreadPool(64)) {
        while (proxy.pointerReads() < before + 4 || requests < 1_024) {
          List<Callable<String>> tasks = new ArrayList<>();
          for (int i = 0; i < 256; i++) {
            tasks.add(() -> patient.send(patient.port(0), get(SIGNATURES), "X-Local-Country: US"));
          }
          for (Future<String> answer : clients.invokeAll(tasks)) {
            assertThat(answer.get()).startsWith("HTTP/1.1 451");
            requests++;
          }
        }
      }
    } finally {
      strict.signal("CONT");
    }
    long reads = proxy.pointerReads() - before;
    long seconds = 1 + Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    assertThat(reads)
        .as("pointer reads for " + requests + " requests in " + seconds + " s")
        .isBetween(4L, seconds + 1);
  }

  /** Waits until it decides by this set. */
  private static void awaitSet(Gateway gateway, String set) throws Exception {
    String answer = "";
    for (int i = 0; i < ANSWERS && !answer.contains("Policy-Set: " + set); i++) {
      Thread.sleep(50);
      answer = gateway.send(gateway.port(0), get(SIGNATURES), "X-Local-Country: DE");
    }
    assertThat(answer).contains("Policy-Set: " + set);
  }

  /** Puts a set in force that no other test has, and that decides alike. */
  private String deploy() throws Exception {
    String policy =
        """
        id: p
        title: %s
        authority: a
        citation: c
        scope: {locations: [US], subjects: [located]}
        products: ["*"]
        phases: [{id: f, from: 2024-09-29T00:00Z, refuses: [signature-update]}]
        undetermined: refuse
        """
            .formatted("number " + ++deployed);
    String catalog = "routes: [{path: /bases/**, product: p, activity: signature-update}]";
    PolicySet set =
        PolicyFiles.read(
            List.of(new PolicyFile("catalog.yaml", catalog), new PolicyFile("p.yaml", policy)));
    direct
        .policySets()
        .putInForce(
            set,
            new Activation.Request("test", "stack", UUID.randomUUID().toString(), null),
            Instant.now());
    return set.digest().hex();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1";
  }

  private static String line(String response) throws IOException {
    return response
        .lines()
        .filter(line -> line.startsWith("Policy-Set: "))
        .findFirst()
        .orElseThrow(() -> new IOException("no Policy-Set in\n" + response));
  }
}
