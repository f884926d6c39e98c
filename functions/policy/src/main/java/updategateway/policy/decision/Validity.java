package updategateway.policy.decision;

import java.time.Instant;
import updategateway.policy.model.Interval;

/** Whether a phase or a permit is active at an instant. */
public enum Validity {
  /** It begins later. */
  PENDING,
  /** It is active, from its first instant on. */
  ACTIVE,
  /** It has ended, at its end or before. */
  EXPIRED;

  static Validity of(Interval interval, Instant instant) {
    if (interval.contains(instant)) {
      return ACTIVE;
    }
    return instant.isBefore(interval.from().instant()) ? PENDING : EXPIRED;
  }
}
