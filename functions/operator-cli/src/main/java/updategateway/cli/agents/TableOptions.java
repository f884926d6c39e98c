package updategateway.cli.agents;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import updategateway.commandline.UsageException;
import updategateway.commandline.aws.StackInfo;
import updategateway.commandline.tables.KnownTable;
import updategateway.commandline.tables.TableConnection;
import updategateway.gateway.registration.AgentIdExtractor;
import updategateway.gateway.settings.SettingsReader;
import updategateway.store.PolicyStore;
import updategateway.store.agents.AgentRepository;
import updategateway.store.dynamodb.PolicyStoreException;

/** Which table of accounts is meant. */
final class TableOptions extends updategateway.commandline.tables.TableOptions {
  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "the table of accounts, where --stack names none (default: AGENTS_TABLE, or Agents)")
  private @Nullable String table;

  @Option(names = "--json", description = "print a JSON document")
  private boolean json;

  @Option(
      names = "--agent-id-from",
      paramLabel = "SOURCE",
      description =
          "where agents name themselves: ids that they cannot send there are rejected (default: the"
              + " parameter of --stack, or AGENT_ID_FROM, or AGENT_ID_HEADER, or header:x-agent-id)")
  private @Nullable String agentIdFrom;

  TableOptions() {
    super(KnownTable.AGENTS);
  }

  /** What is done with the accounts. */
  @FunctionalInterface
  interface Work {
    int with(AgentRepository accounts) throws PolicyStoreException;
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
    TableConnection meant = meant();
    try (PolicyStore store = meant.open()) {
      return work.with(store.accounts());
    } catch (PolicyStoreException e) {
      throw meant.without(e);
    }
  }

  /**
   * Returns where agents name themselves.
   *
   * @throws UsageException if that is no such place, or the stack does not say
   */
  AgentIdExtractor idSource() throws UsageException {
    if (agentIdFrom != null) {
      return source("--agent-id-from", agentIdFrom);
    }
    Map<String, String> stack =
        stack().isPresent() ? stackNow().map(StackInfo::parameters).orElse(Map.of()) : Map.of();
    Map<String, String> environment = System.getenv();
    for (Map.Entry<String, String> place :
        List.of(
            Map.entry("AgentIdFrom", stack.getOrDefault("AgentIdFrom", "")),
            Map.entry("AgentIdHeader", header(stack.getOrDefault("AgentIdHeader", ""))),
            Map.entry(
                SettingsReader.AGENT_ID_FROM,
                environment.getOrDefault(SettingsReader.AGENT_ID_FROM, "")),
            Map.entry(
                SettingsReader.AGENT_ID_HEADER,
                header(environment.getOrDefault(SettingsReader.AGENT_ID_HEADER, ""))))) {
      if (!place.getValue().isEmpty()) {
        return source(place.getKey(), place.getValue());
      }
    }
    return new AgentIdExtractor.Header(AgentIdExtractor.DEFAULT_HEADER);
  }

  private static String header(String name) {
    return name.isEmpty() ? "" : "header:" + name;
  }

  private static AgentIdExtractor source(String setting, String value) throws UsageException {
    try {
      return AgentIdExtractor.parse(value);
    } catch (IllegalArgumentException e) {
      throw new UsageException(setting + " is " + value + ": it " + e.getMessage() + ".");
    }
  }

  TableConnection meant() throws UsageException {
    return choose();
  }

  @Override
  protected @Nullable String tableOption() {
    return table;
  }
}
