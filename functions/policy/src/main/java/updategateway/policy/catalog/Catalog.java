package updategateway.policy.catalog;

import java.util.List;
import java.util.Optional;

/**
 * The ordered routes of a distribution; the first that matches a path wins.
 *
 * @param routes in the order written
 */
public record Catalog(List<Route> routes) {
  public Catalog {
    routes = List.copyOf(routes);
  }

  /**
   * What the path is; {@link Classification#UNCLASSIFIED} when no route matches. Tries one route
   * after the other: for more than a few paths make a {@link RouteMatcher} first.
   *
   * @param segments the decoded segments of an absolute path: {@code /a/b} is {@code [a, b]},
   *     {@code /a/} is {@code [a, ""]}, {@code /} is {@code [""]}
   */
  public Classification classify(List<String> segments) {
    return route(segments)
        .flatMap(route -> route.classify(segments))
        .orElse(Classification.UNCLASSIFIED);
  }

  /** The first route that matches a path. */
  public Optional<Route> route(List<String> segments) {
    return routes.stream().filter(route -> route.path().matches(segments)).findFirst();
  }

  /** The routes whose patterns have an encoded slash; no other matches a path that has one. */
  Catalog withEncodedSlashes() {
    return new Catalog(routes.stream().filter(route -> route.path().hasEncodedSlash()).toList());
  }
}
