package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first route of a catalog that matches a path. Routes are indexed by the literal first
 * segment of their patterns; all other routes are tried for every path. Immutable.
 *
 * <p>Paths are given as the decoded segments of an absolute path: {@code /a/b} is {@code [a, b]},
 * {@code /a/} is {@code [a, ""]}, {@code /} is {@code [""]}. A segment that contains a slash had it
 * encoded as {@code %2f}.
 */
public final class RouteMatcher {
  private final Map<String, List<Entry>> byFirstSegment = new HashMap<>();

  /** The routes whose patterns begin with a wildcard or a placeholder. */
  private final List<Entry> others = new ArrayList<>();

  private RouteMatcher(Catalog catalog) {
    for (int i = 0; i < catalog.routes().size(); i++) {
      Entry entry = new Entry(i, catalog.routes().get(i));
      entry
          .path()
          .literalFirstSegment()
          .map(segment -> byFirstSegment.computeIfAbsent(segment, _ -> new ArrayList<>()))
          .orElse(others)
          .add(entry);
    }
  }

  /** Returns a matcher for a catalog. */
  public static RouteMatcher of(Catalog catalog) {
    return new RouteMatcher(catalog);
  }

  /**
   * The first route that matches a path, and what it makes of it.
   *
   * @param route the route
   * @param classification the product and the activity of the path
   */
  public record Match(Route route, Classification classification) {}

  /** Returns the first route that matches. */
  public Optional<Match> match(List<String> segments) {
    List<Entry> indexed = byFirstSegment.getOrDefault(segments.getFirst(), List.of());
    Entry found = first(indexed, segments, Integer.MAX_VALUE);
    Entry earlier = first(others, segments, found == null ? Integer.MAX_VALUE : found.position());
    return Optional.ofNullable(earlier == null ? found : earlier)
        .map(entry -> new Match(entry.route(), entry.route().classifyMatched(segments)));
  }

  /** Returns what a path is; {@link Classification#UNCLASSIFIED} if no route matches. */
  public Classification classify(List<String> segments) {
    return match(segments).map(Match::classification).orElse(Classification.UNCLASSIFIED);
  }

  /** Returns the first entry that matches and stands before a position; null for none. */
  private static @Nullable Entry first(List<Entry> entries, List<String> segments, int before) {
    for (Entry entry : entries) {
      if (entry.position() >= before) {
        return null;
      }
      if (entry.path().matches(segments)) {
        return entry;
      }
    }
    return null;
  }

  /** A route and its position in the catalog. */
  private record Entry(int position, Route route) {
    PathPattern path() {
      return route.path();
    }
  }
}
