package updategateway.gateway.event;

import java.util.List;
import java.util.Optional;
import updategateway.gateway.path.MalformedPathException;
import updategateway.gateway.path.RequestPath;

/** The query of the overview: {@code path=} and a path, percent-encoded as any value is. */
final class OverviewQuery {
  /** The path of the overview (RFC 8615). */
  static final List<String> OVERVIEW = List.of(".well-known", "update-policy");

  private static final String PARAMETER = "path=";

  private OverviewQuery() {}

  /**
   * Returns the path that the query names; empty if the query has none.
   *
   * @throws MalformedPathException if it would be refused as a path of a request, or comes twice
   */
  static Optional<RequestPath> path(String query) throws MalformedPathException {
    String value = null;
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith(PARAMETER)) {
        if (value != null) {
          throw new MalformedPathException("comes twice in the query");
        }
        value = parameter.substring(PARAMETER.length());
      }
    }
    return value == null ? Optional.empty() : Optional.of(RequestPath.parseQueryValue(value));
  }
}
