package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import updategateway.gateway.settings.SettingsReader;
import updategateway.region.AgentRegistry.Found;
import updategateway.store.PolicyStore;
import updategateway.store.agents.AgentCacheSettings;
import updategateway.store.agents.CachingAgentRegistry;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.refresh.PolicyRefresher;

/** What was looked up before a snapshot says nothing of the day on which it is restored. */
final class RestoredAccountsTest {
  private static final AgentCacheSettings KEPT_FOR_LONG =
      new AgentCacheSettings(10, Duration.ofDays(1), Duration.ofDays(1));
  private static final String COST =
      "\"ConsumedCapacity\":{\"TableName\":\"Agents\",\"CapacityUnits\":0.5}";

  @Test
  void afterARestoreNoAccountCountsThatWasLookedUpBefore() throws Exception {
    AtomicReference<String> answer = new AtomicReference<>("{" + COST + "}");
    HttpServer table =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    table.createContext(
        "/",
        exchange -> {
          byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    table.start();
    InstantSource clock = InstantSource.system();
    StoreSettings settings =
        StoreSettings.of(
            "us-east-1", URI.create("http://127.0.0.1:" + table.getAddress().getPort()));
    try (PolicyStore store = PolicyStore.open(settings)) {
      PolicyRefresher policy =
          store.policyInForce(clock, Duration.ofSeconds(30), Duration.ofHours(1), _ -> {});
      CachingAgentRegistry agents = store.agents(KEPT_FOR_LONG, Duration.ofSeconds(1), clock);
      PrintStream nowhere =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      UpdateHandler handler =
          new UpdateHandler(
              SettingsReader.read(
                  Map.of(
                      "ORIGIN_URL", "https://origin.example",
                      "OPERATOR_NAME", "Example Inc.",
                      "OPERATOR_URL", "https://vendor.example/legal",
                      "CONTACT", "legal@vendor.example")),
              policy,
              agents,
              clock,
              nowhere);
      SnapStartHook snapshot = new SnapStartHook(handler, policy, agents);
      assertThat(eventually(agents, new Found(Set.of()))).isEqualTo(new Found(Set.of()));
      answer.set(
          "{"
              + COST
              + ",\"Item\":{\"agentId\":{\"S\":\"agent\"},\"countries\":{\"SS\":[\"US\"]}}}");
      assertThat(agents.find("agent")).as("kept").isEqualTo(new Found(Set.of()));
      snapshot.afterRestore(Core.getGlobalContext());
      assertThat(eventually(agents, new Found(Set.of("US")))).isEqualTo(new Found(Set.of("US")));
    } finally {
      table.stop(0);
    }
  }

  /** A machine that is busy may be late with the first answer. */
  private static Object eventually(CachingAgentRegistry agents, Found expected)
      throws InterruptedException {
    for (int i = 0; i < 6_000 && !agents.find("agent").equals(expected); i++) {
      Thread.sleep(10);
    }
    return agents.find("agent");
  }
}
