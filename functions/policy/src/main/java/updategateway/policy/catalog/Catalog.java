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
   * after the other: for more than a few paths make a {@link CompiledCatalog} first.
   *
   * @param segments the decoded segments of an absolute path: {@code /a/b} is {@code [a, b]},
   *     {@code /a/} is {@code [a, ""]}, {@code /} is {@code [""]}
   */
  public Classification classify(List<String> segments) {
    for (Route route : routes) {
      Optional<Classification> classification = route.classify(segments);
      if (classification.isPresent()) {
        return classification.get();
      }
    }
    return Classification.UNCLASSIFIED;
  }
}
