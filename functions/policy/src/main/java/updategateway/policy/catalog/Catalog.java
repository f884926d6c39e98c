package updategateway.policy.catalog;

import java.util.List;

/**
 * The ordered routes of a distribution; the first that matches a path wins. A {@link RouteMatcher}
 * finds it.
 *
 * @param routes in the order written
 */
public record Catalog(List<Route> routes) {
  public Catalog {
    routes = List.copyOf(routes);
  }
}
