package updategateway.policy.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A half-open stretch of time: its first instant is in it, its end is not.
 *
 * @param from the first instant
 * @param until the first instant behind it; null when it does not end
 */
public record Interval(LegalInstant from, @Nullable LegalInstant until) {
  /**
   * @throws IllegalArgumentException when it ends before it begins, or at once
   */
  public Interval {
    if (until != null && !from.instant().isBefore(until.instant())) {
      throw new IllegalArgumentException(
          "ends at " + until.instant() + ", begins at " + from.instant());
    }
  }

  /** Whether the instant lies in it. */
  public boolean contains(Instant instant) {
    return !instant.isBefore(from.instant())
        && (until == null || instant.isBefore(until.instant()));
  }
}
