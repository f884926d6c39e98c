package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import updategateway.policy.Activity;
import updategateway.policy.Product;

/**
 * A catalog made ready to classify: the same answers as {@link Catalog#classify}, in a time that
 * does not grow with the number of routes. Safe for many threads.
 *
 * <p>All patterns together are one tree of parts. A path is walked segment by segment; what is kept
 * is the set of nodes at which some pattern may be, without those that can no longer win. Each set
 * that occurs is made once, and remembered with the set that each kind of segment leads to: a
 * literal of the tree, a fit of the globs, a name of a product, or none of these. So a request
 * costs one look-up a segment, however many patterns there are and however many {@code **} are in
 * them. Nothing that a caller invents is kept, and what is kept is bounded; beyond that a set is
 * made each time, in a time that is bounded by the patterns' total length.
 */
public final class CompiledCatalog {
  /** References; about eight megabytes if a catalog and its callers really use them all. */
  private static final int MOST_REMEMBERED = 1 << 21;

  private static final int WORDS_OF_AN_ENTRY = 8;
  private static final int WORDS_OF_A_GLOB = 64;

  private final Budget budget = new Budget(MOST_REMEMBERED);
  private final List<Target> targets = new ArrayList<>();
  private final Map<List<Integer>, Progress> progresses = new ConcurrentHashMap<>();
  private final Progress start;
  private int nodes;

  private CompiledCatalog(Catalog catalog, Collection<Product> known) {
    Set<String> names = new HashSet<>();
    known.forEach(product -> names.add(product.name()));
    Map<Activity, Named> namedByActivity = new HashMap<>();
    RouteNode root = new RouteNode(nodes++, false);
    for (Route route : catalog.routes()) {
      add(root, route, targets.size());
      targets.add(
          new Target(
              route,
              namedByActivity.computeIfAbsent(
                  route.activity(), activity -> new Named(activity, names))));
    }
    this.start = progress(List.of(root));
  }

  /**
   * Makes a catalog ready.
   *
   * @param known products that paths will often name; for others the classification is made anew
   */
  public static CompiledCatalog of(Catalog catalog, Collection<Product> known) {
    return new CompiledCatalog(catalog, known);
  }

  /**
   * What the path is; {@link Classification#UNCLASSIFIED} when no route matches.
   *
   * @param segments the decoded segments of an absolute path: {@code /a/b} is {@code [a, b]},
   *     {@code /a/} is {@code [a, ""]}, {@code /} is {@code [""]}
   */
  public Classification classify(List<String> segments) {
    Progress progress = start;
    for (int i = 0; i < segments.size() && !progress.settled; i++) {
      progress = next(progress, segments.get(i));
    }
    return progress.route == RouteNode.NONE
        ? Classification.UNCLASSIFIED
        : targets.get(progress.route).classification(segments);
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
    node.ends = Math.min(node.ends, number);
  }

  private Progress next(Progress at, String segment) {
    Progress known = at.hasLiterals ? at.after.get(segment) : null;
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
        return known;
      }
    }
    Progress made = step(at, segment, fit.nodes, named);
    if (made.lasting && (literal || fit.lasting) && budget.take(WORDS_OF_AN_ENTRY)) {
      at.after.put(kind, made);
    }
    return made;
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
    int certain = RouteNode.NONE;
    for (RouteNode node : reached) {
      for (RouteNode one = node; one != null; one = one.any) {
        all.put(one.id, one);
        if (one.loops) {
          certain = Math.min(certain, one.ends);
        }
      }
    }
    int wins = certain;
    all.values().removeIf(node -> node.first > wins);
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
            certain,
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

  /** Where every pattern that can still win may be after some segments. */
  private static final class Progress {
    final RouteNode[] nodes;

    /** The route that wins if the path ends here. */
    final int route;

    /** Whether it wins however the path goes on. */
    final boolean settled;

    final boolean hasLiterals;
    final boolean namesProducts;
    final @Nullable SegmentGlobs globs;
    final boolean lasting;

    /** By a literal, or by what stands for a kind of segments. */
    final Map<Object, Progress> after;

    Progress(RouteNode[] nodes, int certain, @Nullable SegmentGlobs globs, boolean lasting) {
      this.nodes = nodes;
      this.route = Arrays.stream(nodes).mapToInt(node -> node.ends).min().orElse(RouteNode.NONE);
      this.settled =
          nodes.length == 0
              || (route == certain
                  && certain != RouteNode.NONE
                  && Arrays.stream(nodes).allMatch(node -> node.beyond > certain));
      this.hasLiterals = Arrays.stream(nodes).anyMatch(node -> !node.literals.isEmpty());
      this.namesProducts = Arrays.stream(nodes).anyMatch(node -> node.product != null);
      this.globs = globs;
      this.lasting = lasting;
      this.after = settled ? Map.of() : new ConcurrentHashMap<>(2);
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

  /** What a path is that a route matches. */
  private static final class Target {
    private static final int ANYWHERE = -1;

    private final PathPattern path;
    private final @Nullable Classification always;
    private final int productAt;
    private final Named named;

    Target(Route route, Named named) {
      this.path = route.path();
      this.always =
          route.product() == null ? null : new Classification(route.product(), route.activity());
      this.productAt = productAt(route.path().parts());
      this.named = named;
    }

    private static int productAt(List<PathPattern.Part> parts) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i) instanceof PathPattern.AnySegments) {
          return ANYWHERE;
        }
        if (parts.get(i) instanceof PathPattern.ProductName) {
          return i;
        }
      }
      return ANYWHERE;
    }

    Classification classification(List<String> segments) {
      return always != null
          ? always
          : named.classification(
              segments.get(productAt == ANYWHERE ? path.match(segments) : productAt));
    }
  }

  /** The classifications of one activity by the product's name. */
  private static final class Named {
    private final Activity activity;
    private final Set<String> known;
    private final Map<String, Classification> made = new ConcurrentHashMap<>(2);

    Named(Activity activity, Set<String> known) {
      this.activity = activity;
      this.known = known;
    }

    Classification classification(String name) {
      Classification classification = made.get(name);
      if (classification != null) {
        return classification;
      }
      Classification fresh = new Classification(new Product(name), activity);
      if (known.contains(name)) {
        made.put(fresh.product().name(), fresh);
      }
      return fresh;
    }
  }
}
