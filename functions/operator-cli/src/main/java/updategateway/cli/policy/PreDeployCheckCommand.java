package updategateway.cli.policy;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.cli.policy.plan.PlanText;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.TextWrap;
import updategateway.commandline.TimeOption;
import updategateway.commandline.UsageException;
import updategateway.commandline.aws.StackInfo;
import updategateway.policy.diff.Plan;
import updategateway.policy.set.PolicySet;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.history.Activation;
import updategateway.store.history.ActiveSet;
import updategateway.store.history.PolicySetRepository;

/**
 * What {@code scripts/deploy} asks before it deploys: what the stack is now, and whether the set in
 * force is one that the stack put there. A deployment would put the stack's files in the place of
 * any other, and one that fails the stack's last set; nobody who decided something in an emergency
 * would be asked.
 *
 * <p>On standard output, for the script: {@code NAME=VALUE} lines of the stack's parameters {@code
 * Package} and {@code Architecture}, {@code Table}, and {@code Emergency}, the digest of a set that
 * is not the stack's. For a person, on standard error, the rest.
 */
@Command(
    name = "scripts/deploy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    description = "Whether a deployment would replace a set that the stack did not put in force.")
public final class PreDeployCheckCommand implements Callable<Integer> {
  private static final int IS_TO_STAY = 3;

  @Option(names = "--replace-emergency", description = "replace such a set")
  private boolean replace;

  @Option(names = "--dry-run", description = "nothing will be deployed")
  private boolean dryRun;

  @Mixin private FilesOption files = new FilesOption();
  @Mixin private TableOptions table = new TableOptions();
  @Mixin private Output output = new Output();

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new PreDeployCheckCommand(), arguments));
  }

  /** Runs it with the output that is given and answers the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return CommandLineTool.run(new PreDeployCheckCommand(), out, err, false, arguments);
  }

  @Override
  public Integer call() throws UsageException {
    String stack = table.stack().orElse("");
    StackInfo now = table.stackNow().orElse(null);
    if (now == null) {
      output.err().println("There is no stack " + stack + " yet; this makes it.");
      return Output.FINE;
    }
    for (String parameter : List.of("Package", "Architecture")) {
      say(parameter, now.parameters().get(parameter));
    }
    String itsTable = now.outputs().get(StackInfo.POLICY_SETS_TABLE);
    if (itsTable == null && table.tableOption() == null) {
      output.err().println("The stack " + stack + " has put no policy set in force yet.");
      return Output.FINE;
    }
    table.means(itsTable == null ? "" : itsTable);
    say("Table", table.meant().name());
    return whateverIsThere(now, files.read().read());
  }

  /** Whoever says that all is to be replaced need not be able to read it. */
  private int whateverIsThere(StackInfo now, PolicySet planned) throws UsageException {
    String problem;
    try {
      int code = table.run(output, sets -> compare(sets, now, planned));
      if (code == Output.FINE) {
        return Output.FINE;
      }
      if (code == IS_TO_STAY) {
        output.err().println("Nothing was deployed.");
        return CommandLine.ExitCode.USAGE;
      }
      problem = "Nobody can tell what would be replaced.";
    } catch (UsageException e) {
      problem = String.valueOf(e.getMessage());
    }
    if (!replace) {
      throw new UsageException(
          problem
              + "\nNothing was deployed. With --replace-emergency it is, whatever is in force now.");
    }
    output
        .err()
        .println(problem + "\nWhatever it is, it is replaced, as --replace-emergency says.");
    return Output.FINE;
  }

  private int compare(PolicySetRepository sets, StackInfo now, PolicySet planned)
      throws PolicyStoreException, UsageException {
    ActiveSet inForce = sets.inForce().orElse(null);
    if (inForce == null || inForce.digest().hex().equals(now.outputs().get(StackInfo.POLICY_SET))) {
      return Output.FINE;
    }
    Activation last =
        sets.history().stream()
            .filter(activation -> activation.sequence() == inForce.sequence())
            .findFirst()
            .orElse(null);
    if (last != null && last.request().stack().equals(now.id())) {
      return Output.FINE;
    }
    say("Emergency", inForce.digest().hex());
    describe(inForce, last);
    String stacksLast = now.outputs().getOrDefault(StackInfo.POLICY_SET, "");
    String whenItFails =
        " deployment fails, CloudFormation puts back the stack's last set "
            + stacksLast
            + (stacksLast.isEmpty() ? "" : " ")
            + "all the same.";
    if (planned.digest().equals(inForce.digest())) {
      say("The files make the same set, so that it stays in force. Should the" + whenItFails);
      return Output.FINE;
    }
    output.err().println("\nA deployment puts the files in its place:\n");
    new PlanText(
            Plan.of(sets.read(inForce.digest()), planned),
            Instant.ofEpochMilli(System.currentTimeMillis()),
            output.style(),
            output.err())
        .print(PlanBaselines.of(sets, inForce, table.meant()), "from " + files.folder());
    output.err().println();
    if (replace) {
      say("It is replaced, as --replace-emergency says.");
      return Output.FINE;
    }
    say(
        "Should it stay, take what it changes into the files first; scripts/policy show "
            + inForce.sequence()
            + " --table "
            + table.meant().name()
            + " prints it. Should it not, deploy with --replace-emergency. When a"
            + whenItFails);
    return dryRun ? Output.FINE : IS_TO_STAY;
  }

  private void describe(ActiveSet inForce, @Nullable Activation last) {
    say(
        "The set in force was not put there by the stack "
            + table.stack().orElse("")
            + ", but by "
            + inForce.by()
            + (last == null ? "" : " with " + last.request().stack())
            + " at "
            + TimeOption.shown(inForce.since())
            + ":");
    output.err().println("  set    " + inForce.digest() + ", activation " + inForce.sequence());
    String reason = last == null ? null : last.request().reason();
    if (reason != null) {
      output.err().println(TextWrap.of("  reason ", reason));
    }
  }

  private void say(String sentence) {
    output.err().println(TextWrap.of("", sentence));
  }

  /** For the script. */
  private void say(String name, @Nullable String value) {
    if (value != null) {
      output.out().println(name + "=" + value);
    }
  }
}
