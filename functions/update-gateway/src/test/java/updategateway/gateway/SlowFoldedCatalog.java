package updategateway.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import updategateway.gateway.path.OtherReadings;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;

/** A catalog as it is to an origin that folds, read route by route: slow, and plainly right. */
final class SlowFoldedCatalog {
  private final List<Folded> routes;

  SlowFoldedCatalog(Catalog catalog) {
    this.routes = catalog.routes().stream().map(Folded::of).toList();
  }

  /**
   * All that the path may be.
   *
   * @param segments as they are read otherwise, not folded yet
   */
  Set<Classification> classify(List<String> segments) {
    List<String> path = OtherReadings.folded(segments);
    List<Folded> matching = routes.stream().filter(route -> route.matches(path)).toList();
    if (matching.isEmpty()) {
      return Set.of(Classification.UNCLASSIFIED);
    }
    Set<Classification> classifications = new HashSet<>();
    for (int i = 0; i < matching.size(); i++) {
      Folded route = matching.get(i);
      if (matching.subList(0, i).stream().allMatch(route::isRivalOf)) {
        classifications.add(route.classify(path));
      }
    }
    return classifications;
  }

  /**
   * A route.
   *
   * @param route folded
   * @param texts what its pattern has between slashes and stars, as written
   * @param foldedTexts the same, folded
   */
  private record Folded(Route route, List<String> texts, List<String> foldedTexts) {
    static Folded of(Route route) {
      List<String> texts = new ArrayList<>();
      for (String text : route.path().toString().split("[/*]+", -1)) {
        if (!text.isEmpty() && !text.equals("{product}")) {
          texts.add(text);
        }
      }
      return new Folded(folded(route), texts, texts.stream().map(OtherReadings::folded).toList());
    }

    boolean matches(List<String> path) {
      return route.path().matches(path);
    }

    Classification classify(List<String> path) {
      return route.classify(path).orElseThrow();
    }

    /** Whether some part of it is written as a part of the other, but for what is folded. */
    boolean isRivalOf(Folded other) {
      for (int i = 0; i < texts.size(); i++) {
        for (int j = 0; j < other.texts.size(); j++) {
          if (isRival(i, other, j) || other.isRival(j, this, i)) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean isRival(int text, Folded other, int otherText) {
      return foldedTexts.get(text).contains(other.foldedTexts.get(otherText))
          && !texts.get(text).contains(other.texts.get(otherText));
    }

    private static Route folded(Route route) {
      try {
        PathPattern path = PathPattern.parse(OtherReadings.folded(route.path().toString()));
        return new Route(path, route.product(), route.activity(), route.note());
      } catch (IllegalArgumentException e) {
        // Folding made a character of it that no pattern has: no folded path can match it either.
        return route;
      }
    }
  }
}
