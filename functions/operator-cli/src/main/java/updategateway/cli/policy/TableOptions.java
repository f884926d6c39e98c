package updategateway.cli.policy;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.TextWrap;
import updategateway.commandline.UsageException;
import updategateway.commandline.tables.KnownTable;
import updategateway.commandline.tables.TableConnection;
import updategateway.commandline.tables.TableCreation;
import updategateway.commandline.tables.TemplateTables;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.history.PolicySetRepository;

/** Which table of policy sets is meant. */
final class TableOptions extends updategateway.commandline.tables.TableOptions {
  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "the table of policy sets, where --stack names none (default: POLICY_TABLE, or PolicySets)")
  private @Nullable String table;

  private @Nullable TableConnection chosen;

  TableOptions() {
    super(KnownTable.POLICY_SETS);
  }

  /** What is done with the table. */
  @FunctionalInterface
  interface Work {
    int with(PolicySetRepository sets) throws PolicyStoreException, UsageException;
  }

  /**
   * Does something with the table.
   *
   * @return its exit code; {@link Output#FINDINGS} when what the table holds does not verify
   * @throws UsageException when the table cannot be had
   */
  int run(Output output, Work work) throws UsageException {
    TableConnection meant = meant();
    try (PolicyStore store = meant.open()) {
      return work.with(store.policySets());
    } catch (PolicyStoreException.Corrupt e) {
      output.err().println("What the table holds does not verify: " + printable(e) + ".");
      output.err().println("See what else does not: scripts/policy history --verify");
      return Output.FINDINGS;
    } catch (PolicyStoreException e) {
      throw meant.without(e);
    }
  }

  private static String printable(PolicyStoreException.Corrupt e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(TextWrap::printable)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** Creates the template's tables where they are missing. */
  void create() throws UsageException {
    TableConnection meant = meant();
    if (meant.endpoint() == null) {
      throw new UsageException(
          "--create-tables is for a DynamoDB of your own, named with --dynamodb: in AWS the stack"
              + " creates the tables.");
    }
    List<TemplateTables.Table> tables =
        TemplateTables.read(ProjectPaths.template()).stream()
            .map(declared ->
                declared.name().equals(StoreSettings.POLICY_SETS)
                    ? new TemplateTables.Table(meant.name(), declared.attributes(), declared.keys())
                    : declared)
            .toList();
    TableCreation.create(tables, meant);
  }

  /** Means the table that --table names, or another where it names none. */
  void means(String other) throws UsageException {
    chosen = table == null ? chosen("the table", other) : chosen("--table", table);
  }

  /** The table that is meant; found once. */
  TableConnection meant() throws UsageException {
    if (chosen == null) {
      chosen = choose();
    }
    return chosen;
  }

  @Override
  protected @Nullable String tableOption() {
    return table;
  }
}
