package updategateway.store.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import updategateway.place.Place;
import updategateway.region.AgentRegistry.Found;
import updategateway.store.PolicyStore;
import updategateway.store.agents.AgentRepository.Account;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.SdkItemReader;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.testing.TestTables;

final class AgentRepositoryTest {
  private final StoreSettings settings = TestTables.create();
  private final DynamoDbClient client = PolicyStore.client(settings);
  private final AgentRepository accounts = new AgentRepository(client, settings.agentsTable());

  @Test
  void whatIsPutIsWhatTheGatewayReads() throws Exception {
    assertThat(accounts.get("a")).isEmpty();
    assertThat(accounts.put(account("a", "US", "DE", "US"))).isEmpty();
    assertThat(accounts.get("a")).contains(List.of("DE", "US"));
    assertThat(accounts.put(account("a", "PR"))).contains(List.of("DE", "US"));
    CachingAgentRegistry gateway =
        new CachingAgentRegistry(
            new SdkItemReader(client),
            settings.agentsTable(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            AgentCacheSettings.DEFAULT,
            InstantSource.system());
    assertThat(gateway.find("a")).isEqualTo(new Found(Set.of("US-PR")));
    assertThat(accounts.remove("a")).contains(List.of("US-PR"));
    assertThat(accounts.remove("a")).isEmpty();
    assertThat(accounts.get("a")).isEmpty();
  }

  @Test
  void whatDynamoDbLeavesUndoneIsTriedAgain() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    AgentRepository throttled =
        new AgentRepository(throttled(sizes, 1), settings.agentsTable(), Duration.ofMillis(2));
    throttled.putAll(many(25));
    // Half of what is sent is taken, the other half comes back.
    assertThat(sizes).containsExactly(25, 12, 6, 3, 1);
    for (Account account : many(25)) {
      assertThat(accounts.get(account.agentId())).contains(List.of("US"));
    }
  }

  @Test
  void whatIsNeverTakenIsSaid() {
    List<Integer> sizes = new ArrayList<>();
    AgentRepository throttled =
        new AgentRepository(throttled(sizes, 0), settings.agentsTable(), Duration.ofMillis(2));
    assertThatExceptionOfType(PolicyStoreException.Unavailable.class)
        .isThrownBy(() -> throttled.putAll(many(3)))
        .withMessageContaining("throttled");
    assertThat(sizes).hasSize(12).containsOnly(3);
  }

  @Test
  void aTableThatIsNotThereIsSaid() {
    AgentRepository none = new AgentRepository(client, "no-such-table");
    assertThatExceptionOfType(PolicyStoreException.Unavailable.class)
        .isThrownBy(() -> none.get("a"))
        .withMessageStartingWith("The table no-such-table could not be read: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " a", "a ", "a\nb", "\u0000", "\ud800", "m\u00fcller", "a-1\u00a0", "\u200b"})
  void whatCannotBeAnIdIsNone(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> account(id, "US"));
  }

  @Test
  void anIdHasALimitAndAnAccountHasAPlace() {
    assertThat(account("a".repeat(256), "US").agentId()).hasSize(256);
    assertThatIllegalArgumentException().isThrownBy(() -> account("a".repeat(257), "US"));
    assertThatIllegalArgumentException().isThrownBy(() -> account("a"));
  }

  private static Account account(String id, String... codes) {
    return new Account(id, List.of(codes).stream().map(Place::parse).toList());
  }

  private static List<Account> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> account("agent-" + i, "US")).toList();
  }

  /** The real client, which is made to take only a part of each batch: half of it, or nothing. */
  private DynamoDbClient throttled(List<Integer> sizes, int taken) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (arguments != null && arguments[0] instanceof BatchWriteItemRequest request) {
            List<WriteRequest> all =
                request.requestItems().getOrDefault(settings.agentsTable(), List.of());
            sizes.add(all.size());
            int now = taken == 0 ? 0 : (all.size() + 1) / 2;
            if (now > 0) {
              client.batchWriteItem(
                  write -> write.requestItems(Map.of(settings.agentsTable(), all.subList(0, now))));
            }
            List<WriteRequest> left = all.subList(now, all.size());
            return BatchWriteItemResponse.builder()
                .unprocessedItems(left.isEmpty() ? Map.of() : Map.of(settings.agentsTable(), left))
                .build();
          }
          if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
          }
          try {
            return method.invoke(client, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, handler);
  }
}
