package updategateway.policy.explanation;

import java.time.Instant;
import updategateway.policy.model.Interval;

/** Whether something dated holds at an instant. */
public enum Validity {
  /** It begins later. */
  NOT_YET,
  /** It holds; at its first instant too. */
  NOW,
  /** It has ended; at its end too. */
  OVER;

  static Validity of(Interval span, Instant instant) {
    if (span.contains(instant)) {
      return NOW;
    }
    return instant.isBefore(span.from().instant()) ? NOT_YET : OVER;
  }
}
