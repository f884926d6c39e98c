package updategateway.policy.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An instant as the law's own words give it.
 *
 * <p>Both halves are part of a policy set's digest: what was written is what a lawyer compares, and
 * the instant is what is decided by, so that a later change of a zone's rules cannot move it.
 *
 * @param instant to the millisecond
 * @param written as the operator wrote it, e.g. {@code 2024-09-29 00:00 America/New_York}
 */
public record LegalInstant(Instant instant, String written) {
  /**
   * @throws IllegalArgumentException when the instant is finer than a millisecond
   */
  public LegalInstant {
    if (!instant.truncatedTo(ChronoUnit.MILLIS).equals(instant)) {
      throw new IllegalArgumentException("finer than a millisecond: " + instant);
    }
  }

  /** A time whose writing is the instant itself, in ISO 8601 and UTC. */
  public static LegalInstant of(Instant instant) {
    return new LegalInstant(instant, InstantFormat.format(instant));
  }
}
