package updategateway.local.policy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.local.Times;
import updategateway.local.UsageException;
import updategateway.local.files.PolicyCheck;
import updategateway.local.files.PolicyFolder;
import updategateway.local.policy.plan.Base;
import updategateway.local.policy.plan.PlanJson;
import updategateway.local.policy.plan.PlanText;
import updategateway.policy.plan.Plan;
import updategateway.policy.set.PolicySet;

/** {@code scripts/policy plan}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    parameterListHeading = "%n",
    optionListHeading = "%n",
    description = {
      "Says what would change if the files were put in force: who is refused or served otherwise, for which products"
          + " and activities, from which instant on; which paths are something else; and what is written otherwise. Nothing is"
          + " changed."
    },
    footer = {
      "",
      "Warns of what opens to somebody who is refused now, and of what takes effect in the past.",
      "Exit codes, as diff has them: 0 when nothing would change, 1 when something would, 2 when it cannot be told, as when the",
      "files have mistakes."
    })
final class PlanCommand implements Callable<Integer> {
  @Mixin private FilesOption files = new FilesOption();

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description = "compare with the files of another folder, and with no table")
  private @Nullable Path against;

  @Option(
      names = "--at",
      paramLabel = Times.LABEL,
      description = "what counts as now, for what is past (default: now). " + Times.NOTATION)
  private @Nullable String at;

  @Mixin private TableOptions table = new TableOptions();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws UsageException {
    Instant now = Times.read("--at", at).time().instant();
    PolicyFolder folder = files.read();
    PolicyCheck check = PolicyCheck.whole(folder.content());
    PolicySet planned = check.set();
    if (planned == null) {
      throw folder.mistakes(check.mistakes());
    }
    if (against != null) {
      return report(planned, new Base(new PolicyFolder(against).read(), "from " + against), now);
    }
    return table.run(output, sets -> report(planned, InForceBase.read(sets, table), now));
  }

  private int report(PolicySet planned, Base base, Instant now) {
    Plan plan = Plan.of(base.set(), planned);
    if (output.isJson()) {
      output.print(new PlanJson(plan, now).document());
    } else {
      new PlanText(plan, now, output.style(), output.out()).print(base, "from " + files.folder());
    }
    return plan.isEmpty() ? Output.FINE : Output.FINDINGS;
  }
}
