package updategateway.cli.validation;

import java.time.Instant;
import picocli.CommandLine.Option;
import updategateway.commandline.files.LoadedFiles;

/** Whether files that hold no policy are meant: with none, everything is served to everybody. */
public final class AllowEmptyOption {
  private static final String OPTION = "--without-policies";

  @Option(
      names = OPTION,
      description = "the files may hold no policy, so that everything is served to everybody")
  private boolean meant;

  /**
   * Checks files that make a whole set.
   *
   * @param now what is far in the past or future is far from it
   */
  public ValidationReport check(LoadedFiles read, Instant now) {
    ValidationReport check = ValidationReport.whole(read, now);
    return meant ? check : check.withPolicies(read, "say " + OPTION);
  }
}
