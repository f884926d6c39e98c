package updategateway.cli.policy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.cli.policy.plan.PlanBaseline;
import updategateway.commandline.UsageException;
import updategateway.commandline.tables.PolicySetResolver;
import updategateway.policy.set.Digest;
import updategateway.store.history.Activation;

/** {@code scripts/policy rollback}. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    parameterListHeading = "%n",
    optionListHeading = "%n",
    description = {
      "Puts an earlier set in force again, at once and outside the stack: for emergencies. Shows the plan, asks on the"
          + " terminal, and keeps the reason in the history.",
      "The next deployment of the stack puts the stack's files in force again, and one that fails the stack's last"
          + " set: change the files too."
    },
    footer = {
      "",
      "Gateways follow within their refresh interval. The question goes to the terminal, whatever the output is; without a",
      "terminal nothing is changed unless --yes is given.",
      "Exit codes: 0 when the set is in force, 1 when there is no earlier set or what the table holds does not verify, 2",
      "when it cannot be done as asked; then nothing was changed. 3 when the outcome is unknown: the answer of the table was",
      "lost and it cannot be reached any more; scripts/policy show says then what is in force."
    })
final class RollbackCommand implements Callable<Integer> {
  @Mixin private OutOfBandActivation emergency = new OutOfBandActivation();

  @Option(
      names = "--to",
      paramLabel = "DIGEST|SEQUENCE",
      description =
          "which set: its digest (the first 8 digits are enough), or the number of the activation that"
              + " put it in force (default: the set before the one in force; a rollback counts as a return, so that"
              + " the next one goes one further back)")
  private @Nullable String to;

  @Mixin private TableOptions table = new TableOptions();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws UsageException {
    emergency.check();
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    return table.run(
        output,
        sets -> {
          List<Activation> history = sets.history();
          if (history.isEmpty()) {
            output.err().println("Nothing is in force, so there is nothing to roll back.");
            return Output.FINDINGS;
          }
          Activation last = history.getLast();
          Activation before = RollbackTarget.before(history).orElse(null);
          if (to == null && before == null) {
            output
                .err()
                .println(
                    "No set was in force before this one: there is nothing to roll back to. To return to"
                        + " one that was rolled back, name it with --to DIGEST|SEQUENCE: scripts/policy"
                        + " history lists them all.");
            return Output.FINDINGS;
          }
          Digest target =
              to != null
                  ? PolicySetResolver.named(to, history)
                  : Objects.requireNonNull(before).digest();
          PlanBaseline base = PlanBaselines.of(sets, last.inForce(), table.meant());
          return emergency.carryOut(
              sets,
              base,
              sets.read(target),
              to != null
                  ? "the set " + to + ", from the table"
                  : "the set of activation "
                      + Objects.requireNonNull(before).sequence()
                      + ", from the table",
              OutOfBandActivation.ROLLBACK,
              List.of(),
              now,
              output);
        });
  }
}
