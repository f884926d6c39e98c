package updategateway.gateway;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.path.MalformedPathException;
import updategateway.gateway.path.OtherReadings;
import updategateway.gateway.path.RequestPath;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;

/**
 * What a path may turn out to be at an origin that reads it more leniently than RFC 3986: so that
 * nothing that is refused can be had by the name of something that is not. Safe for many threads.
 */
final class LenientOrigins {
  /** Of the last set that was asked about: one that is in force is asked about again and again. */
  private final AtomicReference<@Nullable Known> last = new AtomicReference<>();

  /**
   * What else the path may be, beside what it says; empty for nearly every path.
   *
   * @param own what it says
   * @throws MalformedPathException when it can be read in too many ways to look at
   */
  Set<Classification> othersThan(Classification own, RequestPath path, Evaluator policy)
      throws MalformedPathException {
    Known known = known(policy.policySet());
    if (path.isPlain()) {
      // It has no other reading, and folding leaves it as it is.
      return known.same ? Set.of() : others(known.folded().classify(path.segments()), own);
    }
    FoldedCatalog folded = known.folded();
    Set<Classification> others = new HashSet<>();
    for (List<String> reading : OtherReadings.of(path)) {
      others.add(policy.classify(reading));
      others.addAll(folded.classify(OtherReadings.folded(reading)));
    }
    others.remove(own);
    return others;
  }

  private static Set<Classification> others(Set<Classification> all, Classification own) {
    if (all.size() == 1 && all.contains(own)) {
      return Set.of();
    }
    Set<Classification> others = new HashSet<>(all);
    others.remove(own);
    return others;
  }

  private Known known(PolicySet set) {
    Known known = last.get();
    if (known == null || !known.set.equals(set.digest())) {
      known = new Known(set);
      last.set(known);
    }
    return known;
  }

  /** What is known of the catalog of a set. */
  private static final class Known {
    final Digest set;

    /** Whether folding changes nothing. */
    final boolean same;

    private final Catalog catalog;

    /** Made when a path first needs it, which few do: a start does not wait for it. */
    private volatile @Nullable FoldedCatalog folded;

    Known(PolicySet of) {
      this.set = of.digest();
      this.catalog = of.catalog();
      this.same = FoldedCatalog.isSame(catalog);
    }

    /** Without a lock: whoever misses it makes an equal one. */
    FoldedCatalog folded() {
      FoldedCatalog made = folded;
      if (made == null) {
        made = new FoldedCatalog(catalog);
        folded = made;
      }
      return made;
    }
  }
}
