package updategateway.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.TableSchema;
import updategateway.store.testing.CallRecorder;
import updategateway.store.testing.TestTables;

final class PolicySetRepositoryTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final PolicySet ONE = set(1);
  private static final PolicySet TWO = set(2);

  private StoreSettings settings = StoreSettings.of("us-east-1", null);
  private CallRecorder calls = new CallRecorder();
  private PolicySetRepository store = store();

  @BeforeEach
  void emptyTables() {
    settings = TestTables.create();
    calls = new CallRecorder();
    store = store();
  }

  private PolicySetRepository store() {
    return new PolicySetRepository(calls.client(settings), settings.policySetsTable());
  }

  @Test
  void nothingIsInForceAtFirst() throws Exception {
    assertThat(store.inForce()).isEmpty();
    assertThat(store.history()).isEmpty();
  }

  @Test
  void aSetPutInForceIsReadBackWhole() throws Exception {
    for (int seed = 1; seed < 30; seed++) {
      PolicySet set = set(seed);
      store.putInForce(set, request(), NOW);
      assertThat(store.inForce().map(ActiveSet::digest)).contains(set.digest());
      assertThat(store.read(set.digest())).isEqualTo(set);
    }
  }

  @Test
  void correctionsAreReadBackToo() throws Exception {
    for (int seed = 1; seed < 10; seed++) {
      PolicySet set = new RandomPolicySets(new SplittableRandom(seed)).correctedPolicySet();
      store.putInForce(set, request(), NOW);
      assertThat(store.read(set.digest())).isEqualTo(set);
      assertThat(set.corrections()).isNotEmpty();
    }
  }

  @Test
  void aSetWhoseCorrectionsAreGoneOrChangedDoesNotVerify() throws Exception {
    PolicySet set = new RandomPolicySets(new SplittableRandom(3)).correctedPolicySet();
    store.putInForce(set, request(), NOW);
    Map<String, AttributeValue> key =
        Map.of(
            "pk", AttributeValue.fromS("set#" + set.digest().hex()),
            "sk", AttributeValue.fromS("corrections"));
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      Map<String, AttributeValue> item =
          new HashMap<>(
              client.getItem(get -> get.tableName(settings.policySetsTable()).key(key)).item());
      List<AttributeValue> changed =
          new ArrayList<>(Objects.requireNonNull(item.get("corrections")).l());
      Map<String, AttributeValue> first = new HashMap<>(changed.getFirst().m());
      first.put("place", AttributeValue.fromS("VN"));
      changed.set(0, AttributeValue.fromM(first));
      item.put("corrections", AttributeValue.fromL(changed));
      client.putItem(put -> put.tableName(settings.policySetsTable()).item(item));
      assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
          .isThrownBy(() -> store.read(set.digest()));
      client.deleteItem(delete -> delete.tableName(settings.policySetsTable()).key(key));
      assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
          .isThrownBy(() -> store.read(set.digest()));
    }
  }

  @Test
  void theSameSetAgainChangesNothing() throws Exception {
    store.putInForce(ONE, request(), NOW);
    assertThat(store.putInForce(ONE, request(), NOW.plusSeconds(1)))
        .isInstanceOf(DeploymentResult.AlreadyInForce.class);
    assertThat(store.history()).hasSize(1);
  }

  @Test
  void theSameRequestAgainChangesNothingEvenAfterOthers() throws Exception {
    Activation.Request first = request();
    store.putInForce(ONE, first, NOW);
    store.putInForce(TWO, request(), NOW);
    assertThat(store.putInForce(ONE, first, NOW)).isInstanceOf(DeploymentResult.AlreadyDone.class);
    assertThat(store.inForce().map(ActiveSet::digest)).contains(TWO.digest());
    assertThat(store.history()).hasSize(2);
  }

  @Test
  void aRequestThatFoundItsSetInForceIsNotCarriedOutLater() throws Exception {
    store.putInForce(ONE, request(), NOW);
    Activation.Request second = request();
    store.putInForce(ONE, second, NOW);
    store.putInForce(TWO, request(), NOW);
    assertThat(store.putInForce(ONE, second, NOW)).isInstanceOf(DeploymentResult.AlreadyDone.class);
    assertThat(store.inForce().map(ActiveSet::digest)).contains(TWO.digest());
  }

  @Test
  void whetherARequestWasCarriedOutIsFoundWithoutReadingTheHistory() throws Exception {
    for (int i = 0; i < 10; i++) {
      store.putInForce(i % 2 == 0 ? ONE : TWO, request(), NOW);
    }
    calls.made().clear();
    Activation.Request last = request();
    store.putInForce(ONE, last, NOW);
    assertThat(calls.made().stream().filter("QueryRequest"::equals))
        .as("the last entry, and the set, read back")
        .hasSize(2);
    calls.made().clear();
    store.putInForce(ONE, last, NOW);
    assertThat(calls.made())
        .as("the request, the pointer, the last entry, and the request's")
        .containsExactly("GetItemRequest", "GetItemRequest", "QueryRequest", "GetItemRequest");
  }

  @Test
  void aRequestThatWasGivenUpNeverTakesEffect() throws Exception {
    store.putInForce(ONE, request(), NOW);
    Activation.Request late = request();
    assertThat(store.abandon(late.requestId(), NOW)).isTrue();
    assertThat(store.abandon(late.requestId(), NOW.plusSeconds(1))).isTrue();
    assertThatExceptionOfType(PolicyStoreException.Abandoned.class)
        .isThrownBy(() -> store.putInForce(TWO, late, NOW))
        .withMessageContaining(late.requestId());
    assertThatExceptionOfType(PolicyStoreException.Abandoned.class)
        .isThrownBy(() -> store.putInForce(ONE, late, NOW));
    assertThat(store.history()).hasSize(1);
  }

  @Test
  void aRequestHasBegunWhenItWasFirstHeardOf() throws Exception {
    Activation.Request request = request();
    assertThat(store.begin(request.requestId(), NOW)).isEqualTo(NOW);
    assertThat(store.begin(request.requestId(), NOW.plusSeconds(9))).isEqualTo(NOW);
    assertThat(store.putInForce(ONE, request, NOW)).isInstanceOf(DeploymentResult.Activated.class);
    assertThat(store.putInForce(ONE, request, NOW))
        .isInstanceOf(DeploymentResult.AlreadyDone.class);
    assertThat(store.abandon(request.requestId(), NOW)).isFalse();
    Activation.Request other = request();
    store.begin(other.requestId(), NOW);
    assertThat(store.abandon(other.requestId(), NOW)).isTrue();
    assertThat(store.verifyHistory().findings()).isEmpty();
  }

  @Test
  void givingUpRacesWithCarryingOutAndOneOfThemWins() throws Exception {
    store.putInForce(ONE, request(), NOW);
    int carriedOut = 0;
    int pause = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 60; round++) {
        PolicySet next = round % 2 == 0 ? TWO : ONE;
        Activation.Request request = request();
        int before = store.history().size();
        int head = pause;
        Future<Boolean> abandoned =
            threads.submit(() -> {
              Thread.sleep(head);
              return store.abandon(request.requestId(), NOW);
            });
        Future<DeploymentResult> deployed =
            threads.submit(() -> store.putInForce(next, request, NOW));
        boolean gaveUp = abandoned.get();
        pause = gaveUp ? 2 * pause + 1 : pause / 2;
        if (gaveUp) {
          assertThatExceptionOfType(ExecutionException.class)
              .isThrownBy(deployed::get)
              .withCauseInstanceOf(PolicyStoreException.Abandoned.class);
          assertThat(store.history()).hasSize(before);
          store.putInForce(next, request(), NOW);
        } else {
          assertThat(deployed.get()).isInstanceOf(DeploymentResult.Activated.class);
          carriedOut++;
        }
      }
    }
    assertThat(carriedOut).as("so that the race was one").isStrictlyBetween(0, 60);
  }

  @Test
  void whoChangesTheirMindRightBeforeTheStepChangesNothing() throws Exception {
    store.putInForce(ONE, request(), NOW);
    assertThatExceptionOfType(PolicyStoreException.Abandoned.class)
        .isThrownBy(() -> store.putInForce(TWO, request(), NOW, () -> false));
    assertThat(store.inForce().map(ActiveSet::digest)).contains(ONE.digest());
    assertThat(store.history()).hasSize(1);
  }

  @Test
  void aSetInForceOfWhichAnItemIsMissingIsMendedByDeployingItAgain() throws Exception {
    PolicySet set = withPolicies();
    store.putInForce(set, request(), NOW);
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      client.deleteItem(delete ->
          delete
              .tableName(settings.policySetsTable())
              .key(key(TableSchema.SET + set.digest().hex(), TableSchema.CATALOG)));
    }
    assertThat(store.putInForce(set, request(), NOW))
        .isInstanceOf(DeploymentResult.AlreadyInForce.class);
    assertThat(store.read(set.digest())).isEqualTo(set);
  }

  @Test
  void racingDeploymentsMakeOneChain() throws Exception {
    int racers = 4;
    int rounds = 25;
    int activated = 0;
    List<Callable<DeploymentResult>> tasks = new ArrayList<>();
    for (int i = 0; i < racers * rounds; i++) {
      PolicySet set = i % 2 == 0 ? ONE : TWO;
      tasks.add(() -> store.putInForce(set, request(), NOW));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
      for (Future<DeploymentResult> deployed : threads.invokeAll(tasks)) {
        activated += deployed.get() instanceof DeploymentResult.Activated ? 1 : 0;
      }
    }
    assertThat(store.verifyHistory().findings()).isEmpty();
    List<Activation> history = store.history();
    assertThat(history).as("who was told so has an entry").hasSize(activated);
    for (int i = 1; i < history.size(); i++) {
      assertThat(history.get(i).digest()).isNotEqualTo(history.get(i).previous());
    }
    assertThat(store.inForce().map(ActiveSet::sequence)).contains((long) history.size());
  }

  /** Each attribute of the pointer that another deployment or somebody else would have changed. */
  @ParameterizedTest
  @ValueSource(strings = {TableSchema.SEQUENCE, TableSchema.ENTRY, TableSchema.DIGEST})
  void aPointerThatIsChangedRightBeforeTheStepIsNotBuiltOn(String attribute) throws Exception {
    store.putInForce(ONE, request(), NOW);
    AttributeValue other =
        attribute.equals(TableSchema.SEQUENCE)
            ? AttributeValue.fromN("7")
            : AttributeValue.fromS("0".repeat(64));
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      Map<String, AttributeValue> genuine =
          client
              .getItem(get ->
                  get.tableName(settings.policySetsTable())
                      .key(key(TableSchema.IN_FORCE, TableSchema.IN_FORCE)))
              .item();
      assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
          .isThrownBy(() ->
              store.putInForce(
                  TWO,
                  request(),
                  NOW,
                  () -> {
                    change(
                        client, TableSchema.IN_FORCE, TableSchema.IN_FORCE, attribute, _ -> other);
                    return true;
                  }));
      client.putItem(put -> put.tableName(settings.policySetsTable()).item(genuine));
    }
    assertThat(store.history()).hasSize(1);
  }

  /**
   * Another set than those of other numbers, of as many items, for which as many calls are made.
   */
  private static PolicySet numbered(int number) throws InvalidPolicyException {
    String policy =
        """
        id: p
        title: number %d
        authority: a
        citation: c
        scope: {locations: [US], subjects: [located]}
        products: ["*"]
        phases: [{id: f, from: 2024-09-29T00:00Z, refuses: [signature-update]}]
        undetermined: refuse
        """
            .formatted(number);
    String catalog = "routes: [{path: /bases/**, product: p, activity: signature-update}]";
    return PolicyFiles.read(
        List.of(new PolicyFile("catalog.yaml", catalog), new PolicyFile("p.yaml", policy)));
  }

  @Test
  void whoeverIsKilledAtAnyCallLeavesTheOldSetOrTheNewOne() throws Exception {
    store.putInForce(ONE, request(), NOW);
    int survived = 0;
    boolean done = false;
    while (!done) {
      PolicySet next = numbered(survived);
      calls.breakAfter(survived);
      try {
        store.putInForce(next, request(), NOW);
        done = true;
      } catch (PolicyStoreException.Unavailable e) {
        survived++;
      }
      calls.mend();
      assertThat(store.inForce().map(ActiveSet::digest))
          .contains(done ? next.digest() : ONE.digest());
      assertThat(store.read(ONE.digest())).isEqualTo(ONE);
      assertThat(store.verifyHistory().findings()).isEmpty();
      if (!done) {
        assertThat(store.putInForce(next, request(), NOW))
            .isInstanceOf(DeploymentResult.Activated.class);
        assertThat(store.read(next.digest())).isEqualTo(next);
        store.putInForce(ONE, request(), NOW);
      }
    }
    assertThat(survived).as("calls after which it was killed").isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "changed",
        "missing",
        "extra",
        "foreign type",
        "no schema",
        "other schema",
        "unknown key",
        "other set's"
      })
  void aSetThatIsNotWhatItsNameSaysIsNeverGivenOut(String how) throws Exception {
    PolicySet set = withPolicies();
    store.putInForce(set, request(), NOW);
    String pk = TableSchema.SET + set.digest().hex();
    String sk = TableSchema.POLICY + set.policies().getFirst().id();
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      switch (how) {
        case "changed" ->
            change(client, pk, sk, "title", _ -> AttributeValue.fromS("Another title"));
        case "missing" ->
            client.deleteItem(d -> d.tableName(settings.policySetsTable()).key(key(pk, sk)));
        case "extra" ->
            change(
                client,
                pk,
                sk,
                TableSchema.SK,
                _ -> AttributeValue.fromS(TableSchema.POLICY + "zzz"));
        case "foreign type" -> change(client, pk, sk, "title", _ -> AttributeValue.fromN("7"));
        case "no schema" ->
            change(client, pk, sk, TableSchema.SCHEMA, _ -> AttributeValue.fromS(""));
        case "other schema" ->
            change(client, pk, sk, TableSchema.SCHEMA, _ -> AttributeValue.fromS("2"));
        case "unknown key" -> change(client, pk, sk, "loophole", _ -> AttributeValue.fromS("yes"));
        default -> change(client, pk, sk, "id", _ -> AttributeValue.fromS("another"));
      }
    }
    assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
        .isThrownBy(() -> store.read(set.digest()))
        .withMessageContaining(set.digest().hex());
    store.putInForce(ONE, request(), NOW);
    if (how.equals("missing")) {
      store.putInForce(set, request(), NOW);
      assertThat(store.read(set.digest())).as("what was missing is written again").isEqualTo(set);
    } else {
      assertThatExceptionOfType(PolicyStoreException.Corrupt.class)
          .isThrownBy(() -> store.putInForce(set, request(), NOW));
      assertThat(store.inForce().map(ActiveSet::digest)).contains(ONE.digest());
    }
  }

  @Test
  void whoCannotBeReachedIsNamed() {
    StoreSettings nobody =
        StoreSettings.of("us-east-1", URI.create("http://127.0.0.1:1"))
            .withTimeouts(Duration.ofMillis(200), Duration.ofMillis(400));
    try (PolicyStore closed = PolicyStore.open(nobody)) {
      assertThatExceptionOfType(PolicyStoreException.Unavailable.class)
          .isThrownBy(() -> closed.policySets().inForce())
          .withMessageContaining("PolicySets");
    }
  }

  private void change(
      DynamoDbClient client,
      String pk,
      String sk,
      String name,
      UnaryOperator<AttributeValue> change) {
    Map<String, AttributeValue> item =
        new HashMap<>(
            client
                .getItem(get -> get.tableName(settings.policySetsTable()).key(key(pk, sk)))
                .item());
    item.put(name, change.apply(item.getOrDefault(name, AttributeValue.fromS(""))));
    client.putItem(put -> put.tableName(settings.policySetsTable()).item(item));
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(
        TableSchema.PK, AttributeValue.fromS(pk), TableSchema.SK, AttributeValue.fromS(sk));
  }

  private static PolicySet withPolicies() {
    return IntStream.iterate(1, i -> i + 1)
        .mapToObj(PolicySetRepositoryTest::set)
        .filter(set -> set.policies().size() > 1 && !set.equals(ONE))
        .findFirst()
        .orElseThrow();
  }

  private static PolicySet set(int seed) {
    return new RandomPolicySets(new SplittableRandom(seed * 7919L)).policySet();
  }

  private static Activation.Request request() {
    return new Activation.Request("test", "stack", UUID.randomUUID().toString(), null);
  }
}
