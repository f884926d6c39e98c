package updategateway.cli.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.cli.policy.plan.PlanBaseline;
import updategateway.commandline.UsageException;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;

/** Which set a command looks at: that of the files, or the one in force. */
final class PolicySetOption {
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
          PlanBaseline base = PlanBaselines.read(sets, table.meant());
          if (base.set() == null) {
            throw new UsageException("Nothing is in force: " + base.words() + ".");
          }
          return work.with(base.set(), "the set in force " + base.words());
        });
  }

  /** What is done with sets that are found by their digests. */
  @FunctionalInterface
  interface WorkWithSets {
    /** Returns an exit code. */
    int with(Map<Digest, PolicySet> sets) throws UsageException;
  }

  /**
   * Does something with the sets of these digests: that of the files where it is one of them, the
   * others from the table.
   *
   * @return its exit code; {@link Output#FINDINGS} if a set of the table does not verify
   * @throws UsageException if a set cannot be read, or the options contradict each other
   */
  int run(Output output, Set<Digest> digests, WorkWithSets work) throws UsageException {
    if (inForce) {
      throw new UsageException(
          "--decision names the policy set that decided: leave --in-force out.");
    }
    Map<Digest, PolicySet> found = new HashMap<>();
    PolicySet ofFiles = files.read().read();
    found.put(ofFiles.digest(), ofFiles);
    if (found.keySet().containsAll(digests)) {
      return work.with(found);
    }
    if (!table.isChosen()) {
      throw new UsageException(
          "The policy set of the line is not that of the files in "
              + files.folder()
              + ", which is "
              + ofFiles.digest().abbreviated()
              + ". Name the table that has it, with --stack, --table or --dynamodb, or its files, with"
              + " --policies.");
    }
    return table.run(
        output,
        sets -> {
          for (Digest digest : digests) {
            if (!found.containsKey(digest)) {
              found.put(digest, sets.read(digest));
            }
          }
          return work.with(found);
        });
  }
}
