package updategateway.deployer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import updategateway.policy.decision.Evaluator;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.Activation;
import updategateway.store.history.ActiveSet;
import updategateway.store.refresh.PolicyRefresher;
import updategateway.store.refresh.RefreshListener;
import updategateway.store.testing.Relay;
import updategateway.store.testing.Relay.Fate;
import updategateway.store.testing.TestTables;

/**
 * Whatever happens to deployments, the old set or the new one is in force, whole, and the history
 * verifies.
 */
final class OldSetOrNewSetTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final StoreSettings settings = TestTables.create();
  private final PolicyStore store = PolicyStore.open(settings);
  private final ResponseEndpoint endpoint = new ResponseEndpoint();

  @AfterEach
  void close() {
    endpoint.close();
    store.close();
  }

  /** With a gateway that looks all the time, and may never see anything but a set that was sent. */
  @Test
  void twoDeploymentsRacedAHundredTimesLeaveOneOfTheTwo() throws Exception {
    String first = digest(send(update("r0", 1), store));
    Set<String> sent = new HashSet<>(Set.of(first));
    AtomicBoolean over = new AtomicBoolean();
    Set<String> seen = new HashSet<>();
    List<RefreshListener.Event> troubles = new CopyOnWriteArrayList<>();
    try (PolicyStore other = PolicyStore.open(settings);
        PolicyStore gateways = PolicyStore.open(settings);
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      PolicyRefresher policy =
          gateways.policyInForce(
              InstantSource.system(),
              Duration.ofMillis(1),
              Duration.ofMinutes(5),
              event -> {
                if (!(event instanceof RefreshListener.Loaded)) {
                  troubles.add(event);
                }
              });
      Future<?> gateway =
          threads.submit(() -> {
            while (!over.get()) {
              Evaluator set = policy.current().orElseThrow();
              seen.add(set.policySet().digest().hex());
            }
          });
      CyclicBarrier start = new CyclicBarrier(2);
      for (int round = 0; round < 100; round++) {
        ObjectNode mine = update("a" + round, 2 + round % 9);
        ObjectNode theirs = update("b" + round, 12 + round % 7);
        Future<JsonNode> one = threads.submit(() -> sendAt(start, mine, store));
        Future<JsonNode> two = threads.submit(() -> sendAt(start, theirs, other));
        assertThat(status(one.get())).isEqualTo("SUCCESS");
        assertThat(status(two.get())).isEqualTo("SUCCESS");
        Set<String> both = Set.of(digest(one.get()), digest(two.get()));
        sent.addAll(both);
        ActiveSet inForce = store.policySets().inForce().orElseThrow();
        assertThat(inForce.digest().hex()).isIn(both);
        assertThat(store.policySets().read(inForce.digest()).digest()).isEqualTo(inForce.digest());
      }
      over.set(true);
      gateway.get();
    }
    assertThat(troubles).isEmpty();
    assertThat(sent).containsAll(seen);
    assertThat(seen).as("the gateway did see sets come and go").hasSizeGreaterThan(2);
    assertThat(store.policySets().verifyHistory().findings()).isEmpty();
    List<Activation> history = store.policySets().history();
    assertThat(history).hasSizeBetween(101, 201);
    assertThat(history.stream().map(activation -> activation.request().requestId()))
        .doesNotHaveDuplicates();
    assertThat(endpoint.received()).hasSize(201);
  }

  enum Moment {
    /** Killed; the write never arrives. */
    BEFORE,
    /** Killed; the write takes effect all the same. */
    AFTER
  }

  /**
   * A process of its own, killed by SIGKILL at its first write, at its second, and so on until it
   * survives; after each time the event comes three times more.
   */
  @ParameterizedTest
  @EnumSource
  void aProcessKilledAtAnyWriteLeavesTheOldSetOrTheNewOne(Moment moment) throws Exception {
    String old = digest(send(update("r0", 1), store));
    int write = 0;
    boolean survived = false;
    Map<String, Integer> killedAt = new HashMap<>();
    while (!survived) {
      write++;
      int day = 1 + write;
      String requestId = "killed-at-write-" + write;
      String killedIn = deployAndKill(update(requestId, day), write, moment);
      survived = killedIn == null;
      boolean done = survived || (moment == Moment.AFTER && "TransactWriteItems".equals(killedIn));
      ActiveSet inForce = store.policySets().inForce().orElseThrow();
      assertThat(inForce.digest().hex().equals(old)).as("killed in %s", killedIn).isEqualTo(!done);
      assertThat(store.policySets().read(inForce.digest()).digest()).isEqualTo(inForce.digest());
      assertThat(store.policySets().verifyHistory().findings()).isEmpty();
      int before = store.policySets().history().size();
      for (int delivery = 1; delivery <= 3; delivery++) {
        JsonNode answer = send(update(requestId, day), store);
        assertThat(status(answer)).isEqualTo("SUCCESS");
        assertThat(store.policySets().inForce().orElseThrow().digest().hex())
            .isEqualTo(digest(answer))
            .isNotEqualTo(old);
      }
      assertThat(store.policySets().history()).hasSize(before + (done ? 0 : 1));
      assertThat(digest(send(update("back-" + write, 1), store))).isEqualTo(old);
      assertThat(store.policySets().verifyHistory().findings()).isEmpty();
      if (killedIn != null) {
        killedAt.merge(killedIn, 1, Integer::sum);
      }
    }
    // The request, the catalog, the policy; and the step that has the effect.
    assertThat(killedAt).isEqualTo(Map.of("PutItem", 3, "TransactWriteItems", 1));
  }

  /** Which operation it was killed in; null when it ended by itself before that write. */
  private @Nullable String deployAndKill(ObjectNode event, int write, Moment moment)
      throws Exception {
    AtomicInteger writes = new AtomicInteger();
    AtomicReference<@Nullable Process> victim = new AtomicReference<>();
    AtomicReference<@Nullable String> killedIn = new AtomicReference<>();
    try (Relay relay = new Relay(Objects.requireNonNull(settings.endpoint()))) {
      relay.decide(operation -> {
        boolean isWrite = operation.equals("PutItem") || operation.equals("TransactWriteItems");
        Process process = victim.get();
        if (!isWrite || process == null || writes.incrementAndGet() != write) {
          return Fate.PASS;
        }
        killedIn.set(operation);
        process.destroyForcibly();
        awaitEnd(process);
        return moment == Moment.BEFORE ? Fate.LOST_BEFORE : Fate.LOST_AFTER;
      });
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  DeployOnce.class.getName(),
                  relay.uri().toString(),
                  settings.policySetsTable())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      victim.set(process);
      try (OutputStream in = process.getOutputStream()) {
        in.write(Events.JSON.writeValueAsBytes(event));
      }
      byte[] output = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      relay.awaitQuiet();
      if (killedIn.get() == null) {
        assertThat(code).isZero();
        assertThat(new String(output, StandardCharsets.UTF_8)).contains("SUCCESS");
      } else {
        assertThat(code).isNotZero();
      }
      return killedIn.get();
    }
  }

  private static void awaitEnd(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode update(String requestId, int day) {
    return Events.event("Update", requestId, Events.policy(day), endpoint.url());
  }

  private JsonNode sendAt(CyclicBarrier start, ObjectNode event, PolicyStore to) throws Exception {
    start.await();
    return send(event, to);
  }

  private static JsonNode send(ObjectNode event, PolicyStore to) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new PolicyDeployerHandler(to.policySets(), InstantSource.system(), _ -> {})
        .handleRequest(
            new ByteArrayInputStream(Events.JSON.writeValueAsBytes(event)),
            output,
            Invocation.of(TIMEOUT));
    return Events.JSON.readTree(output.toByteArray());
  }

  private static String status(JsonNode answer) {
    return answer.path("Status").asText();
  }

  private static String digest(JsonNode answer) {
    return answer.path("Data").path("Digest").asText();
  }
}
