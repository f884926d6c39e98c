package updategateway.policystore;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables are, and how long to wait for them.
 *
 * @param policySetsTable the name of the table of policy sets
 * @param agentsTable the name of the table of agents
 * @param region AWS region, such as {@code us-east-1}
 * @param endpoint another DynamoDB than the region's own; null for that
 * @param attemptTimeout how long one attempt at a call may take
 * @param callTimeout how long a call may take with all its attempts; at least one attempt
 */
public record StoreSettings(
    String policySetsTable,
    String agentsTable,
    String region,
    @Nullable URI endpoint,
    Duration attemptTimeout,
    Duration callTimeout) {
  /** The name that the template gives the table of policy sets. */
  public static final String POLICY_SETS = "PolicySets";

  /** The name that the template gives the table of agents. */
  public static final String AGENTS = "Agents";

  /**
   * @throws IllegalArgumentException when a timeout is not positive or the call's is the shorter
   *     one
   */
  public StoreSettings {
    if (!attemptTimeout.isPositive() || callTimeout.compareTo(attemptTimeout) < 0) {
      throw new IllegalArgumentException(
          "timeouts: " + attemptTimeout + " an attempt, " + callTimeout + " a call");
    }
  }

  /** The tables of the template, with timeouts that leave a front room to answer. */
  public static StoreSettings of(String region, @Nullable URI endpoint) {
    return new StoreSettings(
        POLICY_SETS, AGENTS, region, endpoint, Duration.ofSeconds(1), Duration.ofMillis(2500));
  }

  /** The same tables with other timeouts. */
  public StoreSettings withTimeouts(Duration attempt, Duration call) {
    return new StoreSettings(policySetsTable, agentsTable, region, endpoint, attempt, call);
  }
}
