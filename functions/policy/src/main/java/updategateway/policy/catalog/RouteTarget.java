package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/** What a path is that a route matches. */
final class RouteTarget {
  private static final int ANYWHERE = -1;

  private final PathPattern path;
  private final @Nullable Classification always;
  private final int productAt;
  private final Named named;

  private RouteTarget(Route route, Named named) {
    this.path = route.path();
    this.always =
        route.product() == null ? null : new Classification(route.product(), route.activity());
    this.productAt = productAt(route.path().parts());
    this.named = named;
  }

  /**
   * Those of some routes, in order.
   *
   * @param known products that paths will often name; for others the classification is made anew
   */
  static List<RouteTarget> of(List<Route> routes, Collection<Product> known) {
    Set<String> names = new HashSet<>();
    known.forEach(product -> names.add(product.name()));
    Map<Activity, Named> namedByActivity = new HashMap<>();
    List<RouteTarget> targets = new ArrayList<>();
    for (Route route : routes) {
      Named named =
          namedByActivity.computeIfAbsent(route.activity(), activity -> new Named(activity, names));
      targets.add(new RouteTarget(route, named));
    }
    return targets;
  }

  /** The same for every path that it matches; null where the path names the product. */
  @Nullable Classification always() {
    return always;
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
