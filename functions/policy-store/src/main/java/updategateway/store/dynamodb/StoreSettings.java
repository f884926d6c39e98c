package updategateway.store.dynamodb;

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
 * @param timeouts how long to wait
 */
public record StoreSettings(
    String policySetsTable,
    String agentsTable,
    String region,
    @Nullable URI endpoint,
    Timeouts timeouts) {
  /** The name that the template gives the table of policy sets. */
  public static final String POLICY_SETS = "PolicySets";

  /** The name that the template gives the table of agents. */
  public static final String AGENTS = "Agents";

  /** The tables of the template, with the timeouts of a reader. */
  public static StoreSettings of(String region, @Nullable URI endpoint) {
    return new StoreSettings(POLICY_SETS, AGENTS, region, endpoint, Timeouts.READ);
  }

  /** The same tables with another timeouts. */
  public StoreSettings with(Timeouts other) {
    return new StoreSettings(policySetsTable, agentsTable, region, endpoint, other);
  }

  /** The same tables with other timeouts. */
  public StoreSettings withTimeouts(Duration attempt, Duration call) {
    return with(
        new Timeouts(attempt, call, timeouts.attempts(), timeouts.budget(), timeouts.firstLoad()));
  }
}
