package updategateway.policy.catalog;

import java.util.Collection;
import java.util.List;
import updategateway.policy.model.Product;

/**
 * A catalog made ready to classify: the same answers as {@link Catalog#classify}, in a time that
 * does not grow with the number of routes. Safe for many threads. Nothing that a caller invents is
 * kept, and what is kept is bounded.
 */
public final class RouteMatcher {
  private final List<RouteTarget> targets;
  private final RouteAutomaton routes;

  /** Few and rarely asked for: tried one after the other. */
  private final Catalog withEncodedSlashes;

  private RouteMatcher(Catalog catalog, Collection<Product> known) {
    this.targets = RouteTarget.of(catalog.routes(), known);
    // The first that matches wins: nobody needs to know of others.
    this.routes = new RouteAutomaton(catalog.routes(), route -> route, known);
    this.withEncodedSlashes = catalog.withEncodedSlashes();
  }

  /**
   * Makes a catalog ready.
   *
   * @param known products that paths will often name; for others the classification is made anew
   */
  public static RouteMatcher of(Catalog catalog, Collection<Product> known) {
    return new RouteMatcher(catalog, known);
  }

  /**
   * What the path is; {@link Classification#UNCLASSIFIED} when no route matches.
   *
   * @param segments the decoded segments of an absolute path: {@code /a/b} is {@code [a, b]},
   *     {@code /a/} is {@code [a, ""]}, {@code /} is {@code [""]}
   */
  public Classification classify(List<String> segments) {
    if (PathPattern.hasEncodedSlash(segments)) {
      return withEncodedSlashes.classify(segments);
    }
    int route = routes.walk(segments).route;
    return route == RouteNode.NONE
        ? Classification.UNCLASSIFIED
        : targets.get(route).classification(segments);
  }

  /** Whether a route matches a path with an encoded slash, which is malformed otherwise. */
  public boolean allowsEncodedSlash(List<String> segments) {
    return withEncodedSlashes.route(segments).isPresent();
  }
}
