package updategateway.updategateway;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.CompiledPolicySet;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.updategateway.path.MalformedPathException;
import updategateway.updategateway.path.OtherReadings;
import updategateway.updategateway.path.RequestPath;

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
  Set<Classification> othersThan(Classification own, RequestPath path, CompiledPolicySet policy)
      throws MalformedPathException {
    FoldedCatalog folded = folded(policy.policySet());
    if (path.isPlain() && folded.isSame()) {
      return Set.of();
    }
    Set<Classification> others = new HashSet<>();
    for (List<String> reading : OtherReadings.of(path)) {
      others.add(policy.classify(reading));
      others.addAll(folded.classify(reading));
    }
    others.remove(own);
    return others;
  }

  private FoldedCatalog folded(PolicySet set) {
    Known known = last.get();
    if (known != null && known.set().equals(set.digest())) {
      return known.catalog();
    }
    FoldedCatalog folded = new FoldedCatalog(set.catalog());
    last.set(new Known(set.digest(), folded));
    return folded;
  }

  /**
   * The catalog of a set.
   *
   * @param set which
   * @param catalog folded
   */
  private record Known(Digest set, FoldedCatalog catalog) {}
}
