package updategateway.local.edge;

import java.time.Instant;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import updategateway.commandline.UsageException;
import updategateway.place.IpAddress;
import updategateway.policy.parse.TimeParseException;
import updategateway.policy.parse.TimeParser;

/**
 * The headers with which a tester says what the edge is to report of one request. An empty one
 * reports nothing.
 */
final class LocalHeaders {
  static final String PREFIX = "x-local-";
  private static final String COUNTRY = "X-Local-Country";
  private static final String SUBDIVISION = "X-Local-Subdivision";
  private static final String ADDRESS = "X-Local-Address";
  private static final String TIME = "X-Local-Time";

  private LocalHeaders() {}

  /**
   * The viewer, by the headers where they are there and by the port's own where not. A country of
   * its own makes the port's subdivision mean nothing.
   *
   * @throws UsageException when an address or a time is none
   */
  static Viewer viewer(HttpFields headers, Viewer port) throws UsageException {
    String country = headers.get(COUNTRY);
    String subdivision = headers.get(SUBDIVISION);
    String address = headers.get(ADDRESS);
    String time = headers.get(TIME);
    return new Viewer(
        country == null ? port.country() : orNull(country),
        subdivision != null ? orNull(subdivision) : country == null ? port.subdivision() : null,
        address == null ? port.address() : address(address),
        time == null ? port.time() : time(time));
  }

  private static @Nullable String orNull(String value) {
    return value.isEmpty() ? null : value;
  }

  private static @Nullable String address(String value) throws UsageException {
    if (value.isEmpty()) {
      return null;
    }
    return IpAddress.parse(value)
        .map(IpAddress::toString)
        .orElseThrow(() ->
            new UsageException(
                ADDRESS
                    + " is "
                    + value
                    + ": write a literal address like 203.0.113.7 or 2001:db8::7."));
  }

  private static @Nullable Instant time(String value) throws UsageException {
    if (value.isEmpty()) {
      return null;
    }
    try {
      return TimeParser.parse(value).time().instant();
    } catch (TimeParseException e) {
      throw new UsageException(TIME + ": " + e.getMessage() + ".");
    }
  }
}
