package updategateway.cli.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import updategateway.cli.policy.plan.PlanBaseline;
import updategateway.cli.policy.plan.PlanJson;
import updategateway.cli.policy.plan.PlanText;
import updategateway.commandline.TextWrap;
import updategateway.commandline.UsageException;
import updategateway.policy.diff.Plan;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.history.Activation;
import updategateway.store.history.ActiveSet;
import updategateway.store.history.DeploymentResult;
import updategateway.store.history.PolicySetRepository;

/** How a set is put in force outside the stack: planned, agreed to, and with a reason. */
final class OutOfBandActivation {
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
      description = "do not ask; needed where there is no terminal")
  private boolean yes;

  /**
   * @throws UsageException when the history cannot keep it like that
   */
  void check() throws UsageException {
    request(DEPLOY);
  }

  /**
   * Shows the plan and then the warnings, asks, and puts the set in force if what it was planned
   * against still is.
   *
   * @param command {@link #DEPLOY} or {@link #ROLLBACK}
   * @param warnings lines about the files
   * @return the exit code
   */
  int carryOut(
      PolicySetRepository sets,
      PlanBaseline base,
      PolicySet planned,
      String source,
      String command,
      List<String> warnings,
      Instant now,
      Output output)
      throws PolicyStoreException, UsageException {
    Plan plan = Plan.of(base.set(), planned);
    if (!output.isJson() || !yes) {
      PrintWriter shown = output.isJson() ? output.err() : output.out();
      new PlanText(plan, now, output.style(), shown).print(base, source);
      shown.println();
      shown.flush();
    }
    warnings.forEach(warning -> output.err().println(output.style().careful(warning)));
    output.err().flush();
    if (!plan.isEmpty()) {
      requireAgreement();
    }
    Activation.Request request = request(command);
    // Where another set came into force since the plan was made, the plan is not this one's.
    Guard guard = new Guard(sets, base.set());
    DeploymentResult deployed;
    try {
      deployed = sets.putInForce(planned, request, now, guard::holds);
    } catch (PolicyStoreException.Abandoned e) {
      guard.rethrow();
      throw new UsageException(
          "Somebody else put another set in force meanwhile, so the plan no longer holds. Nothing was"
              + " changed: look at scripts/policy history, and plan again.");
    } catch (PolicyStoreException.Unavailable e) {
      if (!guard.hasHeld()) {
        throw e;
      }
      try {
        if (sets.abandon(request.requestId(), now)) {
          throw new UsageException(
              "The set was not put in force: "
                  + e.getMessage()
                  + ". Nothing was changed, and nothing will be by this request.");
        }
        deployed = sets.putInForce(planned, request, now);
      } catch (PolicyStoreException unreachable) {
        sayUnknown(request, unreachable, output);
        return Output.UNKNOWN;
      }
    }
    report(plan, deployed, now, output);
    return Output.FINE;
  }

  private static void sayUnknown(
      Activation.Request request, PolicyStoreException unreachable, Output output) {
    output
        .err()
        .println(
            TextWrap.of(
                "",
                "Outcome unknown: the answer was lost, and the table cannot be reached now ("
                    + unreachable.getMessage()
                    + "). The set may be in force."));
    output
        .err()
        .println(
            "Run scripts/policy show when the table can be reached. In scripts/policy history look for"
                + " the request\n  "
                + request.requestId());
  }

  private void requireAgreement() throws UsageException {
    if (yes) {
      return;
    }
    String answer =
        Terminal.ask("Put this in force? Type yes: ")
            .orElseThrow(() ->
                new UsageException(
                    "There is no terminal to ask on. Nothing was changed: with --yes it is put in"
                        + " force without a question."));
    if (!answer.strip().equals("yes")) {
      throw new UsageException("The answer was not yes. Nothing was changed.");
    }
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

  private static void report(Plan plan, DeploymentResult deployed, Instant now, Output output) {
    // A request has an id of its own, so that AlreadyDone means: by this call.
    ActiveSet inForce =
        deployed instanceof DeploymentResult.AlreadyDone(Activation activation, ActiveSet _)
            ? activation.inForce()
            : deployed.inForce();
    boolean changed = !(deployed instanceof DeploymentResult.AlreadyInForce);
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
    private final PolicySetRepository sets;
    private final @Nullable Digest planned;
    private @Nullable PolicyStoreException trouble;
    private boolean hasHeld;

    Guard(PolicySetRepository sets, @Nullable PolicySet planned) {
      this.sets = sets;
      this.planned = planned == null ? null : planned.digest();
    }

    boolean holds() {
      try {
        boolean holds = Objects.equals(sets.inForce().map(ActiveSet::digest).orElse(null), planned);
        hasHeld |= holds;
        return holds;
      } catch (PolicyStoreException e) {
        trouble = e;
        return false;
      }
    }

    /** Whether the request may have been sent. */
    boolean hasHeld() {
      return hasHeld;
    }

    /** Says why it did not hold, where nobody could tell. */
    void rethrow() throws PolicyStoreException {
      if (trouble != null) {
        throw trouble;
      }
    }
  }
}
