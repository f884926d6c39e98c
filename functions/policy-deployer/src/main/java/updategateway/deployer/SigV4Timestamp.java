package updategateway.deployer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Time at which a URL was signed. CloudFormation signs the ResponseURL when it sends a request, and
 * waits from then on, while the event may stay in Lambda's queue.
 */
final class SigV4Timestamp {
  /** "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)", Amazon S3. */
  private static final Pattern SIGNED =
      Pattern.compile("^\\S*\\?(?:\\S*&)?X-Amz-Date=([0-9]{8}T[0-9]{6}Z)");

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private SigV4Timestamp() {}

  /** Returns the time in whole seconds; null if the URL has none. */
  static @Nullable Instant of(String url) {
    Matcher signed = SIGNED.matcher(url);
    try {
      return signed.find() ? BASIC.parse(signed.group(1), Instant::from) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
