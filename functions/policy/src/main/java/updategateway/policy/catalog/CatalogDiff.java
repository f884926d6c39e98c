package updategateway.policy.catalog;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The paths that two catalogs classify differently. */
public final class CatalogDiff {
  private final Catalog before;
  private final Catalog after;
  private final RouteMatcher matcherBefore;
  private final RouteMatcher matcherAfter;
  private final Map<Routes, Reclassified> found = new LinkedHashMap<>();

  private CatalogDiff(Catalog before, Catalog after) {
    this.before = before;
    this.after = after;
    this.matcherBefore = RouteMatcher.of(before);
    this.matcherAfter = RouteMatcher.of(after);
  }

  /**
   * Paths that the later catalog classifies differently.
   *
   * @param segments the segments of one of them
   * @param routeBefore the route that matches them in the earlier catalog; null if none does
   * @param routeAfter the route that matches them in the later catalog; null if none does
   * @param before the example's classification by the earlier catalog
   * @param after the example's classification by the later catalog
   */
  public record Reclassified(
      List<String> segments,
      @Nullable Route routeBefore,
      @Nullable Route routeAfter,
      Classification before,
      Classification after) {
    public Reclassified {
      segments = List.copyOf(segments);
    }

    /** Returns one of the paths, as a client writes it. */
    public String example() {
      return "/"
          + segments.stream()
              .map(segment -> segment.replace("/", "%2f"))
              .collect(Collectors.joining("/"));
    }
  }

  /**
   * Returns every pair of routes that matches some path, one in each catalog, and classifies it
   * differently; empty if the catalogs are too large to compare.
   */
  public static Optional<List<Reclassified>> compare(Catalog before, Catalog after) {
    return before.equals(after) ? Optional.of(List.of()) : new CatalogDiff(before, after).compare();
  }

  private Optional<List<Reclassified>> compare() {
    List<PathPattern> patterns =
        Stream.of(before, after)
            .flatMap(catalog -> catalog.routes().stream())
            .map(Route::path)
            .toList();
    return new PatternIntersections(patterns).visitAll(this::compare)
        ? Optional.of(List.copyOf(found.values()))
        : Optional.empty();
  }

  private record Routes(@Nullable Route before, @Nullable Route after) {}

  /** Compares one path; the patterns are the earlier catalog's, then the later one's. */
  private boolean compare(BitSet matching, List<String> path) {
    int first = matching.nextSetBit(0);
    int firstAfter = matching.nextSetBit(before.routes().size()) - before.routes().size();
    Routes routes =
        new Routes(
            first >= 0 && first < before.routes().size() ? before.routes().get(first) : null,
            firstAfter >= 0 ? after.routes().get(firstAfter) : null);
    Reclassified known = found.get(routes);
    if (Objects.equals(routes.before(), routes.after())
        || (known != null && (looksLikeFile(known.segments()) || !looksLikeFile(path)))) {
      return true;
    }
    Classification classBefore = matcherBefore.classify(path);
    Classification classAfter = matcherAfter.classify(path);
    if (!classBefore.equals(classAfter)) {
      found.put(
          routes, new Reclassified(path, routes.before(), routes.after(), classBefore, classAfter));
    }
    return true;
  }

  /** Returns true if the path is a good example for a reader: a file in a folder. */
  private static boolean looksLikeFile(List<String> path) {
    return path.size() > 1 && path.getLast().contains(SampleSegments.EXAMPLE);
  }
}
