package updategateway.local.files;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.document.Finding;
import updategateway.policy.document.Position;
import updategateway.policy.file.PolicyFile;
import updategateway.policy.file.PolicyFiles;
import updategateway.policy.file.PolicyReview;
import updategateway.policy.set.PolicySet;

/**
 * All that can be said of the operator's files before they are deployed: what is wrong with them by
 * themselves, and what CloudFormation would read otherwise.
 *
 * @param set what they make; null when something is wrong, or there is no whole set among them
 * @param mistakes what is wrong, in order
 * @param warnings what is allowed and probably not meant, in order
 */
public record PolicyCheck(@Nullable PolicySet set, List<Finding> mistakes, List<Finding> warnings) {
  public PolicyCheck {
    mistakes = List.copyOf(mistakes);
    warnings = List.copyOf(warnings);
  }

  /**
   * Checks files that make a whole set.
   *
   * @param now what is far in the past or future is far from it
   */
  public static PolicyCheck whole(FilesRead read, Instant now) {
    return of(PolicyFiles.review(read.files(), read.unreadable(), now), read.files());
  }

  /** Likewise, files that need not be a whole set: there may be no catalog among them. */
  public static PolicyCheck parts(FilesRead read, Instant now) {
    return of(PolicyFiles.reviewParts(read.files(), read.unreadable(), now), read.files());
  }

  private static PolicyCheck of(PolicyReview review, List<PolicyFile> files) {
    List<Finding> mistakes = new ArrayList<>(review.mistakes());
    for (PolicyFile file : files) {
      for (Finding otherwise : CloudFormationYaml.check(file)) {
        Position position = otherwise.position();
        boolean isNothing = CloudFormationYaml.isOfNothing(otherwise);
        if (!isNothing || mistakes.stream().noneMatch(m -> m.position().equals(position))) {
          mistakes.add(otherwise);
        }
      }
    }
    return new PolicyCheck(
        mistakes.isEmpty() ? review.set() : null, Finding.inOrder(mistakes), review.doubts());
  }
}
