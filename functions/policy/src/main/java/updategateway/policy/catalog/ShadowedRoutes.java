package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The routes of a catalog that never win, because earlier ones match all of their paths. */
public final class ShadowedRoutes {
  private ShadowedRoutes() {}

  /**
   * A route that never wins.
   *
   * @param route its index
   * @param by the indices of the earlier routes that win instead, at least one, in order
   */
  public record Shadowed(int route, List<Integer> by) {
    public Shadowed {
      by = List.copyOf(by);
    }
  }

  /** Returns all of them, in order; empty if the catalog is too large to say. */
  public static Optional<List<Shadowed>> of(Catalog catalog) {
    PatternIntersections patterns =
        new PatternIntersections(catalog.routes().stream().map(Route::path).toList());
    List<Shadowed> shadowed = new ArrayList<>();
    for (int i = 0; i < catalog.routes().size(); i++) {
      int route = i;
      TreeSet<Integer> winners = new TreeSet<>();
      boolean complete =
          patterns.visitPathsOf(
              route,
              (matching, _) -> {
                winners.add(matching.nextSetBit(0));
                return !winners.contains(route);
              });
      if (!complete) {
        return Optional.empty();
      }
      if (!winners.isEmpty() && !winners.contains(route)) {
        shadowed.add(new Shadowed(route, List.copyOf(winners)));
      }
    }
    return Optional.of(shadowed);
  }
}
