package updategateway.policy.decision;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request, why, and until when.
 *
 * @param outcome serve, refuse or undetermined
 * @param grounds for a refusal every refusing policy, for an undetermined one every policy that may
 *     reach the client, ordered by policy id; empty exactly when served
 * @param change the first instant after the request's time at which the same request has another
 *     outcome; null when it never has
 */
public record Decision(Outcome outcome, List<Ground> grounds, @Nullable Change change) {
  /**
   * @throws IllegalArgumentException when a refusal has no ground, or a serve has one
   */
  public Decision {
    grounds = List.copyOf(grounds);
    if (grounds.isEmpty() != (outcome == Outcome.SERVE)) {
      throw new IllegalArgumentException(outcome + " with " + grounds.size() + " grounds");
    }
  }

  /** The first instant after the request's time at which the same request has another outcome. */
  public Optional<Change> nextChange() {
    return Optional.ofNullable(change);
  }
}
