package updategateway.commandline;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.parse.TimeParseException;
import updategateway.policy.parse.TimeParser;

/** Times on the command line, as policy files write them. */
public final class TimeOption {
  /** What stands for a time in a command's help. */
  public static final String LABEL = "TIME";

  /** How a time is written, for a command's help. */
  public static final String NOTATION = "TIME is DATE TIME ZONE-ID, or ISO 8601 with an offset.";

  private TimeOption() {}

  /**
   * Reads an option; now where it is null.
   *
   * @throws UsageException when it is not a time
   */
  public static TimeParser read(String option, @Nullable String text) throws UsageException {
    if (text == null) {
      return new TimeParser(
          LegalInstant.of(Instant.ofEpochMilli(System.currentTimeMillis())), ZoneOffset.UTC);
    }
    try {
      return TimeParser.parse(text);
    } catch (TimeParseException e) {
      throw new UsageException(option + ": " + e.getMessage() + ".");
    }
  }

  /** Returns an instant as it is shown to people: in UTC, to the millisecond. */
  public static String shown(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /**
   * Reads an option into its instant; null where it is null.
   *
   * @throws UsageException when it is not a time
   */
  public static @Nullable Instant instant(String option, @Nullable String text)
      throws UsageException {
    return text == null ? null : read(option, text).time().instant();
  }
}
