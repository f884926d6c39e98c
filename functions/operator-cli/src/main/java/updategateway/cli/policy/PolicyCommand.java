package updategateway.cli.policy;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import updategateway.cli.text.AnsiStyle;
import updategateway.commandline.CommandLineTool;

/** {@code scripts/policy}. */
@Command(
    name = "scripts/policy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    commandListHeading = "%n",
    optionListHeading = "%n",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ValidateCommand.class,
      PlanCommand.class,
      DeployCommand.class,
      ShowCommand.class,
      ExplainCommand.class,
      HistoryCommand.class,
      RollbackCommand.class,
      TimelineCommand.class
    },
    description = {
      "What operators do with policies: check them, see what they would change, put them in force in an"
          + " emergency, and prove afterwards what was in force."
    },
    footer = {
      "",
      "The usual way to put policies in force is to deploy the stack; deploy and rollback are for emergencies.",
      "Each command explains itself with --help. Colours only on a terminal, and not where NO_COLOR is set.",
      "",
      "Exit codes: 0 when all is well, 1 when there is something to look at (mistakes in the files, a plan that changes",
      "something, a history that does not verify), 2 when it cannot be done as asked or the table cannot be reached; 3 when",
      "deploy or rollback cannot tell whether they changed something."
    })
public final class PolicyCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(
        run(
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            AnsiStyle.wanted(System.getenv()),
            arguments));
  }

  /** Runs it with the output that is given and answers the exit code. */
  static int run(PrintWriter out, PrintWriter err, boolean colours, String... arguments) {
    return CommandLineTool.run(new PolicyCommand(), out, err, colours, arguments);
  }

  /** In UTF-8, whatever the machine's own: names of countries and titles are not ASCII. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  @Override
  public void run() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    throw new CommandLine.ParameterException(line, "No command was given.");
  }
}
