package updategateway.policy.catalog;

import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/**
 * What a path is, in the words of the policies.
 *
 * @param product the product asked for
 * @param activity what asking for it amounts to
 */
public record Classification(Product product, Activity activity) {
  /** A path that no route matches. */
  public static final Classification UNCLASSIFIED =
      new Classification(Product.UNCLASSIFIED, Activity.UNCLASSIFIED);
}
