package updategateway.store.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import updategateway.region.AgentRegistry.Found;
import updategateway.region.AgentRegistry.Unavailable;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.SdkItemReader;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.testing.CallRecorder;
import updategateway.store.testing.TestTables;

final class CachingAgentRegistryTest {
  private volatile Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private StoreSettings settings = StoreSettings.of("us-east-1", null);
  private CallRecorder calls = new CallRecorder();
  private CachingAgentRegistry agents = agents();

  @BeforeEach
  void someAccounts() {
    settings = TestTables.create();
    calls = new CallRecorder();
    agents = agents();
    put("a-set", AttributeValue.fromSs(List.of("US", "DE")));
    put("a-list", AttributeValue.fromL(List.of(AttributeValue.fromS("UA-43"))));
    put("a-text", AttributeValue.fromS("US"));
    put("a-number", AttributeValue.fromL(List.of(AttributeValue.fromN("1"))));
    put("nothing", null);
    put("nowhere", AttributeValue.fromL(List.of()));
    put("4c9ff69e-e0d0-4b9e-9b1c-2d8f5e0f7a11", AttributeValue.fromSs(List.of("US")));
  }

  @Test
  void anAccountHasItsPlaces() {
    assertThat(agents.find("a-set")).isEqualTo(new Found(Set.of("US", "DE")));
    assertThat(agents.find("a-list")).isEqualTo(new Found(Set.of("UA-43")));
    assertThat(agents.find("nobody")).isEqualTo(new Found(Set.of()));
  }

  @Test
  void aUuidIsTheSameInEitherCaseAndNothingElseIs() {
    assertThat(agents.find("4C9FF69E-E0D0-4B9E-9B1C-2D8F5E0F7A11"))
        .isEqualTo(new Found(Set.of("US")));
    assertThat(agents.find("A-SET")).isEqualTo(new Found(Set.of()));
  }

  @Test
  void whatIsNoListOfPlacesIsNotReadAsNone() {
    assertThat(agents.find("a-text")).isInstanceOf(Unavailable.class);
    assertThat(agents.find("a-number")).isInstanceOf(Unavailable.class);
    assertThat(agents.find("nothing")).isInstanceOf(Unavailable.class);
    assertThat(agents.find("nowhere")).isInstanceOf(Unavailable.class);
    assertThat(agents.find("a-set"))
        .as("the table is well")
        .isEqualTo(new Found(Set.of("US", "DE")));
  }

  @Test
  void answersAreKeptForAWhileFoundOrNot() {
    for (int i = 0; i < 100; i++) {
      agents.find("a-set");
      agents.find("nobody");
    }
    assertThat(calls.made()).hasSize(2);
    now = now.plusSeconds(61);
    agents.find("a-set");
    assertThat(calls.made()).hasSize(2);
    agents.find("nobody");
    assertThat(calls.made()).hasSize(3);
    now = now.plus(Duration.ofMinutes(5));
    agents.find("a-set");
    assertThat(calls.made()).hasSize(4);
  }

  @Test
  void noAnswerIsKeptAMillisecondLongerThanItsLife() {
    agents.find("a-set");
    agents.find("nobody");
    calls.made().clear();
    now = now.plus(AgentCacheSettings.DEFAULT.negativeTtl()).minusMillis(1);
    agents.find("nobody");
    assertThat(calls.made()).isEmpty();
    now = now.plusMillis(1);
    agents.find("nobody");
    assertThat(calls.made()).hasSize(1);
    now =
        now.minus(AgentCacheSettings.DEFAULT.negativeTtl())
            .plus(AgentCacheSettings.DEFAULT.positiveTtl())
            .minusMillis(1);
    agents.find("a-set");
    assertThat(calls.made()).hasSize(1);
    now = now.plusMillis(1);
    agents.find("a-set");
    assertThat(calls.made()).hasSize(2);
  }

  @Test
  void aNewAccountCountsWhenItsAbsenceIsForgotten() {
    assertThat(agents.find("new")).isEqualTo(new Found(Set.of()));
    put("new", AttributeValue.fromSs(List.of("US")));
    now = now.plusSeconds(59);
    assertThat(agents.find("new")).isEqualTo(new Found(Set.of()));
    now = now.plusSeconds(2);
    assertThat(agents.find("new")).isEqualTo(new Found(Set.of("US")));
  }

  @Test
  void whatWasKeptWhenTheClockIsSetBackIsAskedAnew() {
    assertThat(agents.find("new")).isEqualTo(new Found(Set.of()));
    put("new", AttributeValue.fromSs(List.of("US")));
    now = now.minusMillis(1);
    assertThat(agents.find("new")).isEqualTo(new Found(Set.of("US")));
  }

  @Test
  void whoWasFrozenAsksAnew() {
    assertThat(agents.find("new")).isEqualTo(new Found(Set.of()));
    put("new", AttributeValue.fromSs(List.of("US")));
    agents.clear();
    assertThat(agents.find("new")).isEqualTo(new Found(Set.of("US")));
  }

  @Test
  void theCacheIsBoundedAndCanBeTurnedOff() {
    CachingAgentRegistry none =
        agents(new AgentCacheSettings(0, Duration.ofMinutes(5), Duration.ofMinutes(5)));
    none.find("a-set");
    none.find("a-set");
    assertThat(calls.made()).hasSize(2);
    CachingAgentRegistry small =
        agents(new AgentCacheSettings(3, Duration.ofMinutes(5), Duration.ofMinutes(5)));
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 20; i++) {
        small.find("agent-" + i);
      }
    }
    assertThat(calls.made()).hasSizeGreaterThan(2 + 20 + 15);
  }

  @Test
  void failuresAreNotKept() {
    calls.breakAfter(0);
    assertThat(agents.find("a-set")).isInstanceOf(Unavailable.class);
    calls.mend();
    assertThat(agents.find("a-set")).isEqualTo(new Found(Set.of("US", "DE")));
  }

  @Test
  void whatCannotBeAnIdIsNotAskedFor() {
    assertThat(agents.find("")).isEqualTo(new Found(Set.of()));
    assertThat(agents.find("x".repeat(257))).isEqualTo(new Found(Set.of()));
    assertThat(calls.made()).isEmpty();
  }

  private CachingAgentRegistry agents() {
    return agents(AgentCacheSettings.DEFAULT);
  }

  private CachingAgentRegistry agents(AgentCacheSettings cache) {
    return new CachingAgentRegistry(
        new SdkItemReader(calls.client(settings)),
        settings.agentsTable(),
        settings.timeouts().halfBudget(),
        Duration.ofSeconds(30),
        cache,
        () -> now);
  }

  private void put(String id, @Nullable AttributeValue countries) {
    Map<String, AttributeValue> item = new HashMap<>(Map.of("agentId", AttributeValue.fromS(id)));
    if (countries != null) {
      item.put("countries", countries);
    }
    try (DynamoDbClient client = PolicyStore.client(settings)) {
      client.putItem(put -> put.tableName(settings.agentsTable()).item(item));
    }
  }
}
