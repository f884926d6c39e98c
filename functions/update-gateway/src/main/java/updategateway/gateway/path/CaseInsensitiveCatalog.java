package updategateway.gateway.path;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import updategateway.policy.catalog.CaseFolding;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;

/**
 * A catalog as an origin reads it that ignores the case of letters. Immutable.
 *
 * <p>The comparison also takes a plus sign for a space, as form decoders do, leaves out spaces
 * around a segment, as servers do that trim names, and a slash at the end, with which file servers
 * open a file all the same.
 */
final class CaseInsensitiveCatalog {
  private final List<FoldedRoute> routes;
  private final boolean isFolded;

  CaseInsensitiveCatalog(Catalog catalog) {
    this.routes = catalog.routes().stream().map(FoldedRoute::of).toList();
    this.isFolded = routes.stream().allMatch(FoldedRoute::isFolded);
  }

  /**
   * Returns what a path is by the routes that match it only in this comparison. Their order does
   * not count: to an origin that ignores case, {@code /Docs/**} and {@code /docs/secret/**} are one
   * folder, and the one does not hide the other.
   *
   * @param segments of a path in its match form
   */
  Set<Classification> classify(List<String> segments) {
    List<String> folded = fold(segments);
    Set<Classification> found = new HashSet<>();
    if (isFolded && folded.equals(segments)) {
      return found;
    }
    for (FoldedRoute route : routes) {
      route
          .folded()
          .classify(folded)
          .filter(_ -> !route.exact().path().matches(segments))
          .ifPresent(found::add);
    }
    return found;
  }

  private static List<String> fold(List<String> segments) {
    List<String> folded = new ArrayList<>(segments.size());
    for (String segment : segments) {
      folded.add(fold(segment));
    }
    if (folded.size() > 1 && folded.getLast().isEmpty()) {
      folded.removeLast();
    }
    return folded;
  }

  private static String fold(String segment) {
    String folded = CaseFolding.fold(segment).replace('+', ' ');
    String trimmed = folded.strip();
    return trimmed.isEmpty() ? folded : trimmed;
  }

  private record FoldedRoute(Route exact, Route folded) {
    static FoldedRoute of(Route route) {
      List<String> segments = List.of(route.path().toString().substring(1).split("/", -1));
      PathPattern path = PathPattern.parse("/" + String.join("/", fold(segments)));
      return new FoldedRoute(
          route, new Route(path, route.product(), route.activity(), route.note()));
    }

    boolean isFolded() {
      return folded.path().equals(exact.path());
    }
  }
}
