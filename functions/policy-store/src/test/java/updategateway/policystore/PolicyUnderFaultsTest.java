package updategateway.policystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.policystore.testing.Fault;
import updategateway.policystore.testing.FaultProxy;
import updategateway.policystore.testing.TestTables;
import updategateway.region.RegisteredAgents;

/**
 * What the README promises about faults of DynamoDB, with each of them on the wire between the real
 * client and a real DynamoDB. The client is patient enough that whoever waited for it to give up
 * would be seen: its attempts take four seconds, a request's share of the budget a tenth of one.
 */
@Tag("dynamodb-local")
@ParameterizedClass(name = "{0}")
@EnumSource(Reader.class)
final class PolicyUnderFaultsTest {
  private static final Duration REFRESH = Duration.ofSeconds(30);
  private static final Duration MAX_AGE = Duration.ofHours(1);
  private static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(4),
          Duration.ofSeconds(8),
          2,
          Duration.ofMillis(200),
          Duration.ofSeconds(20));

  /** For tests that wait until the client gives up. */
  private static final Patience HASTE =
      new Patience(
          Duration.ofMillis(600),
          Duration.ofMillis(1_200),
          2,
          Duration.ofMillis(200),
          Duration.ofSeconds(20));

  /** Half of what the client takes to give up, and far from what a busy machine loses. */
  private static final Duration NOT_WAITED_FOR = Duration.ofSeconds(2);

  private static final PolicySet ONE = set(11);
  private static final PolicySet TWO = set(22);

  private final List<RefreshListener.Event> events =
      Collections.synchronizedList(new ArrayList<>());
  private final StoreSettings tables = TestTables.create();
  private final FaultProxy proxy = FaultProxy.before(tables);
  private final PolicyStore direct = PolicyStore.open(tables);
  private final Reader reader;
  private volatile Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private PolicyStore broken;
  private RefreshingPolicy policy;

  PolicyUnderFaultsTest(Reader reader) {
    this.reader = reader;
    this.broken = reader.open(proxy.tables(PATIENCE));
    this.policy = policy(broken);
  }

  private RefreshingPolicy policy(PolicyStore store) {
    return store.policyInForce(() -> now, REFRESH, MAX_AGE, events::add);
  }

  static List<Fault> faults() {
    return Fault.all();
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
    assertThat(current()).contains(ONE.digest());
    put(TWO);
    proxy.breakWith(fault);
    for (int interval = 0; interval < 3; interval++) {
      now = now.plus(REFRESH);
      long begun = System.nanoTime();
      for (int request = 0; request < 100; request++) {
        assertThat(current()).contains(ONE.digest());
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(NOT_WAITED_FOR);
    }
    assertThat(events).filteredOn(RefreshListener.Loaded.class::isInstance).hasSize(1);
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
    for (int i = 0; i < 1_000 && !current().equals(Optional.of(TWO.digest())); i++) {
      Thread.sleep(10);
    }
    assertThat(current()).contains(TWO.digest());
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

  @Test
  void aSetThatIsReadSlowlyIsUsedWhenItIsThere() throws Exception {
    assertThat(current()).contains(ONE.digest());
    put(TWO);
    proxy.breakWith(new Fault.Late(Duration.ofSeconds(1)));
    now = now.plus(REFRESH);
    assertThat(current()).as("nobody waits for it").contains(ONE.digest());
    proxy.mend();
    for (int i = 0; i < 1_000 && !current().equals(Optional.of(TWO.digest())); i++) {
      Thread.sleep(10);
    }
    assertThat(current()).contains(TWO.digest());
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
    "Saying[{}], NOTHING_IN_FORCE"
  })
  void theCauseIsNamed(String name, Trouble trouble) {
    Fault fault =
        Fault.all().stream().filter(one -> one.toString().contains(name)).findFirst().orElseThrow();
    inHaste();
    proxy.breakWith(fault);
    assertThat(current()).isEmpty();
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            RefreshListener.Failed.class,
            failed -> assertThat(failed.trouble()).as(failed.reason()).isEqualTo(trouble));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void anAgentWhoseAccountCannotBeReadIsNotOneWithoutAnAccount(Fault fault) {
    putAgent("agent", "US");
    AgentsTable agents = broken.agents(() -> now);
    proxy.breakWith(fault);
    long begun = System.nanoTime();
    for (int request = 0; request < 20; request++) {
      assertThat(agents.find("agent")).isInstanceOf(RegisteredAgents.Unavailable.class);
      assertThat(agents.find("nobody")).isInstanceOf(RegisteredAgents.Unavailable.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(NOT_WAITED_FOR);
  }

  @Test
  void anAccountThatIsReadTooLateIsThereForTheNextRequest() throws Exception {
    putAgent("agent", "US");
    AgentsTable agents = broken.agents(() -> now);
    proxy.breakWith(new Fault.Late(Duration.ofSeconds(1)));
    assertThat(agents.find("agent")).isInstanceOf(RegisteredAgents.Unavailable.class);
    RegisteredAgents.Registration found = agents.find("agent");
    for (int i = 0; i < 600 && !(found instanceof RegisteredAgents.Found); i++) {
      Thread.sleep(10);
      found = agents.find("agent");
    }
    assertThat(found).isEqualTo(new RegisteredAgents.Found(Set.of("US")));
  }

  private void inHaste() {
    broken.close();
    broken = reader.open(proxy.tables(HASTE));
    policy = policy(broken);
  }

  /** Several intervals, since a machine that is busy may lose the first answer. */
  private Optional<Digest> eventually(PolicySet set) {
    for (int i = 0; i < 20 && !current().equals(Optional.of(set.digest())); i++) {
      now = now.plus(REFRESH);
    }
    return current();
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
