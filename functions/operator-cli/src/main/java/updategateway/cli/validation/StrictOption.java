package updategateway.cli.validation;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import updategateway.policy.source.Diagnostic;

/** Whether what is allowed and probably not meant counts. */
public final class StrictOption {
  @Option(
      names = "--strict",
      description = "exit with 1 when there are warnings about the files, too")
  private boolean strict;

  /** The exit code, where it would be another without warnings. */
  public int exitCode(int exitCode, List<Diagnostic> warnings) {
    return exitCode == CommandLine.ExitCode.OK && strict && !warnings.isEmpty()
        ? CommandLine.ExitCode.SOFTWARE
        : exitCode;
  }
}
