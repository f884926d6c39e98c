package updategateway.policy.catalog;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import updategateway.policy.model.Activity;

/**
 * The words that the routes of a catalog give to paths.
 *
 * @param activities those of routes, and that of no route, in alphabetical order
 * @param products those that routes name, in alphabetical order
 * @param anyProduct whether some path names its product itself
 */
public record CatalogTerms(Set<String> activities, Set<String> products, boolean anyProduct) {
  /**
   * The law forbids it, and nobody does it by fetching a path: a policy that names it is right
   * though no route has it.
   */
  private static final String RESALE = "resale";

  public CatalogTerms {
    activities = Collections.unmodifiableSet(new TreeSet<>(activities));
    products = Collections.unmodifiableSet(new TreeSet<>(products));
  }

  /** The words of a catalog. */
  public static CatalogTerms of(Catalog catalog) {
    Set<String> activities = new TreeSet<>(Set.of(Activity.UNCLASSIFIED.name()));
    Set<String> products = new TreeSet<>();
    boolean anyProduct = false;
    for (Route route : catalog.routes()) {
      activities.add(route.activity().name());
      if (route.product() == null) {
        anyProduct = true;
      } else {
        products.add(route.product().name());
      }
    }
    return new CatalogTerms(activities, products, anyProduct);
  }

  /** Whether a policy may well name this activity. */
  public boolean knowsActivity(String name) {
    return activities.contains(name) || name.equals(RESALE);
  }
}
