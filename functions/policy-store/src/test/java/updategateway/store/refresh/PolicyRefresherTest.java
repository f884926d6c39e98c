package updategateway.store.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.SdkAttributes;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.Activation;
import updategateway.store.history.PolicySetRepository;
import updategateway.store.testing.CallRecorder;
import updategateway.store.testing.TestTables;

final class PolicyRefresherTest {
  private static final Duration REFRESH = Duration.ofSeconds(30);
  private static final Duration MAX_AGE = Duration.ofHours(1);
  private static final PolicySet ONE = set(11);
  private static final PolicySet TWO = set(22);

  private volatile Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private final List<RefreshListener.Event> events =
      Collections.synchronizedList(new ArrayList<>());
  private StoreSettings settings = StoreSettings.of("us-east-1", null);
  private CallRecorder calls = new CallRecorder();
  private PolicySetRepository store = new PolicySetRepository(calls.client(settings), "");
  private PolicyRefresher policy = policy();

  @BeforeEach
  void aSetInForce() throws Exception {
    settings = TestTables.create();
    calls = new CallRecorder();
    store = new PolicySetRepository(calls.client(settings), settings.policySetsTable());
    policy = policy();
    put(ONE);
    calls.made().clear();
    events.clear();
  }

  private PolicyRefresher policy() {
    return new PolicyRefresher(
        store, () -> now, REFRESH, MAX_AGE, settings.timeouts(), events::add);
  }

  @Test
  void withinAnIntervalOneItemIsReadOnce() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(current()).contains(ONE.digest());
      now = now.plusMillis(29);
    }
    assertThat(calls.made()).containsExactly("GetItemRequest", "QueryRequest");
  }

  @Test
  void anIntervalLaterOnlyThePointerIsRead() {
    current();
    calls.made().clear();
    events.clear();
    now = now.plus(REFRESH);
    current();
    assertThat(calls.made()).containsExactly("GetItemRequest");
    assertThat(events).as("all is as it was, which is no line in the log").isEmpty();
  }

  @Test
  void anotherSetIsUsedAnIntervalLaterAtLatest() throws Exception {
    current();
    put(TWO);
    now = now.plus(REFRESH).minusMillis(1);
    assertThat(current()).contains(ONE.digest());
    now = now.plusMillis(1);
    assertThat(current()).contains(TWO.digest());
    assertThat(events).last().isEqualTo(new RefreshListener.Loaded(TWO.digest()));
  }

  @Test
  void theOldSetDecidesUpToItsMaximumAgeAndThenNone() {
    current();
    calls.breakAfter(0);
    now = now.plus(MAX_AGE).minusMillis(1);
    assertThat(current()).contains(ONE.digest());
    now = now.plusMillis(1);
    assertThat(current()).isEmpty();
    assertThat(events)
        .last()
        .isInstanceOfSatisfying(
            RefreshListener.Failed.class,
            failed -> assertThat(failed.age()).isEqualTo(MAX_AGE.minusMillis(1)));
  }

  @Test
  void withoutAnySetThereIsNone() {
    calls.breakAfter(0);
    assertThat(current()).isEmpty();
  }

  @Test
  void anEmptyTableIsNoSet() {
    settings = TestTables.create();
    store = new PolicySetRepository(calls.client(settings), settings.policySetsTable());
    policy = policy();
    assertThat(current()).isEmpty();
    assertThat(events).last().asString().contains("deploy one");
  }

  @Test
  void aRecoveryIsNoticedWithinAnInterval() {
    current();
    calls.breakAfter(0);
    for (int i = 0; i < 200; i++) {
      now = now.plusSeconds(7);
      current();
    }
    calls.mend();
    calls.made().clear();
    now = now.plus(REFRESH);
    assertThat(current()).contains(ONE.digest());
    assertThat(calls.made()).containsExactly("GetItemRequest");
  }

  @Test
  void failuresAreNotRepeatedOnEachRequest() {
    calls.breakAfter(0);
    for (int i = 0; i < 100; i++) {
      current();
      now = now.plusMillis(5);
    }
    assertThat(events).hasSize(1);
  }

  @Test
  void aSetThatDoesNotVerifyIsNeverUsed() throws Exception {
    current();
    put(TWO);
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      client.deleteItem(delete ->
          delete
              .tableName(settings.policySetsTable())
              .key(
                  Map.of(
                      "pk", AttributeValue.fromS("set#" + TWO.digest().hex()),
                      "sk", AttributeValue.fromS("catalog"))));
    }
    now = now.plus(REFRESH);
    assertThat(current()).contains(ONE.digest());
    assertThat(events)
        .last()
        .isInstanceOfSatisfying(
            RefreshListener.Rejected.class,
            rejected -> assertThat(rejected.age()).isEqualTo(REFRESH));
  }

  @Test
  void aTableThatWasPutBackIsNotFollowedAndSaysSo() throws Exception {
    Map<String, AttributeValue> earlier = pointer();
    put(TWO);
    assertThat(current()).contains(TWO.digest());
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      client.putItem(put -> put.tableName(settings.policySetsTable()).item(earlier));
    }
    now = now.plus(REFRESH);
    assertThat(current()).contains(TWO.digest());
    assertThat(events)
        .last()
        .isInstanceOfSatisfying(
            RefreshListener.Rejected.class,
            rejected -> {
              assertThat(rejected.corruptionKind()).isEqualTo(CorruptionKind.GONE_BACK);
              assertThat(rejected.reason()).contains("activation 1 ").contains("history --verify");
              assertThat(rejected.age()).isEqualTo(REFRESH);
            });
    now = now.plus(MAX_AGE).minus(REFRESH);
    assertThat(current()).as("its age went on").isEmpty();
    policy = policy();
    assertThat(current()).as("a process that knows of nothing later").contains(ONE.digest());
  }

  @Test
  void anActivationIsKnownFromItsPointerThoughItsSetCouldNotBeRead() throws Exception {
    assertThat(current()).contains(ONE.digest());
    Map<String, AttributeValue> earlier = pointer();
    put(TWO);
    now = now.plus(REFRESH);
    calls.breakAfter(1);
    assertThat(current()).as("only the pointer could be read").contains(ONE.digest());
    calls.mend();
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      client.putItem(put -> put.tableName(settings.policySetsTable()).item(earlier));
    }
    now = now.plus(REFRESH);
    current();
    assertThat(events)
        .last()
        .isInstanceOfSatisfying(
            RefreshListener.Rejected.class,
            rejected -> assertThat(rejected.corruptionKind()).isEqualTo(CorruptionKind.GONE_BACK));
    now = now.plus(MAX_AGE).minus(REFRESH.multipliedBy(2));
    assertThat(current()).as("the earlier pointer made the set no younger").isEmpty();
  }

  private Map<String, AttributeValue> pointer() {
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      return client
          .getItem(get ->
              get.tableName(settings.policySetsTable())
                  .key(SdkAttributes.of(Item.key("in-force", "in-force"))))
          .item();
    }
  }

  @Test
  void aClockThatStepsBackMakesARefreshDue() throws Exception {
    current();
    put(TWO);
    now = now.minusSeconds(86_400);
    assertThat(current()).contains(TWO.digest());
  }

  @Test
  void aClockThatStepsBackDoesNotMakeASetYounger() {
    current();
    calls.breakAfter(0);
    now = now.minus(Duration.ofDays(2));
    assertThat(current()).contains(ONE.digest());
    now = now.plus(MAX_AGE);
    assertThat(current()).isEmpty();
  }

  @Test
  void whoWasFrozenReadsAgainBeforeDeciding() throws Exception {
    current();
    put(TWO);
    policy.invalidate();
    assertThat(current()).contains(TWO.digest());
  }

  @Test
  void whoWasFrozenForWeeksAndCannotReadHasNone() {
    current();
    now = now.plus(Duration.ofDays(40));
    policy.invalidate();
    calls.breakAfter(0);
    assertThat(current()).isEmpty();
  }

  @Test
  void manyThreadsShareOneRefresh() throws Exception {
    List<Callable<Optional<Digest>>> tasks = Collections.nCopies(640, this::current);
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (Future<Optional<Digest>> answer : threads.invokeAll(tasks)) {
        assertThat(answer.get()).contains(ONE.digest());
      }
    }
    assertThat(calls.made()).containsExactly("GetItemRequest", "QueryRequest");
  }

  private Optional<Digest> current() {
    return policy.current().map(set -> set.policySet().digest());
  }

  private void put(PolicySet set) throws PolicyStoreException {
    store.putInForce(
        set, new Activation.Request("test", "stack", UUID.randomUUID().toString(), null), now);
  }

  private static PolicySet set(int seed) {
    return new RandomPolicySets(new SplittableRandom(seed)).policySet();
  }
}
