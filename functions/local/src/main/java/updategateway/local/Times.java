package updategateway.local.policy;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import updategateway.local.UsageException;
import updategateway.policy.PolicyTime;
import updategateway.policy.file.UnreadableTimeException;
import updategateway.policy.file.WrittenTime;

/** Times on the command line, as policy files write them. */
final class Times {
  static final String LABEL = "TIME";
  static final String NOTATION = "TIME is DATE TIME ZONE-ID, or ISO 8601 with an offset.";

  private Times() {}

  /**
   * Reads an option; now where it is null.
   *
   * @throws UsageException when it is not a time
   */
  static WrittenTime read(String option, @Nullable String text) throws UsageException {
    if (text == null) {
      return new WrittenTime(
          PolicyTime.of(Instant.ofEpochMilli(System.currentTimeMillis())), ZoneOffset.UTC);
    }
    try {
      return WrittenTime.parse(text);
    } catch (UnreadableTimeException e) {
      throw new UsageException(option + ": " + e.getMessage() + ".");
    }
  }
}
