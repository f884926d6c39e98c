package updategateway.gateway;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import updategateway.gateway.settings.Environment;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.store.PolicyStore;
import updategateway.store.agents.CachingAgentRegistry;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.refresh.PolicyRefresher;

/** What a process has for all its requests: its settings, and what it reads from the tables. */
record Provisions(GatewaySettings settings, PolicyRefresher policy, CachingAgentRegistry agents) {
  /**
   * As these variables of the environment say. The set in force is being read from here on, unless
   * a snapshot is taken of the process, in which it would only grow old.
   *
   * @throws IllegalArgumentException with a line for each variable that is wrong or missing
   */
  static Provisions in(Map<String, String> environment, Function<StoreSettings, PolicyStore> open) {
    GatewaySettings settings = Environment.read(environment);
    PolicyStore store = open.apply(settings.store());
    PolicyRefresher policy =
        store.policyInForce(
            InstantSource.system(),
            settings.policyRefresh(),
            settings.policyMaxAge(),
            UpdateHandler.refreshLog(
                () -> System.out, InstantSource.system(), settings.functionName()));
    if (!Environment.isForSnapshot(environment)) {
      policy.prefetch();
    }
    CachingAgentRegistry agents =
        store.agents(settings.agentsCache(), settings.policyRefresh(), InstantSource.system());
    return new Provisions(settings, policy, agents);
  }
}
