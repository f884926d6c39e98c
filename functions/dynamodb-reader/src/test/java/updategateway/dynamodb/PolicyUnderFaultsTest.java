package updategateway.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.region.AgentRegistry;
import updategateway.store.PolicyStore;
import updategateway.store.agents.AgentCacheSettings;
import updategateway.store.agents.CachingAgentRegistry;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.FailureCause;
import updategateway.store.dynamodb.Item;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.SdkAttributes;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;
import updategateway.store.history.Activation;
import updategateway.store.refresh.PolicyRefresher;
import updategateway.store.refresh.RefreshListener;
import updategateway.store.testing.Fault;
import updategateway.store.testing.FaultProxy;
import updategateway.store.testing.Relay;
import updategateway.store.testing.TestTables;

/**
 * What is guaranteed about faults of DynamoDB, with each of them on the wire between the real
 * client and a real DynamoDB. The client does not give up as long as a test lasts: whoever waited
 * for it would wait for ever. Nothing is measured: of a request it is noted how long it is ready to
 * wait.
 */
@Tag("dynamodb-local")
@ParameterizedClass(name = "{0}")
@EnumSource(ReaderKind.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class PolicyUnderFaultsTest {
  private static final Duration REFRESH = Duration.ofSeconds(30);
  private static final Duration MAX_AGE = Duration.ofHours(1);
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofHours(1), Duration.ofHours(2), 2, Duration.ofMillis(200), Duration.ofHours(3));

  /** For tests that wait until the client gives up. */
  private static final Timeouts HASTE =
      new Timeouts(
          Duration.ofMillis(600),
          Duration.ofMillis(1_200),
          2,
          Duration.ofMillis(200),
          Duration.ofHours(3));

  private static final Timeouts READY_TO_WAIT =
      new Timeouts(
          Duration.ofHours(1), Duration.ofHours(2), 2, Duration.ofHours(4), Duration.ofHours(3));

  /** Half of the budget of the first two. */
  private static final Duration SHARE = Duration.ofMillis(100);

  private static final PolicySet ONE = set(11);
  private static final PolicySet TWO = set(22);

  private final List<RefreshListener.Event> events =
      Collections.synchronizedList(new ArrayList<>());
  private final StoreSettings tables = TestTables.create();
  private final FaultProxy proxy = FaultProxy.before(tables);
  private final PolicyStore direct = PolicyStore.open(tables);
  private final ReaderKind reader;
  private volatile Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private PolicyStore broken;
  private PolicyRefresher policy;

  PolicyUnderFaultsTest(ReaderKind reader) {
    this.reader = reader;
    this.broken = reader.open(proxy.tables(TIMEOUTS));
    this.policy = policy(broken);
  }

  private PolicyRefresher policy(PolicyStore store) {
    return store.policyInForce(() -> now, REFRESH, MAX_AGE, events::add);
  }

  static List<Fault> faults() {
    return Fault.all();
  }

  private static Fault named(String name) {
    return faults().stream().filter(one -> one.toString().contains(name)).findFirst().orElseThrow();
  }

  @BeforeEach
  void aSetInForce() throws PolicyStoreException {
    put(ONE);
  }

  @AfterEach
  void close() {
    proxy.close();
    broken.close();
    direct.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whileTheLastGoodSetIsInAgeItDecidesAndNobodyWaitsForTheFault(Fault fault) throws Exception {
    List<Duration> waits = noteWaiting();
    assertThat(current()).contains(ONE.digest());
    put(TWO);
    proxy.breakWith(fault);
    for (int interval = 0; interval < 3; interval++) {
      now = now.plus(REFRESH);
      waits.clear();
      for (int request = 0; request < 100; request++) {
        assertThat(current()).contains(ONE.digest());
      }
      assertThat(waits).as("the request that finds a refresh due").containsExactly(SHARE);
    }
    assertThat(events).filteredOn(RefreshListener.Loaded.class::isInstance).hasSize(1);
  }

  /** The table keeps its answer back until all have got theirs. */
  @Test
  void manyAtOnceAreAnsweredThoughTheTableDoesNotAnswer() throws Exception {
    try (Relay relay = new Relay(Objects.requireNonNull(tables.endpoint()));
        PolicyStore held = reader.open(behind(relay));
        ExecutorService threads = Executors.newFixedThreadPool(64)) {
      policy = held.policyInForce(() -> now, REFRESH, MAX_AGE, events::add);
      assertThat(current()).contains(ONE.digest());
      put(TWO);
      relay.decide(_ -> Relay.Fate.HELD_AFTER);
      now = now.plus(REFRESH);
      List<Callable<Optional<Digest>>> requests = Collections.nCopies(640, this::current);
      for (Future<Optional<Digest>> answer : threads.invokeAll(requests)) {
        assertThat(answer.get()).contains(ONE.digest());
      }
      relay.release();
      await(() -> current().equals(Optional.of(TWO.digest())));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aRecoveryIsPickedUpWithinAnInterval(Fault fault) throws Exception {
    assertThat(current()).contains(ONE.digest());
    put(TWO);
    proxy.breakWith(fault);
    for (int interval = 0; interval < 3; interval++) {
      now = now.plus(REFRESH);
      assertThat(current()).contains(ONE.digest());
    }
    proxy.mend();
    now = now.plus(REFRESH);
    // The request that begins the attempt waits only for its share; the attempt goes on.
    await(() -> current().equals(Optional.of(TWO.digest())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void outOfAgeThereIsNoSetUntilTheTableAnswersAgain(Fault fault) throws Exception {
    inHaste();
    assertThat(eventually(ONE)).contains(ONE.digest());
    proxy.breakWith(fault);
    now = now.plus(MAX_AGE);
    assertThat(current()).isEmpty();
    now = now.plus(MAX_AGE);
    assertThat(current()).isEmpty();
    proxy.mend();
    assertThat(eventually(ONE)).contains(ONE.digest());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void neverLoadedThereIsNoSetUntilTheTableAnswers(Fault fault) throws Exception {
    inHaste();
    proxy.breakWith(fault);
    assertThat(current()).isEmpty();
    assertThat(events).last().isNotInstanceOf(RefreshListener.Loaded.class);
    proxy.mend();
    assertThat(eventually(ONE)).contains(ONE.digest());
  }

  @Test
  void whoHasNoSetWaitsForATableThatIsSlow() {
    proxy.breakWith(new Fault.Late(Duration.ofSeconds(1)));
    assertThat(current()).contains(ONE.digest());
  }

  /** As a replica that lags would answer, or whoever wants yesterday's law. */
  @Test
  void anAnswerOfTheDayBeforeIsNotFollowedHoweverOftenItComes() throws Exception {
    inHaste();
    assertThat(eventually(ONE)).contains(ONE.digest());
    String yesterday = proxy.pointerAnswer();
    put(TWO);
    assertThat(eventually(TWO)).contains(TWO.digest());
    proxy.breakWith(new Fault.SayingOfThePointer(yesterday));
    events.clear();
    int before = proxy.calls().size();
    for (int interval = 0; interval < 10; interval++) {
      now = now.plus(REFRESH);
      assertThat(current()).contains(TWO.digest());
    }
    assertThat(List.copyOf(proxy.calls()).subList(before, proxy.calls().size()))
        .as("no set is read for it")
        .allMatch(FaultProxy.Call::isPointerRead);
    assertThat(events)
        .isNotEmpty()
        .allSatisfy(event ->
            assertThat(event)
                .isInstanceOfSatisfying(
                    RefreshListener.Rejected.class,
                    rejected ->
                        assertThat(rejected.corruptionKind()).isEqualTo(CorruptionKind.GONE_BACK)));
    now = now.plus(MAX_AGE);
    assertThat(current()).as("out of age").isEmpty();
    proxy.mend();
    assertThat(eventually(TWO)).contains(TWO.digest());
  }

  @Test
  void whichSetIsInForceIsAskedAsOfNow() {
    assertThat(current()).contains(ONE.digest());
    assertThat(proxy.calls())
        .as("the pointer, and the set")
        .hasSizeGreaterThan(1)
        .allSatisfy(call -> assertThat(call.body()).contains("\"ConsistentRead\":true"));
  }

  @Test
  void anActivationThatIsKnownCountsThoughItsSetCouldNotBeRead() throws Exception {
    try (Relay relay = new Relay(Objects.requireNonNull(tables.endpoint()));
        PolicyStore hasty = reader.open(behind(relay, HASTE));
        DynamoDbClient client = PolicyStore.client(tables)) {
      policy = policy(hasty);
      assertThat(eventually(ONE)).contains(ONE.digest());
      Map<String, AttributeValue> earlier =
          client
              .getItem(get ->
                  get.tableName(tables.policySetsTable())
                      .key(SdkAttributes.of(Item.key("in-force", "in-force"))))
              .item();
      put(TWO);
      relay.decide(operation -> operation.endsWith("Query") ? Relay.Fate.FAILED : Relay.Fate.PASS);
      untilThereIs(RefreshListener.Failed.class, "read the items of set#");
      client.putItem(put -> put.tableName(tables.policySetsTable()).item(earlier));
      relay.decide(_ -> Relay.Fate.PASS);
      untilThereIs(RefreshListener.Rejected.class, "the item in-force names the activation 1 ");
    }
  }

  /** Some intervals, since a machine that is busy may lose some answers. */
  private void untilThereIs(Class<? extends RefreshListener.Event> event, String reason) {
    for (int interval = 0; interval < 100; interval++) {
      now = now.plus(REFRESH);
      Optional<Digest> _ = current();
      if (events.stream()
          .anyMatch(one -> event.isInstance(one) && one.toString().contains(reason))) {
        return;
      }
    }
    assertThat(events).as(reason).hasAtLeastOneElementOfType(event);
  }

  /** Whole answers of DynamoDB's form, and not to what was asked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'ConsumedCapacity':{}}",
        "{'ConsumedCapacity':{'CapacityUnits':0.5}}",
        "{'ConsumedCapacity':{'TableName':'Another','CapacityUnits':0.5}}",
        "{'ConsumedCapacity':%s,'Item':{}}",
        "{'ConsumedCapacity':%s,'Item':{'agentId':{'S':'agent'},'countries':{'SS':['US']}},'Item':{}}",
        "{'ConsumedCapacity':%s,'Item':{'agentId':{'S':'other'},'countries':{'SS':['DE']}}}",
        "{'ConsumedCapacity':%s,'Item':{'agentId':{'SS':['agent']},'countries':{'SS':['DE']}}}",
        "{'ConsumedCapacity':%s,'Item':{'countries':{'SS':['DE']}}}",
        "{'ConsumedCapacity':%s,'Item':{'agentId':{'S':'agent'}}}",
        "{'ConsumedCapacity':%s,'Item':{'agentId':{'S':'agent'},'countries':{'L':[]}}}",
        "{'ConsumedCapacity':%s,'Item':{'agentId':{'S':'agent'},'countries':{'SS':[]}}}"
      })
  void anAnswerThatIsNotThisAccountsIsNeitherBelievedNorKept(String said) throws Exception {
    inHaste();
    putAgent("agent", "US");
    CachingAgentRegistry agents = broken.agents(() -> now);
    String cost = "{'TableName':'%s','CapacityUnits':0.5}".formatted(tables.agentsTable());
    proxy.breakWith(new Fault.Saying(said.replace("%s", cost).replace('\'', '"')));
    assertThat(agents.find("agent")).isInstanceOf(AgentRegistry.Unavailable.class);
    proxy.mend();
    AgentRegistry.Registration registration = agents.find("agent");
    while (registration instanceof AgentRegistry.Unavailable) {
      Thread.sleep(10);
      now = now.plusSeconds(1);
      registration = agents.find("agent");
    }
    assertThat(registration).isEqualTo(new AgentRegistry.Found(Set.of("US")));
  }

  /** Likewise about policy sets: an item under another key, or of another table. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'ConsumedCapacity':{'TableName':'Another','CapacityUnits':0.5}}",
        "{'ConsumedCapacity':%s,'Item':{}}",
        "{'ConsumedCapacity':%s,'Item':{'pk':{'S':'in-force'},'sk':{'S':'other'}}}",
        "{'ConsumedCapacity':%s,'Items':[{'pk':{'S':'set#other'},'sk':{'S':'catalog'}}],'Count':1}",
        "{'ConsumedCapacity':{'TableName':'Another','CapacityUnits':0.5},'Items':[],'Count':0}"
      })
  void anAnswerToAnotherQuestionIsUnreadable(String said) {
    inHaste();
    String cost = "{'TableName':'%s','CapacityUnits':0.5}".formatted(tables.policySetsTable());
    String body = said.replace("%s", cost).replace('\'', '"');
    proxy.breakWith(new Fault.Saying(body));
    assertThat(current()).isEmpty();
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            RefreshListener.Failed.class,
            failed ->
                assertThat(failed.failureCause())
                    .isEqualTo(
                        said.contains("%s,'Items'")
                            ? FailureCause.NOTHING_IN_FORCE
                            : FailureCause.UNREADABLE));
    if (said.contains("Items")) {
      assertThatExceptionOfType(PolicyStoreException.Unavailable.class)
          .isThrownBy(() -> broken.policySets().read(ONE.digest()))
          .satisfies(e -> assertThat(e.failureCause()).isEqualTo(FailureCause.UNREADABLE));
    }
  }

  @Test
  void thatNoSetIsInForceIsWhatTheTableItselfSays() {
    inHaste();
    proxy.breakWith(
        new Fault.Saying(
            "{\"ConsumedCapacity\":{\"TableName\":\"%s\",\"CapacityUnits\":1}}"
                .formatted(tables.policySetsTable())));
    assertThat(current()).isEmpty();
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            RefreshListener.Failed.class,
            failed -> assertThat(failed.failureCause()).isEqualTo(FailureCause.NOTHING_IN_FORCE));
  }

  @ParameterizedTest
  @CsvSource({
    "204, , UNREADABLE",
    "200, , UNREADABLE",
    "307, , UNREADABLE",
    "400, <html>, UNREADABLE",
    "404, , UNREADABLE",
    "401, , DENIED",
    "403, , DENIED",
    "407, , DENIED",
    "403, ExpiredToken, DENIED",
    "400, RequestTimeTooSkewed, DENIED",
    "400, RequestExpired, DENIED",
    "400, KMSAccessDeniedException, DENIED",
    "400, KMSInvalidStateException, DENIED",
    "400, KMSThrottlingException, THROTTLED",
    "429, , THROTTLED",
    "503, , SERVER_FAULT",
    "400, ValidationException, OTHER"
  })
  void theCauseIsNamedByWhateverStandsBetween(
      int status, @Nullable String said, FailureCause failureCause) {
    inHaste();
    String body =
        said == null || said.startsWith("<")
            ? Objects.requireNonNullElse(said, "")
            : new String(Fault.body(Fault.error(status, said, "no")), StandardCharsets.UTF_8);
    Map<String, String> headers =
        status == 307
            ? Map.of("location", "http://127.0.0.1:9/")
            : status == 429 ? Map.of("retry-after", "30") : Map.of();
    proxy.breakWith(new Fault.Responding(status, headers, body));
    assertThat(current()).isEmpty();
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            RefreshListener.Failed.class,
            failed ->
                assertThat(failed.failureCause()).as(failed.reason()).isEqualTo(failureCause));
  }

  @ParameterizedTest
  @CsvSource({
    "Refused, UNREACHABLE",
    "Silent, TIMED_OUT",
    "Trickling, TIMED_OUT",
    "HungUp, UNREACHABLE",
    "ResetMidAnswer, UNREACHABLE",
    "Halved, UNREADABLE",
    "Flipped, UNREADABLE",
    "<html>, UNREADABLE",
    "ProvisionedThroughputExceededException, THROTTLED",
    "RequestLimitExceeded, THROTTLED",
    "ThrottlingException, THROTTLED",
    "InternalServerError, SERVER_FAULT",
    "ServiceUnavailable, SERVER_FAULT",
    "ExpiredTokenException, DENIED",
    "UnrecognizedClientException, DENIED",
    "AccessDeniedException, DENIED",
    "InvalidSignatureException, DENIED",
    "ResourceNotFoundException, NO_TABLE",
    "Saying[{}], UNREADABLE"
  })
  void theCauseIsNamed(String name, FailureCause failureCause) {
    Fault fault = named(name);
    if (failureCause == FailureCause.TIMED_OUT) {
      inHaste();
    }
    proxy.breakWith(fault);
    assertThat(current()).isEmpty();
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            RefreshListener.Failed.class,
            failed ->
                assertThat(failed.failureCause()).as(failed.reason()).isEqualTo(failureCause));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void anAgentWhoseAccountCannotBeReadIsNotOneWithoutAnAccount(Fault fault) {
    putAgent("somebodys-id", "US");
    CachingAgentRegistry agents = broken.agents(() -> now);
    proxy.breakWith(fault);
    for (int request = 0; request < 20; request++) {
      for (String id : List.of("somebodys-id", "nobodys-id")) {
        assertThat(agents.find(id))
            .isInstanceOfSatisfying(
                AgentRegistry.Unavailable.class,
                why -> assertThat(why.reason()).as("it is logged").doesNotContain("bodys-id"));
      }
    }
  }

  /**
   * Requests are ready to wait for hours, so that whoever asks has been told no when it returns.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "InternalServerError",
        "AccessDeniedException",
        "ResourceNotFoundException",
        "Saying[{}]"
      })
  void aTableThatSaysNoIsAskedForAllByOneRequestAPause(String name) {
    putAgent("agent", "US");
    proxy.breakWith(named(name));
    try (PolicyStore patient = reader.open(proxy.tables(READY_TO_WAIT))) {
      CachingAgentRegistry agents = patient.agents(AgentCacheSettings.DEFAULT, REFRESH, () -> now);
      assertThat(callsOf(agents, 1)).as("one failure may be chance").isPositive();
      int aLookUp = callsOf(agents, 1);
      assertThat(aLookUp).isBetween(1, 2);
      for (long seconds : new long[] {1, 2, 4, 8, 16, 30, 30}) {
        assertThat(callsOf(agents, 100)).as("in the pause").isZero();
        now = now.plusSeconds(seconds).minusNanos(1);
        assertThat(callsOf(agents, 100)).as("at its end").isZero();
        now = now.plusNanos(1);
        assertThat(callsOf(agents, 100)).as("after " + seconds + " s").isEqualTo(aLookUp);
      }
      proxy.mend();
      now = now.plus(REFRESH);
      assertThat(agents.find("agent")).isEqualTo(new AgentRegistry.Found(Set.of("US")));
      assertThat(agents.find("other")).isEqualTo(new AgentRegistry.Found(Set.of()));
    }
  }

  /** How often the table is asked when so many requests want to know, of which none can. */
  private int callsOf(CachingAgentRegistry agents, int requests) {
    int before = proxy.calls().size();
    for (int request = 0; request < requests; request++) {
      assertThat(agents.find("agent")).isInstanceOf(AgentRegistry.Unavailable.class);
    }
    return proxy.calls().size() - before;
  }

  @Test
  void anAccountThatIsReadTooLateIsThereForTheNextRequest() {
    putAgent("agent", "US");
    try (Relay relay = new Relay(Objects.requireNonNull(tables.endpoint()));
        PolicyStore held = reader.open(behind(relay))) {
      CachingAgentRegistry agents = held.agents(() -> now);
      relay.decide(_ -> Relay.Fate.HELD_AFTER);
      assertThat(agents.find("agent")).isInstanceOf(AgentRegistry.Unavailable.class);
      relay.release();
      await(() -> agents.find("agent").equals(new AgentRegistry.Found(Set.of("US"))));
    }
  }

  /** Nobody knows at which time between question and answer the table looked. */
  @Test
  void anAccountIsAsOldAsTheQuestion() {
    putAgent("agent", "US");
    try (Relay relay = new Relay(Objects.requireNonNull(tables.endpoint()));
        PolicyStore patient = reader.open(behind(relay, READY_TO_WAIT))) {
      CachingAgentRegistry agents = patient.agents(() -> now);
      relay.decide(_ -> {
        now = now.plus(Duration.ofMinutes(4));
        return Relay.Fate.PASS;
      });
      assertThat(agents.find("agent")).isEqualTo(new AgentRegistry.Found(Set.of("US")));
      relay.decide(_ -> Relay.Fate.PASS);
      putAgent("agent", "DE");
      now = now.plusSeconds(59);
      assertThat(agents.find("agent")).isEqualTo(new AgentRegistry.Found(Set.of("US")));
      now = now.plusSeconds(1);
      assertThat(agents.find("agent")).isEqualTo(new AgentRegistry.Found(Set.of("DE")));
    }
  }

  private StoreSettings behind(Relay relay) {
    return behind(relay, TIMEOUTS);
  }

  private StoreSettings behind(Relay relay, Timeouts timeouts) {
    return new StoreSettings(
        tables.policySetsTable(), tables.agentsTable(), tables.region(), relay.uri(), timeouts);
  }

  /** For as long as it takes. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** How long requests are ready to wait from now on, in the order in which they come. */
  private List<Duration> noteWaiting() {
    List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    policy =
        new PolicyRefresher(
            broken.policySets(),
            () -> now,
            REFRESH,
            MAX_AGE,
            TIMEOUTS,
            events::add,
            longest -> {
              waits.add(longest);
              // Who is ready to wait for hours is found out without doing so.
              return events.isEmpty() ? longest : SHARE;
            });
    return waits;
  }

  private void inHaste() {
    broken.close();
    broken = reader.open(proxy.tables(HASTE));
    policy = policy(broken);
  }

  /** As many intervals as it takes, since a machine that is busy may lose the first answers. */
  private Optional<Digest> eventually(PolicySet set) {
    Optional<Digest> current = current();
    while (!current.equals(Optional.of(set.digest()))) {
      now = now.plus(REFRESH);
      current = current();
    }
    return current;
  }

  private Optional<Digest> current() {
    return policy.current().map(set -> set.policySet().digest());
  }

  private void put(PolicySet set) throws PolicyStoreException {
    direct
        .policySets()
        .putInForce(
            set, new Activation.Request("test", "stack", UUID.randomUUID().toString(), null), now);
  }

  private void putAgent(String id, String country) {
    try (DynamoDbClient client = PolicyStore.client(tables)) {
      client.putItem(put ->
          put.tableName(tables.agentsTable())
              .item(
                  Map.of(
                      "agentId", AttributeValue.fromS(id),
                      "countries", AttributeValue.fromSs(List.of(country)))));
    }
  }

  private static PolicySet set(int seed) {
    return new RandomPolicySets(new SplittableRandom(seed)).policySet();
  }
}
