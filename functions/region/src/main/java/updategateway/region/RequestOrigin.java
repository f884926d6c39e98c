package updategateway.region;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came with a request that could say where it comes from, true or not.
 *
 * @param headers by lower-case name; values of a header that was sent more than once joined with
 *     commas
 * @param sourceAddress the TCP peer that AWS reports; null when it reports none
 * @param signed whether AWS checked a signature on the request
 */
public record RequestOrigin(
    Map<String, String> headers, @Nullable String sourceAddress, boolean signed) {
  public RequestOrigin {
    headers = Map.copyOf(headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
