package updategateway.local.edge;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the edge would report of a viewer.
 *
 * @param country null when it knows none
 * @param subdivision null when it knows none
 * @param address a literal; null for the TCP peer's own
 * @param time when the request is made; null for now
 */
public record Viewer(
    @Nullable String country,
    @Nullable String subdivision,
    @Nullable String address,
    @Nullable Instant time) {
  private static final Pattern PLACE = Pattern.compile("([^-]*)(?:-(.*))?");

  /** At a place written like {@code DE} or {@code UA-43}; empty for an edge that does not know. */
  public static Viewer at(String place, @Nullable Instant time) {
    var matcher = PLACE.matcher(place);
    if (!matcher.matches() || matcher.group(1).isEmpty()) {
      return new Viewer(null, null, null, time);
    }
    return new Viewer(matcher.group(1), matcher.group(2), null, time);
  }
}
