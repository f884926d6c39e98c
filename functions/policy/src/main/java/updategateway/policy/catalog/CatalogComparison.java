package updategateway.policy.catalog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which paths two catalogs classify otherwise.
 *
 * <p>Paths are endless, but the patterns of both catalogs tell only so many kinds of segments
 * apart, and after any segments only so many things are still possible: every pattern's places at
 * which it may be. Walking from each such state with one segment of each kind reaches every
 * combination of routes that some path has, with a path that shows it.
 */
public final class CatalogComparison {
  /** Beyond so many steps the answer would take longer than it is worth. */
  private static final int MOST_STEPS = 2_000_000;

  private static final List<String> WORDS = List.of("example", "other", "Other_1", "x-1", "0");

  private final Catalog before;
  private final Catalog after;
  private final List<PathPattern> patterns;

  /** Of each pattern, the number of its first place; a pattern has one more place than parts. */
  private final int[] offsets;

  /** Of each pattern, the first route that has it, in either catalog; -1 for none. */
  private final int[] firstBefore;

  private final int[] firstAfter;
  private final List<String> segments;
  private final Map<Routes, Reclassified> found = new LinkedHashMap<>();

  private CatalogComparison(Catalog before, Catalog after) {
    this.before = before;
    this.after = after;
    this.patterns =
        Stream.concat(before.routes().stream(), after.routes().stream())
            .map(Route::path)
            .distinct()
            .toList();
    this.offsets = new int[patterns.size() + 1];
    for (int i = 0; i < patterns.size(); i++) {
      offsets[i + 1] = offsets[i] + patterns.get(i).length() + 1;
    }
    this.firstBefore = firstRoutes(before);
    this.firstAfter = firstRoutes(after);
    this.segments = segments(patterns);
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
      return "/" + String.join("/", segments);
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
    return new CatalogComparison(before, after).walk();
  }

  private Optional<List<Reclassified>> walk() {
    BitSet start = new BitSet();
    for (int i = 0; i < patterns.size(); i++) {
      add(start, i, 0);
    }
    Set<BitSet> seen = new HashSet<>();
    seen.add(start);
    Deque<Walked> open = new ArrayDeque<>();
    open.add(new Walked(start, List.of()));
    int steps = 0;
    while (!open.isEmpty()) {
      Walked walked = open.remove();
      judge(step(walked, ""));
      for (String segment : segments) {
        if (++steps > MOST_STEPS) {
          return Optional.empty();
        }
        Walked next = step(walked, segment);
        judge(next);
        if (seen.add(next.places())) {
          open.add(next);
        }
      }
    }
    return Optional.of(List.copyOf(found.values()));
  }

  /** Where each pattern may be after some segments of a path. */
  private record Walked(BitSet places, List<String> path) {}

  private record Routes(@Nullable Route before, @Nullable Route after) {}

  private Walked step(Walked walked, String segment) {
    BitSet next = new BitSet();
    int pattern = 0;
    for (int at = walked.places().nextSetBit(0); at >= 0; at = walked.places().nextSetBit(at + 1)) {
      while (at >= offsets[pattern + 1]) {
        pattern++;
      }
      int part = at - offsets[pattern];
      PathPattern tried = patterns.get(pattern);
      if (part == tried.length()) {
        continue;
      }
      if (tried.isAnySegments(part)) {
        add(next, pattern, part);
      } else if (tried.fits(part, segment)) {
        add(next, pattern, part + 1);
      }
    }
    List<String> path = new ArrayList<>(walked.path());
    path.add(segment);
    return new Walked(next, path);
  }

  /** A run of any number of segments may also be over at once. */
  private void add(BitSet places, int pattern, int part) {
    places.set(offsets[pattern] + part);
    PathPattern tried = patterns.get(pattern);
    for (int p = part; p < tried.length() && tried.isAnySegments(p); p++) {
      places.set(offsets[pattern] + p + 1);
    }
  }

  private void judge(Walked walked) {
    Routes routes =
        new Routes(
            route(before, firstBefore, walked.places()), route(after, firstAfter, walked.places()));
    Reclassified known = found.get(routes);
    if (Objects.equals(routes.before(), routes.after())
        || (known != null && (isPlain(known.segments()) || !isPlain(walked.path())))) {
      return;
    }
    Classification was = before.classify(walked.path());
    Classification becomes = after.classify(walked.path());
    if (!was.equals(becomes)) {
      found.put(
          routes, new Reclassified(walked.path(), routes.before(), routes.after(), was, becomes));
    }
  }

  /** The first route of which the pattern may be over here. */
  private @Nullable Route route(Catalog catalog, int[] firstRoutes, BitSet places) {
    int first = Integer.MAX_VALUE;
    int pattern = 0;
    for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
      while (at >= offsets[pattern + 1]) {
        pattern++;
      }
      if (at == offsets[pattern + 1] - 1 && firstRoutes[pattern] >= 0) {
        first = Math.min(first, firstRoutes[pattern]);
      }
    }
    return first == Integer.MAX_VALUE ? null : catalog.routes().get(first);
  }

  /** Whether a reader would take it for the path of a file. */
  private static boolean isPlain(List<String> path) {
    return path.size() > 1 && path.getLast().contains("example");
  }

  /** One segment of each kind that the patterns tell apart. */
  private static List<String> segments(List<PathPattern> patterns) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (PathPattern pattern : patterns) {
      for (int i = 0; i < pattern.length(); i++) {
        if (!pattern.isAnySegments(i)) {
          parts.putIfAbsent(pattern.part(i), new Part(pattern, i));
        }
      }
    }
    Map<BitSet, String> byKind = new HashMap<>();
    Set<String> chosen = new LinkedHashSet<>();
    for (String candidate : candidates(parts.keySet())) {
      BitSet kind = new BitSet();
      int n = 0;
      for (Part part : parts.values()) {
        kind.set(n++, part.pattern().fits(part.index(), candidate));
      }
      if (byKind.putIfAbsent(kind, candidate) == null) {
        chosen.add(candidate);
      }
    }
    return List.copyOf(chosen);
  }

  private record Part(PathPattern pattern, int index) {}

  private static Set<String> candidates(Collection<String> parts) {
    Set<String> candidates = new LinkedHashSet<>(WORDS);
    List<List<String>> globs =
        parts.stream()
            .filter(part -> part.contains("*"))
            .map(part -> List.of(part.split("\\*", -1)))
            .toList();
    for (List<String> glob : globs) {
      candidates.add(String.join("example", glob));
      candidates.add(String.join("Example_", glob));
      candidates.add(String.join("", glob));
    }
    parts.stream()
        .filter(part -> !part.contains("*") && !part.equals("{product}"))
        .forEach(candidates::add);
    for (List<String> one : globs) {
      for (List<String> other : globs) {
        String begin = longer(one.getFirst(), other.getFirst());
        String end = longer(one.getLast(), other.getLast());
        String middle = middle(one) + middle(other);
        candidates.add(begin + middle + end);
        candidates.add(begin + middle + "example" + end);
      }
    }
    candidates.remove("");
    return candidates;
  }

  private static String middle(List<String> glob) {
    return String.join("", glob.subList(1, glob.size() - 1));
  }

  private static String longer(String one, String other) {
    return one.length() >= other.length() ? one : other;
  }
}
