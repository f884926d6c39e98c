package updategateway.local.policy;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.local.UsageException;
import updategateway.local.policy.plan.Base;
import updategateway.policy.set.PolicySet;

/** Which set a command looks at: that of the files, or the one in force. */
final class SetChoice {
  @Mixin private FilesOption files = new FilesOption();

  @Option(names = "--in-force", description = "look at the set in force, not at the files")
  private boolean inForce;

  @Mixin private TableOptions table = new TableOptions();

  /** What is done with the set. */
  @FunctionalInterface
  interface Work {
    /**
     * Answers an exit code.
     *
     * @param source where the set comes from, behind "by"
     */
    int with(PolicySet set, String source) throws UsageException;
  }

  /**
   * Does something with the set.
   *
   * @return its exit code; {@link Output#FINDINGS} when what the table holds does not verify
   * @throws UsageException when the set cannot be had, or the options contradict each other
   */
  int run(Output output, Work work) throws UsageException {
    if (!inForce) {
      Optional<String> named = table.named();
      if (named.isPresent()) {
        throw new UsageException(
            named.get()
                + " names a table, and the files need none: add --in-force to look at the set in"
                + " force, or leave "
                + named.get()
                + " out.");
      }
      return work.with(files.read().read(), "the files in " + files.folder());
    }
    if (files.isNamed()) {
      throw new UsageException(
          "--policies names files, and --in-force the set in force: leave one of the two out.");
    }
    return table.run(
        output,
        sets -> {
          Base base = InForceBase.read(sets, table.meant());
          if (base.set() == null) {
            throw new UsageException("Nothing is in force: " + base.words() + ".");
          }
          return work.with(base.set(), "the set in force " + base.words());
        });
  }
}
