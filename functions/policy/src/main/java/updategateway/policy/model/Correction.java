package updategateway.policy.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import updategateway.place.CidrBlock;
import updategateway.place.Place;

/**
 * Where a client is, for a while, whatever databases and the edge say. Only ever a place: what may
 * be had at the place is for the policies to say.
 *
 * @param id kebab-case, unique within a set
 * @param target who is meant
 * @param place where that client is
 * @param because how the operator knows
 * @param approvedBy who answers for it
 * @param span from when to when; always with an end, at most {@link #LONGEST} after its beginning
 * @param note a remark for the reader, or null
 */
public record Correction(
    String id,
    Target target,
    Place place,
    String because,
    String approvedBy,
    Interval span,
    @Nullable String note) {
  /** How long one may hold; then somebody has to look again. */
  public static final Duration LONGEST = Duration.ofDays(180);

  /**
   * For a day that was an hour longer in between: dates are written in the operator's zone. Whoever
   * reads a file knows the zone, and measures exactly.
   */
  private static final Duration CLOCK_CHANGE = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException when it does not end, or holds for too long
   */
  public Correction {
    if (span.until() == null || isTooLong(span)) {
      throw new IllegalArgumentException("a correction ends within 180 days: " + id);
    }
  }

  /** Whether it holds for longer than {@link #LONGEST}, or for ever. */
  public static boolean isTooLong(Interval span) {
    return span.until() == null
        || Duration.between(span.from().instant(), span.until().instant())
                .compareTo(LONGEST.plus(CLOCK_CHANGE))
            > 0;
  }

  /** Who is meant. */
  public sealed interface Target {
    /** Whoever's proven address is in the range. */
    record Addresses(CidrBlock range) implements Target {
      @Override
      public String toString() {
        return range.toString();
      }
    }

    /** Whoever says that this is its agent id; so it can only make an answer stricter. */
    record Agent(String agentId) implements Target {
      @Override
      public String toString() {
        return "agent " + agentId;
      }
    }
  }
}
