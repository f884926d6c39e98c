package updategateway.local.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import updategateway.local.UsageException;
import updategateway.local.policy.plan.Base;
import updategateway.local.policy.plan.PlanJson;
import updategateway.local.policy.plan.PlanText;
import updategateway.local.policy.words.Style;
import updategateway.policy.plan.Plan;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.policystore.Activation;
import updategateway.policystore.Deployed;
import updategateway.policystore.DynamoDbPolicySets;
import updategateway.policystore.InForce;
import updategateway.policystore.PolicyStoreException;

/** How a set is put in force outside the stack: planned, agreed to, and with a reason. */
final class Emergency {
  /** What stands for the stack of a set that was deployed like that, in the history. */
  static final String DEPLOY = "scripts/policy deploy";

  /** The same, of a set that was rolled back to. */
  static final String ROLLBACK = "scripts/policy rollback";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "why, in one line; kept in the history for ever")
  private String reason = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "who, as the history is to say it (default: the user of this machine)")
  private @Nullable String by;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  private boolean yes;

  /**
   * @throws UsageException when the history cannot keep it like that
   */
  void check() throws UsageException {
    request(DEPLOY);
  }

  /**
   * Shows the plan, asks, and puts the set in force if what it was planned against still is.
   *
   * @param command {@link #DEPLOY} or {@link #ROLLBACK}
   * @return the exit code
   */
  int carryOut(
      DynamoDbPolicySets sets,
      Base base,
      PolicySet planned,
      String source,
      String command,
      Instant now,
      Output output)
      throws PolicyStoreException, UsageException {
    Plan plan = Plan.of(base.set(), planned);
    if (!output.isJson()) {
      new PlanText(plan, now, output.style(), output.out()).print(base, source);
      output.out().println();
      output.out().flush();
    }
    if (!plan.isEmpty() && !isAgreed(output)) {
      throw new UsageException("Nothing was changed.");
    }
    // Where another set came into force since the plan was made, the plan is not this one's.
    Guard guard = new Guard(sets, base.set());
    Deployed deployed;
    try {
      deployed = sets.putInForce(planned, request(command), now, guard::holds);
    } catch (PolicyStoreException.Abandoned e) {
      guard.rethrow();
      throw new UsageException(
          "Somebody else put another set in force meanwhile, so the plan no longer holds. Nothing was"
              + " changed: look at scripts/policy history, and plan again.");
    }
    report(plan, deployed, now, output);
    return Output.FINE;
  }

  private boolean isAgreed(Output output) {
    if (yes || output.isJson() || !Style.isTerminal()) {
      return true;
    }
    return Optional.ofNullable(System.console())
        .map(console -> console.readLine("Put this in force? Type yes: "))
        .filter(answer -> answer.equals("yes"))
        .isPresent();
  }

  private Activation.Request request(String command) throws UsageException {
    String who = by == null ? System.getProperty("user.name", "") : by;
    try {
      return new Activation.Request(
          who.isBlank() ? "unknown" : who, command, "scripts-policy-" + UUID.randomUUID(), reason);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--reason or --by cannot be kept: " + e.getMessage() + ".");
    }
  }

  private static void report(Plan plan, Deployed deployed, Instant now, Output output) {
    InForce inForce = deployed.inForce();
    boolean changed = deployed instanceof Deployed.Activated;
    if (output.isJson()) {
      ObjectNode document = new PlanJson(plan, now).document();
      document
          .putObject("inForce")
          .put("digest", inForce.digest().hex())
          .put("sequence", inForce.sequence())
          .put("since", inForce.since().toString())
          .put("by", inForce.by());
      document.put("changed", changed);
      output.print(document);
      return;
    }
    output
        .out()
        .println(
            output
                    .style()
                    .good(
                        (changed ? "In force now: " : "In force already, nothing was changed: ")
                            + inForce.digest())
                + ", activation "
                + inForce.sequence()
                + ".");
  }

  /** Whether what a plan was made against is still in force. */
  private static final class Guard {
    private final DynamoDbPolicySets sets;
    private final @Nullable Digest planned;
    private @Nullable PolicyStoreException trouble;

    Guard(DynamoDbPolicySets sets, @Nullable PolicySet planned) {
      this.sets = sets;
      this.planned = planned == null ? null : planned.digest();
    }

    boolean holds() {
      try {
        return Objects.equals(sets.inForce().map(InForce::digest).orElse(null), planned);
      } catch (PolicyStoreException e) {
        trouble = e;
        return false;
      }
    }

    /** Says why it did not hold, where nobody could tell. */
    void rethrow() throws PolicyStoreException {
      if (trouble != null) {
        throw trouble;
      }
    }
  }
}
