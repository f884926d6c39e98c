package updategateway.cli.validation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.files.LoadedFiles;
import updategateway.policy.parse.ParseResult;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Position;

/**
 * All that can be said of the operator's files before they are deployed: what is wrong with them by
 * themselves, and what CloudFormation would read otherwise.
 *
 * @param set what they make; null when something is wrong, or there is no whole set among them
 * @param mistakes what is wrong, in order
 * @param warnings what is allowed and probably not meant, in order
 * @param notes what codes of places reach and do not reach, where that may surprise, in order
 */
public record ValidationReport(
    @Nullable PolicySet set,
    List<Diagnostic> mistakes,
    List<Diagnostic> warnings,
    List<Diagnostic> notes) {
  public ValidationReport {
    mistakes = List.copyOf(mistakes);
    warnings = List.copyOf(warnings);
    notes = List.copyOf(notes);
  }

  /**
   * Checks files that make a whole set.
   *
   * @param now what is far in the past or future is far from it
   */
  public static ValidationReport whole(LoadedFiles read, Instant now) {
    return of(PolicyFiles.review(read.files(), read.unreadable(), now), read.files());
  }

  /**
   * The same, where a set without any policy is a mistake: it would serve everything to everybody,
   * and a wrong folder looks like that.
   *
   * @param read what was checked
   * @param meant what somebody does who wants none, in the words of a remedy
   */
  public ValidationReport withPolicies(LoadedFiles read, String meant) {
    if (read.names().stream().anyMatch(PolicyFiles::isPolicy)) {
      return this;
    }
    List<Diagnostic> all = new ArrayList<>(mistakes);
    all.add(
        new Diagnostic(
            new Position(PolicyFiles.CATALOG, 0, ""),
            "there is no policy beside it, so that everything would be served to everybody",
            "add one, or " + meant + " if that is meant"));
    return new ValidationReport(null, Diagnostic.inOrder(all), warnings, notes);
  }

  /** Likewise, files that need not be a whole set: there may be no catalog among them. */
  public static ValidationReport parts(LoadedFiles read, Instant now) {
    return of(PolicyFiles.reviewParts(read.files(), read.unreadable(), now), read.files());
  }

  private static ValidationReport of(ParseResult review, List<PolicyFile> files) {
    List<Diagnostic> mistakes = new ArrayList<>(review.mistakes());
    for (PolicyFile file : files) {
      for (Diagnostic otherwise : CloudFormationYaml.check(file)) {
        Position position = otherwise.position();
        boolean isNothing = CloudFormationYaml.isOfNothing(otherwise);
        if (!isNothing || mistakes.stream().noneMatch(m -> m.position().equals(position))) {
          mistakes.add(otherwise);
        }
      }
    }
    return new ValidationReport(
        mistakes.isEmpty() ? review.set() : null,
        Diagnostic.inOrder(mistakes),
        review.doubts(),
        review.notes());
  }
}
