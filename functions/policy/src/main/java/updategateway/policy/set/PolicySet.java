package updategateway.policy.set;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Policy;

/**
 * A catalog, the policies that speak its words, and corrections of where clients are: what is
 * deployed, put in force and replayed as one. Immutable.
 *
 * <p>Not a record: a record takes each of its parts from whoever makes it, and so would have to
 * find out the digest a second time to know that it is this set's.
 */
public final class PolicySet {
  private final Catalog catalog;
  private final List<Policy> policies;
  private final List<Correction> corrections;
  private final Digest digest;

  private PolicySet(Catalog catalog, List<Policy> policies, List<Correction> corrections) {
    this.catalog = catalog;
    this.policies = policies;
    this.corrections = corrections;
    this.digest = CanonicalForm.digest(catalog, policies, corrections);
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
    return new PolicySet(
        catalog,
        ordered("policies", policies, Policy::id),
        ordered("corrections", corrections, Correction::id));
  }

  private static <T> List<T> ordered(String what, List<T> all, Function<T, String> id) {
    // Not Comparator.comparing: what it makes is put together anew at each start.
    Comparator<T> byId = (one, other) -> id.apply(one).compareTo(id.apply(other));
    List<T> ordered = all.stream().sorted(byId).toList();
    for (int i = 1; i < ordered.size(); i++) {
      if (byId.compare(ordered.get(i - 1), ordered.get(i)) == 0) {
        throw new IllegalArgumentException(what + ", twice: " + id.apply(ordered.get(i)));
      }
    }
    return ordered;
  }

  /** From paths to products and activities. */
  public Catalog catalog() {
    return catalog;
  }

  /** Ordered by id. */
  public List<Policy> policies() {
    return policies;
  }

  /** Ordered by id; mostly few, or none. */
  public List<Correction> corrections() {
    return corrections;
  }

  /**
   * The SHA-256 of the canonical JSON of the others; two sets with the same digest decide alike.
   */
  public Digest digest() {
    return digest;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicySet set
        && digest.equals(set.digest)
        && catalog.equals(set.catalog)
        && policies.equals(set.policies)
        && corrections.equals(set.corrections);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return "PolicySet[" + digest + "]";
  }
}
