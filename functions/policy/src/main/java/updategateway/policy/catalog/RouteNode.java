package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where some patterns of a catalog stand after the same parts: a node of the tree of all patterns.
 * Filled while the tree is built, and not changed from then on.
 */
final class RouteNode {
  /** No route; behind every route. */
  static final int NONE = Integer.MAX_VALUE;

  /** Its number in the tree. */
  final int id;

  /** Whether it stands behind a {@code **}, and so stays where it is for every further segment. */
  final boolean loops;

  Map<String, RouteNode> literals = Map.of();
  Map<PathPattern.Glob, RouteNode> globs = Map.of();
  @Nullable RouteNode product;
  @Nullable RouteNode any;

  /** All the globs at once; null when there is none. */
  @Nullable SegmentGlobs allGlobs;

  /** The first route that ends here. */
  int ends = NONE;

  /** The others that end here, in order. */
  private List<Integer> laterEnds = List.of();

  /** The first route that ends here or further on. */
  int first = NONE;

  /** The first route that ends behind a further segment which is not taken by a {@code **}. */
  int beyond = NONE;

  RouteNode(int id, boolean loops) {
    this.id = id;
    this.loops = loops;
  }

  /** Notes that a route ends here; in order. */
  void end(int route) {
    if (ends == NONE) {
      ends = route;
      return;
    }
    if (laterEnds.isEmpty()) {
      laterEnds = new ArrayList<>();
    }
    laterEnds.add(route);
  }

  /** All routes that end here. */
  IntStream allEnds() {
    return ends == NONE
        ? IntStream.empty()
        : IntStream.concat(IntStream.of(ends), laterEnds.stream().mapToInt(Integer::intValue));
  }

  /** The last route that is needed beside those that end here; {@link #NONE} for all. */
  int lastNeeded(IntUnaryOperator besideRoute) {
    int last = ends == NONE ? NONE : besideRoute.applyAsInt(ends);
    for (int later : laterEnds) {
      last = Math.min(last, besideRoute.applyAsInt(later));
    }
    return last;
  }

  /** The node behind a part, made where there is none. */
  RouteNode behind(PathPattern.Part part, Supplier<RouteNode> made) {
    if (part instanceof PathPattern.AnySegments) {
      if (any == null) {
        any = made.get();
      }
      return any;
    }
    if (part instanceof PathPattern.ProductName) {
      if (product == null) {
        product = made.get();
      }
      return product;
    }
    if (part instanceof PathPattern.Literal literal) {
      if (literals.isEmpty()) {
        literals = new HashMap<>();
      }
      return literals.computeIfAbsent(literal.text(), _ -> made.get());
    }
    PathPattern.Glob glob = (PathPattern.Glob) part;
    if (globs.isEmpty()) {
      globs = new LinkedHashMap<>();
    }
    return globs.computeIfAbsent(glob, _ -> made.get());
  }
}
