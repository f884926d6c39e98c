package updategateway.policy.file;

import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.document.Finding;
import updategateway.policy.set.PolicySet;

/**
 * What there is to say of an operator's files.
 *
 * @param set what they make; null when anything is wrong with them, or they need not be a whole set
 * @param mistakes everything that is wrong, file by file
 */
public record PolicyReview(@Nullable PolicySet set, List<Finding> mistakes) {
  public PolicyReview {
    mistakes = List.copyOf(mistakes);
  }
}
