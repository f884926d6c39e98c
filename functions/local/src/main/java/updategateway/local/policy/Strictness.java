package updategateway.local.policy;

import java.util.List;
import picocli.CommandLine.Option;
import updategateway.policy.document.Finding;

/** Whether what is allowed and probably not meant counts. */
final class Strictness {
  @Option(
      names = "--strict",
      description = "exit with 1 when there are warnings about the files, too")
  private boolean strict;

  /** The exit code, where it would be another without warnings. */
  int exitCode(int exitCode, List<Finding> warnings) {
    return exitCode == Output.FINE && strict && !warnings.isEmpty() ? Output.FINDINGS : exitCode;
  }
}
