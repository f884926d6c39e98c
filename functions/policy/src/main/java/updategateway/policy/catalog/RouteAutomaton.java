package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Product;

/**
 * Which of many patterns match a path, in a time that does not grow with their number. Safe for
 * many threads.
 *
 * <p>All patterns together are one tree of parts. A path is walked segment by segment; what is kept
 * is the set of nodes at which some pattern may be, without those that nobody needs any more. Each
 * set that occurs is made once, and remembered with the set that each kind of segment leads to: a
 * literal of the tree, a name of a known product, a fit of the globs, any other name of a product,
 * or none of these. So a request costs one look-up a segment, however many patterns there are and
 * however many {@code **} are in them. Nothing that a caller invents is kept, and what is kept is
 * bounded; beyond that a set is made each time, in a time that is bounded by the patterns' total
 * length.
 */
final class RouteAutomaton {
  /** References; about eight megabytes if a catalog and its callers really use them all. */
  private static final int MOST_REMEMBERED = 1 << 21;

  /** Of names of products alone, which would otherwise leave no room for paths. */
  private static final int MOST_REMEMBERED_OF_NAMES = 1 << 18;

  private static final int WORDS_OF_AN_ENTRY = 8;
  private static final int WORDS_OF_A_GLOB = 64;

  private final Budget budget = new Budget(MOST_REMEMBERED);
  private final Budget budgetOfNames = new Budget(MOST_REMEMBERED_OF_NAMES);
  private final Map<List<Integer>, Progress> progresses = new ConcurrentHashMap<>();
  private final IntUnaryOperator lastNeeded;

  /** Of known products, each by itself: what is kept is never a text of a caller. */
  private final Map<String, String> names = new HashMap<>();

  private final Progress start;
  private int nodes;

  /**
   * @param lastNeeded of a route by its number, the last that anybody needs to know of where it
   *     matches; itself where it hides all later ones
   * @param known products that paths will often name
   */
  RouteAutomaton(List<Route> routes, IntUnaryOperator lastNeeded, Collection<Product> known) {
    this.lastNeeded = lastNeeded;
    known.forEach(product -> names.put(product.name(), product.name()));
    RouteNode root = new RouteNode(nodes++, false);
    for (int i = 0; i < routes.size(); i++) {
      // Those match other paths than all others, which are not walked here.
      if (!routes.get(i).path().hasEncodedSlash()) {
        add(root, routes.get(i), i);
      }
    }
    this.start = progress(List.of(root));
  }

  /** What is known of the patterns at the end of a path. */
  Progress walk(List<String> segments) {
    Progress progress = start;
    for (int i = 0; i < segments.size() && !progress.settled; i++) {
      progress = next(progress, segments.get(i));
    }
    return progress;
  }

  private void add(RouteNode root, Route route, int number) {
    RouteNode node = root;
    node.first = Math.min(node.first, number);
    for (PathPattern.Part part : route.path().parts()) {
      if (part instanceof PathPattern.AnySegments && node.loops) {
        continue;
      }
      RouteNode from = node;
      boolean any = part instanceof PathPattern.AnySegments;
      node = from.behind(part, () -> new RouteNode(nodes++, any));
      if (!any) {
        from.beyond = Math.min(from.beyond, number);
      }
      node.first = Math.min(node.first, number);
    }
    node.end(number);
  }

  private Progress next(Progress at, String segment) {
    Progress known = at.hasLiterals || at.namesProducts ? at.after.get(segment) : null;
    if (known != null) {
      return known;
    }
    boolean named = at.namesProducts && PathPattern.ProductName.isName(segment);
    if (!at.lasting) {
      return step(at, segment, at.globsThatFit(segment), named);
    }
    SegmentGlobs.Fit fit =
        at.globs == null || segment.isEmpty() ? SegmentGlobs.Fit.NONE : at.globs.fit(segment);
    boolean literal = at.hasLiterals && at.hasLiteral(segment);
    Object kind = literal ? segment : named ? fit.named : fit;
    if (!literal) {
      known = at.after.get(kind);
      if (known != null) {
        return named ? remembered(at, segment, known) : known;
      }
    }
    Progress made = step(at, segment, fit.nodes, named);
    if (made.lasting && (literal || fit.lasting) && budget.take(WORDS_OF_AN_ENTRY)) {
      at.after.put(kind, made);
    }
    return made;
  }

  /** By its name, where the product is known. */
  private Progress remembered(Progress at, String segment, Progress behind) {
    String name = names.get(segment);
    if (name != null && budgetOfNames.take(WORDS_OF_AN_ENTRY)) {
      at.after.put(name, behind);
    }
    return behind;
  }

  private Progress step(Progress at, String segment, List<RouteNode> globbed, boolean named) {
    List<RouteNode> reached = new ArrayList<>(globbed);
    for (RouteNode node : at.nodes) {
      if (node.loops) {
        reached.add(node);
      }
      RouteNode literal = node.literals.get(segment);
      if (literal != null) {
        reached.add(literal);
      }
      if (named && node.product != null) {
        reached.add(node.product);
      }
    }
    return progress(reached);
  }

  private Progress progress(List<RouteNode> reached) {
    TreeMap<Integer, RouteNode> all = new TreeMap<>();
    int last = RouteNode.NONE;
    for (RouteNode node : reached) {
      for (RouteNode one = node; one != null; one = one.any) {
        if (all.put(one.id, one) == null && one.loops) {
          last = Math.min(last, one.lastNeeded(lastNeeded));
        }
      }
    }
    int needed = last;
    all.values().removeIf(node -> node.first > needed);
    List<Integer> ids = List.copyOf(all.keySet());
    Progress known = progresses.get(ids);
    if (known != null) {
      return known;
    }
    List<RouteNode> globbed = all.values().stream().filter(node -> !node.globs.isEmpty()).toList();
    int globs = globbed.size() < 2 ? 0 : globbed.stream().mapToInt(node -> node.globs.size()).sum();
    boolean lasting = budget.take(2 * ids.size() + WORDS_OF_AN_ENTRY * 2 + globs * WORDS_OF_A_GLOB);
    Progress made =
        new Progress(
            all.values().toArray(RouteNode[]::new),
            needed,
            lasting ? together(globbed) : null,
            lasting);
    if (!lasting) {
      return made;
    }
    Progress earlier = progresses.putIfAbsent(ids, made);
    return earlier == null ? made : earlier;
  }

  private @Nullable SegmentGlobs together(List<RouteNode> globbed) {
    if (globbed.size() > 1) {
      return new SegmentGlobs(globbed.stream().map(node -> node.globs).toList(), budget);
    }
    if (globbed.isEmpty()) {
      return null;
    }
    RouteNode node = globbed.getFirst();
    synchronized (node) {
      if (node.allGlobs == null) {
        node.allGlobs = new SegmentGlobs(List.of(node.globs), budget);
      }
      return node.allGlobs;
    }
  }

  /** Where every pattern that is still needed may be after some segments. */
  static final class Progress {
    private final RouteNode[] nodes;

    /** The first route that matches if the path ends here; {@link RouteNode#NONE} for none. */
    final int route;

    /** What that makes of the path, for whoever needs more than the first: see there. */
    AmbiguousRoutes.@Nullable Answer answer;

    /** The last route that is needed. */
    private final int needed;

    /** Whether the same routes match however the path goes on, as far as they are needed. */
    private final boolean settled;

    private final boolean hasLiterals;
    private final boolean namesProducts;
    private final @Nullable SegmentGlobs globs;
    private final boolean lasting;

    /** By a literal, or by what stands for a kind of segments. */
    private final Map<Object, Progress> after;

    private Progress(RouteNode[] nodes, int needed, @Nullable SegmentGlobs globs, boolean lasting) {
      this.nodes = nodes;
      this.route = Arrays.stream(nodes).mapToInt(node -> node.ends).min().orElse(RouteNode.NONE);
      this.needed = needed;
      this.settled =
          nodes.length == 0
              || (needed != RouteNode.NONE
                  && Arrays.stream(nodes)
                      .allMatch(
                          node -> node.beyond > needed && (node.loops || node.ends > needed)));
      this.hasLiterals = Arrays.stream(nodes).anyMatch(node -> !node.literals.isEmpty());
      this.namesProducts = Arrays.stream(nodes).anyMatch(node -> node.product != null);
      this.globs = globs;
      this.lasting = lasting;
      this.after = settled ? Map.of() : new ConcurrentHashMap<>(2);
    }

    /** All routes that match if the path ends here and are needed, in order. */
    int[] routes() {
      return Arrays.stream(nodes)
          .flatMapToInt(RouteNode::allEnds)
          .filter(end -> end <= needed)
          .sorted()
          .toArray();
    }

    /** One by one, for what is not remembered and so not worth an automaton. */
    List<RouteNode> globsThatFit(String segment) {
      List<RouteNode> fitting = new ArrayList<>();
      for (RouteNode node : nodes) {
        node.globs.forEach((glob, behind) -> {
          if (glob.fits(segment)) {
            fitting.add(behind);
          }
        });
      }
      return fitting;
    }

    boolean hasLiteral(String segment) {
      for (RouteNode node : nodes) {
        if (node.literals.containsKey(segment)) {
          return true;
        }
      }
      return false;
    }
  }
}
