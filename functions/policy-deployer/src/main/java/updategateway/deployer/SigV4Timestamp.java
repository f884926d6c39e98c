package updategateway.deployer;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When CloudFormation sent a request, by the signature of its ResponseURL. CloudFormation waits
 * from then on, while the event may lie in Lambda's queue before it is delivered the first time.
 */
final class SigV4Timestamp {
  /** "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)", Amazon S3. */
  private static final Pattern SIGNED = Pattern.compile("(?:^|&)X-Amz-Date=([0-9]{8}T[0-9]{6}Z)");

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private SigV4Timestamp() {}

  /** In whole seconds; null where the address does not tell. */
  static @Nullable Instant of(String responseUrl) {
    try {
      String query = URI.create(responseUrl).getRawQuery();
      if (query == null) {
        return null;
      }
      Matcher signed = SIGNED.matcher(query);
      return signed.find() ? BASIC.parse(signed.group(1), Instant::from) : null;
    } catch (IllegalArgumentException | DateTimeParseException e) {
      // An address that is none is found out by whoever sends the answer.
      return null;
    }
  }
}
