package updategateway.deployer;

import org.jspecify.annotations.Nullable;
import updategateway.store.history.ActiveSet;

/** Result of a request. */
sealed interface ResourceResult {
  /**
   * The request was executed.
   *
   * @param active the set in force now; null if there is none or the request was a Delete
   * @param changed true if this request activated it
   */
  record Success(@Nullable ActiveSet active, boolean changed) implements ResourceResult {}

  /**
   * The request was not executed; it has no effect, now or later.
   *
   * @param reason sentences for the operator
   */
  record Failure(String reason) implements ResourceResult {}
}
