package updategateway.local;

import picocli.CommandLine;

/**
 * Runs a command as a process: usage errors and faults in a sentence on standard error, exit code
 * 2.
 */
public final class CommandLineTool {
  private CommandLineTool() {}

  /** Runs it and answers the exit code. */
  public static int run(Object command, String... arguments) {
    CommandLine line = new CommandLine(command);
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
      failed.getErr().println("Try " + failed.getCommandName() + " --help.");
      return CommandLine.ExitCode.USAGE;
    });
    return line.execute(arguments);
  }
}
