package updategateway.policy.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Routes of which an earlier one does not take precedence over a later one that conflicts with it:
 * a path is all that they say. Immutable.
 */
public final class AmbiguousRoutes {
  private final List<Route> routes;
  private final Conflicts conflicts;

  private AmbiguousRoutes(List<Route> routes, Conflicts conflicts) {
    this.routes = List.copyOf(routes);
    this.conflicts = conflicts;
  }

  /** Which routes conflict, by their positions. */
  @FunctionalInterface
  public interface Conflicts {
    /** Returns true if two do, whichever stands first. */
    boolean conflict(int one, int other);
  }

  /** Returns a matcher for routes. */
  public static AmbiguousRoutes of(List<Route> routes, Conflicts conflicts) {
    return new AmbiguousRoutes(routes, conflicts);
  }

  /**
   * Returns what each route says that matches and conflicts with every earlier one that matches;
   * {@link Classification#UNCLASSIFIED} alone if no route matches.
   *
   * @param segments as {@link RouteMatcher#classify} takes them
   */
  public Set<Classification> classify(List<String> segments) {
    int[] matching =
        IntStream.range(0, routes.size())
            .filter(route -> routes.get(route).path().matches(segments))
            .toArray();
    Set<Classification> all = new HashSet<>();
    for (int later : matching) {
      if (IntStream.of(matching)
          .takeWhile(earlier -> earlier < later)
          .allMatch(earlier -> conflicts.conflict(later, earlier))) {
        all.add(routes.get(later).classify(segments).orElseThrow());
      }
    }
    return all.isEmpty() ? Set.of(Classification.UNCLASSIFIED) : Set.copyOf(all);
  }
}
