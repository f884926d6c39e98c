package updategateway.cli.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import updategateway.cli.validation.StrictOption;
import updategateway.cli.validation.ValidationReport;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.DeployerProperties;
import updategateway.commandline.files.LoadedFiles;
import updategateway.commandline.files.PolicyFolder;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.InvalidPolicyException;

/** What {@code scripts/deploy} asks before it sends anything. */
@Command(
    name = "scripts/deploy --check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Checks that the policies can be put in force as they are written, that the template includes all of them, and that"
            + " CloudFormation, Lambda and DynamoDB take what has their size.%n",
    footer = {
      "",
      "Exit codes: 0 when it can be deployed (with --strict: and nothing is warned of), 1 with --strict when",
      "something is, 2 when it cannot be deployed."
    })
public final class DeployCheckCommand implements Callable<Integer> {
  @Option(
      names = "--policies",
      paramLabel = "DIR",
      description = "the policies and their catalog (default: functions/policies)")
  private @Nullable Path policies;

  @Option(
      names = "--template",
      paramLabel = "FILE",
      description = "the template (default: template.yaml)")
  private @Nullable Path template;

  @Mixin private StrictOption strictness = new StrictOption();

  @Spec private @Nullable CommandSpec spec;

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new DeployCheckCommand(), arguments));
  }

  @Override
  public Integer call() throws UsageException {
    PolicyFolder folder = new PolicyFolder(policies == null ? ProjectPaths.policies() : policies);
    LoadedFiles read = folder.content();
    Path file = template == null ? ProjectPaths.template() : template;
    TemplateIncludes included = new TemplateIncludes(CloudFormationTemplate.read(file));
    ValidationReport whole =
        ValidationReport.whole(read, Instant.ofEpochMilli(System.currentTimeMillis()));
    ValidationReport check =
        included.areNoneMeant()
            ? whole
            : whole.withPolicies(
                read,
                "write WithoutPolicies: true into the template's " + TemplateIncludes.RESOURCE);
    List<Diagnostic> findings = new ArrayList<>(check.mistakes());
    findings.addAll(included.compare(read));
    if (check.mistakes().isEmpty()) {
      findings.addAll(DeploymentSize.check(properties(read), file.toFile().length()));
    }
    if (spec != null) {
      PrintWriter err = spec.commandLine().getErr();
      check.warnings().forEach(warning -> err.println(warning.warning()));
    }
    if (check.set() == null || !findings.isEmpty()) {
      throw new UsageException(
          "This cannot be deployed as it is:\n"
              + String.join("\n", findings.stream().map(Diagnostic::toString).toList()));
    }
    if (spec != null) {
      spec.commandLine()
          .getOut()
          .println(
              "The policies make the set "
                  + check.set().digest()
                  + " and are all in the template.");
    }
    return strictness.exitCode(CommandLine.ExitCode.OK, check.warnings());
  }

  private static ObjectNode properties(LoadedFiles read) {
    try {
      return DeployerProperties.of(read.files());
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException("They were read without a mistake before.", e);
    }
  }
}
