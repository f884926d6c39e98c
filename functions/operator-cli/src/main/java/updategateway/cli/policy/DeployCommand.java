package updategateway.cli.policy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.cli.policy.plan.PlanBaseline;
import updategateway.cli.text.ListText;
import updategateway.cli.validation.AllowEmptyOption;
import updategateway.cli.validation.ValidationReport;
import updategateway.commandline.UsageException;
import updategateway.policy.set.PolicySet;

/** {@code scripts/policy deploy}. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    parameterListHeading = "%n",
    optionListHeading = "%n",
    description = {
      "Puts the files in force at once, outside the stack: for emergencies. Checks them as validate does, shows the"
          + " plan and the warnings, asks on the terminal, and keeps the reason in the history.",
      "The next deployment of the stack puts the stack's files in force again, and one that fails the stack's last"
          + " set: change the files too."
    },
    footer = {
      "",
      "Gateways follow within their refresh interval. The question goes to the terminal, whatever the output is; without a",
      "terminal nothing is changed unless --yes is given.",
      "Exit codes: 0 when the set is in force (also when it was already), 1 when the files have mistakes or what the table",
      "holds does not verify, 2 when it cannot be done as asked; then nothing was changed. 3 when the outcome is unknown: the",
      "answer of the table was lost and it cannot be reached any more; scripts/policy show says then what is in force."
    })
final class DeployCommand implements Callable<Integer> {
  @Mixin private OutOfBandActivation emergency = new OutOfBandActivation();
  @Mixin private FilesOption files = new FilesOption();
  @Mixin private AllowEmptyOption noPolicies = new AllowEmptyOption();

  @Option(
      names = "--create-tables",
      description = "first create the template's tables where they are missing; needs --dynamodb")
  private boolean createTables;

  @Mixin private TableOptions table = new TableOptions();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws UsageException {
    emergency.check();
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    ValidationReport check = check(now);
    PolicySet planned = check.set();
    if (planned == null) {
      return Output.FINDINGS;
    }
    FindingsOutput findings = new FindingsOutput(files.folder()::resolve);
    List<String> warnings = check.warnings().stream().map(findings::warning).toList();
    if (createTables) {
      table.create();
    }
    return table.run(
        output,
        sets -> {
          PlanBaseline base = PlanBaselines.read(sets, table.meant());
          return emergency.carryOut(
              sets,
              base,
              planned,
              "from " + files.folder(),
              OutOfBandActivation.DEPLOY,
              warnings,
              now,
              output);
        });
  }

  /**
   * Checks the files, and prints their mistakes. What CloudFormation would read otherwise is one
   * here, too: the next deployment of the stack would put something else in force.
   */
  private ValidationReport check(Instant now) throws UsageException {
    ValidationReport check;
    try (Progress _ = output.progress("Checking the files")) {
      check = noPolicies.check(files.read().content(), now);
    }
    if (!check.mistakes().isEmpty()) {
      FindingsOutput findings = new FindingsOutput(files.folder()::resolve);
      check
          .warnings()
          .forEach(
              warning -> output.err().println(output.style().careful(findings.warning(warning))));
      output
          .err()
          .println(
              "The policies in "
                  + files.folder()
                  + " have "
                  + ListText.count(check.mistakes().size(), "mistake", "mistakes")
                  + "; nothing was changed.");
      check.mistakes().forEach(mistake -> output.err().println(findings.mistake(mistake)));
    }
    return check;
  }
}
