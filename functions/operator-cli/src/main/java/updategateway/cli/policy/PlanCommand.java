package updategateway.cli.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.cli.policy.plan.PlanBaseline;
import updategateway.cli.policy.plan.PlanJson;
import updategateway.cli.policy.plan.PlanText;
import updategateway.cli.validation.AllowEmptyOption;
import updategateway.cli.validation.StrictOption;
import updategateway.cli.validation.ValidationReport;
import updategateway.commandline.TimeOption;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.PolicyFolder;
import updategateway.policy.diff.Plan;
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
      "Warns of what opens to somebody who is refused now, of what takes effect in the past, and of what validate warns of.",
      "Exit codes, as diff has them: 0 when nothing would change, 1 when something would (with --strict: also of warnings),",
      "2 when it cannot be told, as when the files have mistakes."
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
      paramLabel = TimeOption.LABEL,
      description = "what counts as now, for what is past (default: now). " + TimeOption.NOTATION)
  private @Nullable String at;

  @Mixin private AllowEmptyOption noPolicies = new AllowEmptyOption();
  @Mixin private StrictOption strictness = new StrictOption();
  @Mixin private TableOptions table = new TableOptions();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws UsageException {
    Instant now = TimeOption.read("--at", at).time().instant();
    PolicyFolder folder = files.read();
    ValidationReport check;
    try (Progress _ = output.progress("Checking the files")) {
      check = noPolicies.check(folder.content(), now);
    }
    PolicySet planned = check.set();
    if (planned == null) {
      throw folder.mistakes(check.mistakes());
    }
    if (against != null) {
      Optional<String> named = table.named();
      if (named.isPresent()) {
        throw new UsageException(
            named.get()
                + " names a table, and --against the files to compare with: leave one of the two"
                + " out.");
      }
      return report(
          check,
          planned,
          new PlanBaseline(new PolicyFolder(against).read(), "from " + against),
          now);
    }
    return table.run(
        output, sets -> report(check, planned, PlanBaselines.read(sets, table.meant()), now));
  }

  private int report(ValidationReport check, PolicySet planned, PlanBaseline base, Instant now) {
    Plan plan;
    try (Progress _ = output.progress("Comparing the sets")) {
      plan = Plan.of(base.set(), planned);
    }
    FindingsOutput findings = new FindingsOutput(files.folder()::resolve);
    if (output.isJson()) {
      ObjectNode document = new PlanJson(plan, now).document();
      findings.add(check.warnings(), document.putArray("fileWarnings"));
      output.print(document);
    } else {
      new PlanText(plan, now, output.style(), output.out()).print(base, "from " + files.folder());
      if (!check.warnings().isEmpty()) {
        output.out().println();
        output.out().println(output.style().strong("Warnings about the files"));
      }
      check
          .warnings()
          .forEach(warning ->
              output.out().println(output.style().careful("  " + findings.warning(warning))));
    }
    return strictness.exitCode(plan.isEmpty() ? Output.FINE : Output.FINDINGS, check.warnings());
  }
}
