package updategateway.local.agents;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import updategateway.local.UsageException;
import updategateway.local.tables.ChosenTable;
import updategateway.local.tables.GatewayTable;
import updategateway.policystore.AgentAccounts;
import updategateway.policystore.PolicyStore;
import updategateway.policystore.PolicyStoreException;

/** Which table of accounts is meant. */
final class TableOptions extends updategateway.local.tables.TableOptions {
  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "the table of accounts, where --stack names none (default: AGENTS_TABLE, or Agents)")
  private @Nullable String table;

  @Option(names = "--json", description = "print a JSON document")
  private boolean json;

  TableOptions() {
    super(GatewayTable.AGENTS);
  }

  /** What is done with the accounts. */
  @FunctionalInterface
  interface Work {
    int with(AgentAccounts accounts) throws PolicyStoreException;
  }

  boolean json() {
    return json;
  }

  /**
   * Does something with the accounts.
   *
   * @return its exit code
   * @throws UsageException when the table cannot be had
   */
  int run(Work work) throws UsageException {
    ChosenTable meant = meant();
    try (PolicyStore store = meant.open()) {
      return work.with(store.accounts());
    } catch (PolicyStoreException e) {
      throw meant.without(e);
    }
  }

  ChosenTable meant() throws UsageException {
    return choose();
  }

  @Override
  protected @Nullable String tableOption() {
    return table;
  }
}
