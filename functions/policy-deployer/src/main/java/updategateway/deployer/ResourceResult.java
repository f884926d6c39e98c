package updategateway.deployer;

import org.jspecify.annotations.Nullable;
import updategateway.store.history.ActiveSet;

/** What is answered to CloudFormation. */
sealed interface ResourceResult {
  /**
   * It is done.
   *
   * @param inForce what is in force now; null when nothing is, or the request was not about that
   * @param changed whether this request changed it
   */
  record Success(@Nullable ActiveSet inForce, boolean changed) implements ResourceResult {}

  /**
   * It could not be done; the request has no effect, now or later.
   *
   * @param reason in sentences that a person can act on
   */
  record Failure(String reason) implements ResourceResult {}
}
