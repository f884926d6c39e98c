package updategateway.policy.set;

import java.util.Comparator;
import java.util.List;
import updategateway.policy.Policy;
import updategateway.policy.catalog.Catalog;

/**
 * A catalog and the policies that speak its words: what is deployed, put in force and replayed as
 * one. Immutable.
 *
 * @param catalog from paths to products and activities
 * @param policies ordered by id
 * @param digest the SHA-256 of the canonical JSON of the other two; two sets with the same digest
 *     decide alike
 */
public record PolicySet(Catalog catalog, List<Policy> policies, Digest digest) {
  /**
   * @throws IllegalArgumentException when two policies share an id, they are not in order, or the
   *     digest is another set's
   */
  public PolicySet {
    policies = List.copyOf(policies);
    for (int i = 1; i < policies.size(); i++) {
      if (policies.get(i - 1).id().compareTo(policies.get(i).id()) >= 0) {
        throw new IllegalArgumentException(
            "policies out of order, or twice: " + policies.get(i).id());
      }
    }
    if (!digest.equals(CanonicalForm.digest(catalog, policies))) {
      throw new IllegalArgumentException("the digest is not this set's: " + digest);
    }
  }

  /**
   * The set of these, in any order.
   *
   * @throws IllegalArgumentException when two policies share an id
   */
  public static PolicySet of(Catalog catalog, List<Policy> policies) {
    List<Policy> ordered = policies.stream().sorted(Comparator.comparing(Policy::id)).toList();
    return new PolicySet(catalog, ordered, CanonicalForm.digest(catalog, ordered));
  }
}
