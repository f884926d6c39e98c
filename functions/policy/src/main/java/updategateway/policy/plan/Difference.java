package updategateway.policy.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import updategateway.policy.decision.Outcome;

/**
 * A stretch of time in which two policy sets have different outcomes for the same question.
 *
 * @param from its first instant; {@link Instant#MIN} for the beginning of time
 * @param until the first instant behind it; null when it does not end
 * @param before what the set in force says
 * @param after what the other set says
 */
public record Difference(Instant from, @Nullable Instant until, Outcome before, Outcome after) {
  /** Whether something that was not served would be. */
  public boolean opens() {
    return after == Outcome.SERVE || (before == Outcome.REFUSE && after == Outcome.UNDETERMINED);
  }

  /** Whether any of it is still to come at an instant, or under way. */
  public boolean reaches(Instant now) {
    return until == null || now.isBefore(until);
  }

  /** Whether it begins before an instant. */
  public boolean beganBefore(Instant now) {
    return from.isBefore(now);
  }
}
