package updategateway.policy.set;

import java.util.List;
import updategateway.policy.Policy;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.correction.Correction;

/**
 * A catalog, the policies that speak its words, and corrections of where clients are: what is
 * deployed, put in force and replayed as one. Immutable.
 *
 * @param catalog from paths to products and activities
 * @param policies ordered by id
 * @param corrections ordered by id; mostly few, or none
 * @param digest the SHA-256 of the canonical JSON of the others; two sets with the same digest
 *     decide alike
 */
public record PolicySet(
    Catalog catalog, List<Policy> policies, List<Correction> corrections, Digest digest) {
  /**
   * @throws IllegalArgumentException when two policies or two corrections share an id, they are not
   *     in order, or the digest is another set's
   */
  public PolicySet {
    policies = List.copyOf(policies);
    corrections = List.copyOf(corrections);
    requireOrder("policies", policies.stream().map(Policy::id).toList());
    requireOrder("corrections", corrections.stream().map(Correction::id).toList());
    if (!digest.equals(CanonicalForm.digest(catalog, policies, corrections))) {
      throw new IllegalArgumentException("the digest is not this set's: " + digest);
    }
  }

  private static void requireOrder(String what, List<String> ids) {
    for (int i = 1; i < ids.size(); i++) {
      if (ids.get(i - 1).compareTo(ids.get(i)) >= 0) {
        throw new IllegalArgumentException(what + " out of order, or twice: " + ids.get(i));
      }
    }
  }

  /**
   * The set of these, in any order.
   *
   * @throws IllegalArgumentException when two policies share an id
   */
  public static PolicySet of(Catalog catalog, List<Policy> policies) {
    return of(catalog, policies, List.of());
  }

  /**
   * The set of these, in any order.
   *
   * @throws IllegalArgumentException when two policies or two corrections share an id
   */
  public static PolicySet of(Catalog catalog, List<Policy> policies, List<Correction> corrections) {
    List<Policy> ordered =
        policies.stream().sorted((one, other) -> one.id().compareTo(other.id())).toList();
    List<Correction> corrected =
        corrections.stream().sorted((one, other) -> one.id().compareTo(other.id())).toList();
    return new PolicySet(
        catalog, ordered, corrected, CanonicalForm.digest(catalog, ordered, corrected));
  }
}
