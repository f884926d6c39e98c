package updategateway.gateway;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.gateway.settings.SettingsReader;
import updategateway.store.PolicyStore;
import updategateway.store.agents.CachingAgentRegistry;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.refresh.PolicyRefresher;

/** What a process has for all its requests: its settings, and what it reads from the tables. */
record GatewayDependencies(
    GatewaySettings settings, PolicyRefresher policy, CachingAgentRegistry agents) {
  /**
   * As these variables of the environment say. The set in force is being read from here on, unless
   * a snapshot is taken of the process, in which it would only grow old.
   *
   * @throws IllegalArgumentException with a line for each variable that is wrong or missing
   */
  static GatewayDependencies in(
      Map<String, String> environment, Function<StoreSettings, PolicyStore> open) {
    GatewaySettings settings = SettingsReader.read(environment);
    PolicyStore store = open.apply(settings.store());
    PolicyRefresher policy =
        store.policyInForce(
            InstantSource.system(),
            settings.policyRefresh(),
            settings.policyMaxAge(),
            UpdateHandler.refreshLog(
                () -> System.out, InstantSource.system(), settings.functionName()));
    if (!SettingsReader.isForSnapshot(environment)) {
      policy.prefetch();
    }
    CachingAgentRegistry agents =
        store.agents(settings.agentsCache(), settings.policyRefresh(), InstantSource.system());
    return new GatewayDependencies(settings, policy, agents);
  }
}
