package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Which routes of a catalog never win, because earlier ones take every path of theirs. */
public final class ShadowedRoutes {
  private ShadowedRoutes() {}

  /**
   * One that never wins.
   *
   * @param route its index
   * @param by the indices of the earlier routes that win instead, at least one, in order
   */
  public record Shadowed(int route, List<Integer> by) {
    public Shadowed {
      by = List.copyOf(by);
    }
  }

  /** All of them, in order; empty when the catalog is too large to say. */
  public static Optional<List<Shadowed>> of(Catalog catalog) {
    List<Route> routes = catalog.routes();
    Map<PathPattern, Integer> firsts = new LinkedHashMap<>();
    for (int route = 0; route < routes.size(); route++) {
      firsts.putIfAbsent(routes.get(route).path(), route);
    }
    // In the order of the routes that have them first: the first pattern that matches wins.
    List<Integer> firstRoutes = List.copyOf(firsts.values());
    PatternIntersections walk = new PatternIntersections(List.copyOf(firsts.keySet()));
    List<Shadowed> shadowed = new ArrayList<>();
    int pattern = 0;
    for (int route = 0; route < routes.size(); route++) {
      int same = firsts.getOrDefault(routes.get(route).path(), route);
      if (same < route) {
        shadowed.add(new Shadowed(route, List.of(same)));
        continue;
      }
      int own = pattern++;
      TreeSet<Integer> winners = new TreeSet<>();
      boolean all =
          walk.walk(
              own,
              (matching, _) -> {
                winners.add(matching.nextSetBit(0));
                return !winners.contains(own);
              });
      if (!all) {
        return Optional.empty();
      }
      if (!winners.contains(own) && !winners.isEmpty()) {
        shadowed.add(new Shadowed(route, winners.stream().map(firstRoutes::get).toList()));
      }
    }
    return Optional.of(shadowed);
  }
}
