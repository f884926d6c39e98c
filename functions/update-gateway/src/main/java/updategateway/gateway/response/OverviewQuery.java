package updategateway.gateway.response;

import java.util.Optional;
import updategateway.gateway.path.MalformedPathException;
import updategateway.gateway.path.RequestPath;

/** The query of the overview: {@code path=} and a path, percent-encoded as any value is. */
public final class OverviewQuery {
  private static final String PATH = "path=";

  private OverviewQuery() {}

  /**
   * Returns the path that is asked about; empty if the query has none.
   *
   * @throws MalformedPathException if it would be refused as a path of a request, or comes twice
   */
  public static Optional<RequestPath> path(String query) throws MalformedPathException {
    String value = null;
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith(PATH)) {
        if (value != null) {
          throw new MalformedPathException("comes twice in the query");
        }
        value = parameter.substring(PATH.length());
      }
    }
    return value == null ? Optional.empty() : Optional.of(RequestPath.parseQueryValue(value));
  }
}
