package updategateway.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import updategateway.gateway.path.OtherReadings;
import updategateway.policy.catalog.AmbiguousRoutes;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;

/**
 * A catalog as it is to an origin that does not tell upper from lower case, nor characters that are
 * alike. Safe for many threads.
 *
 * <p>To such an origin {@code /Bases/**} and {@code /bases/**} are one folder, and nobody knows by
 * which of the two routes its files are meant. So of routes that are written differently only in
 * what it does not tell apart, none hides another: a path is all that they say. A route that is
 * written alike hides later ones as ever: {@code /bases/README.txt} is what its own route says,
 * though {@code /bases/**} matches it too.
 */
final class FoldedCatalog {
  private final AmbiguousRoutes routes;

  FoldedCatalog(Catalog catalog) {
    List<Route> folded = new ArrayList<>();
    for (Route route : catalog.routes()) {
      folded.add(folded(route));
    }
    this.routes = AmbiguousRoutes.of(folded, new FoldedRivals(catalog.routes()));
  }

  /** Whether a catalog is written as such an origin reads it, so that folding changes nothing. */
  static boolean isSame(Catalog catalog) {
    for (Route route : catalog.routes()) {
      String path = route.path().toString();
      if (!OtherReadings.folded(path).equals(path)) {
        return false;
      }
    }
    return true;
  }

  /**
   * All that the path may be.
   *
   * @param segments as they are read otherwise, folded: see {@link OtherReadings#folded(List)}
   */
  Set<Classification> classify(List<String> segments) {
    return routes.classify(segments);
  }

  private static Route folded(Route route) {
    try {
      PathPattern path = PathPattern.parse(OtherReadings.folded(route.path().toString()));
      return new Route(path, route.product(), route.activity(), route.names(), route.note());
    } catch (IllegalArgumentException e) {
      // Folding made a character of it that no pattern has: no folded path can match it either.
      return route;
    }
  }
}
