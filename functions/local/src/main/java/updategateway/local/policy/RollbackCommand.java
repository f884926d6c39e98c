package updategateway.local.policy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.local.UsageException;
import updategateway.local.policy.plan.Base;
import updategateway.policy.set.Digest;
import updategateway.policystore.Activation;
import updategateway.policystore.DynamoDbPolicySets;
import updategateway.policystore.InForce;
import updategateway.policystore.PolicyStoreException;

/** {@code scripts/policy rollback}. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    parameterListHeading = "%n",
    optionListHeading = "%n",
    description = {
      "Puts an earlier set in force again, at once and outside the stack: for emergencies. Shows the plan, asks on a"
          + " terminal, and keeps the reason in the history.",
      "The next deployment of the stack puts the stack's files in force again, and one that fails the stack's last"
          + " set: change the files too."
    },
    footer = {
      "",
      "Gateways follow within their refresh interval. Without a terminal nobody is asked.",
      "Exit codes: 0 when the set is in force, 1 when there is no earlier set or what the table holds does not verify, 2",
      "when it cannot be done as asked; then nothing was changed."
    })
final class RollbackCommand implements Callable<Integer> {
  @Mixin private Emergency emergency = new Emergency();

  @Option(
      names = "--to",
      paramLabel = "DIGEST|SEQUENCE",
      description =
          "which set: its digest (the first 8 digits are enough), or the number of the activation that"
              + " put it in force (default: the set before the one in force)")
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
          InForce inForce = sets.inForce().orElse(null);
          if (inForce == null) {
            output.err().println("Nothing is in force, so there is nothing to roll back.");
            return Output.FINDINGS;
          }
          Digest target = target(sets, inForce);
          if (target == null) {
            output
                .err()
                .println("No other set was in force before: there is nothing to roll back to.");
            return Output.FINDINGS;
          }
          Base base = InForceBase.of(sets, inForce, table);
          return emergency.carryOut(
              sets,
              base,
              sets.read(target),
              "an earlier set, from the table",
              "rollback",
              now,
              output);
        });
  }

  private @Nullable Digest target(DynamoDbPolicySets sets, InForce inForce)
      throws PolicyStoreException, UsageException {
    List<Activation> history = sets.history();
    if (to != null) {
      return Sets.named(to, history);
    }
    Activation head =
        history.stream()
            .filter(activation -> activation.sequence() == inForce.sequence())
            .findFirst()
            .orElse(null);
    return head == null || Objects.equals(head.previous(), inForce.digest())
        ? null
        : head.previous();
  }
}
