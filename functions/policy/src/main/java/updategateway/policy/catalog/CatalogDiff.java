package updategateway.policy.catalog;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which paths two catalogs classify otherwise. */
public final class CatalogDiff {
  private final Catalog before;
  private final Catalog after;
  private final List<PathPattern> patterns;

  /** Of each pattern, the first route that has it, in either catalog; -1 for none. */
  private final int[] firstBefore;

  private final int[] firstAfter;
  private final Map<Routes, Reclassified> found = new LinkedHashMap<>();

  private CatalogDiff(Catalog before, Catalog after) {
    this.before = before;
    this.after = after;
    this.patterns =
        Stream.concat(before.routes().stream(), after.routes().stream())
            .map(Route::path)
            .distinct()
            .toList();
    this.firstBefore = firstRoutes(before);
    this.firstAfter = firstRoutes(after);
  }

  private int[] firstRoutes(Catalog catalog) {
    Map<PathPattern, Integer> first = new HashMap<>();
    for (int i = 0; i < catalog.routes().size(); i++) {
      first.putIfAbsent(catalog.routes().get(i).path(), i);
    }
    return patterns.stream().mapToInt(pattern -> first.getOrDefault(pattern, -1)).toArray();
  }

  /**
   * Paths that are something else by the other catalog.
   *
   * @param segments of one of them
   * @param before the route that matches them in the one catalog; null when none does
   * @param after the route that matches them in the other; null when none does
   * @param was what the example is by the one
   * @param becomes what it is by the other
   */
  public record Reclassified(
      List<String> segments,
      @Nullable Route before,
      @Nullable Route after,
      Classification was,
      Classification becomes) {
    public Reclassified {
      segments = List.copyOf(segments);
    }

    /** The path that stands for all of them. */
    public String example() {
      return "/"
          + segments.stream()
              .map(segment -> segment.replace("/", "%2f"))
              .collect(Collectors.joining("/"));
    }
  }

  /**
   * Every pair of routes that matches some path, one in each catalog, and makes something else of
   * it; empty when the catalogs are too large to say.
   */
  public static Optional<List<Reclassified>> compare(Catalog before, Catalog after) {
    if (before.equals(after)) {
      return Optional.of(List.of());
    }
    return new CatalogDiff(before, after).walk();
  }

  private Optional<List<Reclassified>> walk() {
    return new PatternIntersections(patterns).walk(this::judge)
        ? Optional.of(List.copyOf(found.values()))
        : Optional.empty();
  }

  private record Routes(@Nullable Route before, @Nullable Route after) {}

  private boolean judge(BitSet matching, List<String> path) {
    Routes routes =
        new Routes(route(before, firstBefore, matching), route(after, firstAfter, matching));
    Reclassified known = found.get(routes);
    if (Objects.equals(routes.before(), routes.after())
        || (known != null && (isPlain(known.segments()) || !isPlain(path)))) {
      return true;
    }
    Classification was = before.classify(path);
    Classification becomes = after.classify(path);
    if (!was.equals(becomes)) {
      found.put(routes, new Reclassified(path, routes.before(), routes.after(), was, becomes));
    }
    return true;
  }

  /** The first route whose pattern is among these. */
  private static @Nullable Route route(Catalog catalog, int[] firstRoutes, BitSet matching) {
    int first =
        matching.stream()
            .map(pattern -> firstRoutes[pattern])
            .filter(route -> route >= 0)
            .min()
            .orElse(-1);
    return first < 0 ? null : catalog.routes().get(first);
  }

  /** Whether a reader would take it for the path of a file. */
  private static boolean isPlain(List<String> path) {
    return path.size() > 1 && path.getLast().contains("example");
  }
}
