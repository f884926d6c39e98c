package updategateway.commandline;

import java.io.PrintWriter;
import picocli.CommandLine;

/**
 * Runs a command as a process: usage errors and faults in a sentence on standard error, exit code
 * 2.
 */
public final class CommandLineTool {
  private static final int WIDEST_HELP = 120;

  private CommandLineTool() {}

  /** Runs it with the process's own output and answers the exit code. */
  public static int run(Object command, String... arguments) {
    return run(new CommandLine(command), arguments);
  }

  /** Runs it with the output that is given, in colours or without, and answers the exit code. */
  public static int run(
      Object command, PrintWriter out, PrintWriter err, boolean colours, String... arguments) {
    CommandLine line = new CommandLine(command);
    line.setOut(out);
    line.setErr(err);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            colours ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    int exitCode = run(line, arguments);
    out.flush();
    err.flush();
    return exitCode;
  }

  private static int run(CommandLine line, String... arguments) {
    line.setUsageHelpWidth(TerminalWidth.columns(WIDEST_HELP));
    line.setExecutionExceptionHandler((exception, commandLine, _) -> {
      String sentence =
          exception instanceof UsageException
              ? exception.getMessage()
              : "A fault of this program: " + exception;
      commandLine.getErr().println(sentence);
      if (!(exception instanceof UsageException)) {
        exception.printStackTrace(commandLine.getErr());
      }
      return CommandLine.ExitCode.USAGE;
    });
    line.setParameterExceptionHandler((exception, _) -> {
      CommandLine failed = exception.getCommandLine();
      failed.getErr().println(exception.getMessage());
      CommandLine.UnmatchedArgumentException.printSuggestions(exception, failed.getErr());
      failed.getErr().println("Try " + failed.getCommandSpec().qualifiedName() + " --help.");
      return CommandLine.ExitCode.USAGE;
    });
    return line.execute(arguments);
  }
}
