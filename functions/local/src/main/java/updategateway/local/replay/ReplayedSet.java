package updategateway.local.replay;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.commandline.tables.KnownTable;
import updategateway.commandline.tables.PolicySetResolver;
import updategateway.commandline.tables.TableConnection;
import updategateway.commandline.tables.TableOptions;
import updategateway.policy.set.PolicySet;
import updategateway.store.PolicyStore;
import updategateway.store.dynamodb.PolicyStoreException;

/** The policy set that events are replayed by: that of files, or one of a table. */
final class ReplayedSet extends TableOptions {
  @Option(
      names = "--policies",
      paramLabel = "DIR",
      description = "the policies and their catalog (default: functions/policies)")
  private @Nullable Path policies;

  @Option(
      names = "--set",
      paramLabel = "DIGEST",
      description =
          "a policy set that was in force, from the table: the policySet of a decision line, 8 digits or more of it, or the"
              + " number of an activation; needs --stack, --table or --dynamodb")
  private @Nullable String set;

  @Option(names = "--table", paramLabel = "NAME", description = "the table of policy sets")
  private @Nullable String table;

  ReplayedSet() {
    super(KnownTable.POLICY_SETS);
  }

  @Override
  protected @Nullable String tableOption() {
    return table;
  }

  /**
   * Reads the set.
   *
   * @throws UsageException if it cannot be read, does not verify, or the options contradict each
   *     other
   */
  PolicySet read() throws UsageException {
    if (set == null) {
      if (named().isPresent()) {
        throw new UsageException(
            named().get() + " names a table: name a policy set of it with --set DIGEST.");
      }
      return new PolicyFolder(policies == null ? ProjectPaths.policies() : policies).read();
    }
    if (policies != null) {
      throw new UsageException(
          "--set names a set of the table, and --policies files: leave one of the two out.");
    }
    TableConnection chosen = choose();
    try (PolicyStore store = chosen.open()) {
      return store.policySets().read(PolicySetResolver.named(set, store.policySets()));
    } catch (PolicyStoreException.Corrupt e) {
      throw new UsageException("What the table holds does not verify: " + e.getMessage() + ".");
    } catch (PolicyStoreException e) {
      throw chosen.without(e);
    }
  }
}
