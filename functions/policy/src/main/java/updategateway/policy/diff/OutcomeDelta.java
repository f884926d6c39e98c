package updategateway.policy.diff;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import updategateway.policy.decision.Outcome;

/**
 * A stretch of time in which two policy sets have different outcomes for the same question. It is
 * half-open: at its first instant the outcomes differ, at its end they do not any more.
 *
 * @param from its first instant; {@link Instant#MIN} for the beginning of time
 * @param until the first instant behind it; null when it does not end
 * @param before what the one set says
 * @param after what the other set says
 */
public record OutcomeDelta(Instant from, @Nullable Instant until, Outcome before, Outcome after) {
  /** Whether the other set is milder: something that was kept from clients would be less so. */
  public boolean opens() {
    return after.compareTo(before) < 0;
  }

  /** Whether requests from an instant on are concerned. */
  public boolean reaches(Instant now) {
    return until == null || now.isBefore(until);
  }

  /** Whether it begins before an instant. */
  public boolean beganBefore(Instant now) {
    return from.isBefore(now);
  }
}
