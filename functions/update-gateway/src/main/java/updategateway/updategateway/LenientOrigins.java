package updategateway.updategateway;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.CompiledCatalog;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
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
  private final AtomicReference<@Nullable Folded> last = new AtomicReference<>();

  /**
   * What else the path may be, beside what it says; empty for nearly every path.
   *
   * @param own what it says
   * @throws MalformedPathException when it can be read in too many ways to look at
   */
  Set<Classification> othersThan(Classification own, RequestPath path, CompiledPolicySet policy)
      throws MalformedPathException {
    Folded folded = folded(policy.policySet());
    if (path.isPlain() && folded.isSame()) {
      return Set.of();
    }
    Set<Classification> others = new HashSet<>();
    for (List<String> reading : OtherReadings.of(path)) {
      others.add(policy.classify(reading));
      others.add(folded.catalog().classify(OtherReadings.folded(reading)));
    }
    others.remove(own);
    return others;
  }

  private Folded folded(PolicySet set) {
    Folded known = last.get();
    if (known != null && known.set().equals(set.digest())) {
      return known;
    }
    List<Route> routes = set.catalog().routes();
    Catalog catalog = new Catalog(routes.stream().map(LenientOrigins::folded).toList());
    Folded folded =
        new Folded(
            set.digest(), CompiledCatalog.of(catalog, List.of()), catalog.routes().equals(routes));
    last.set(folded);
    return folded;
  }

  private static Route folded(Route route) {
    try {
      PathPattern path = PathPattern.parse(OtherReadings.folded(route.path().toString()));
      return new Route(path, route.product(), route.activity(), route.note());
    } catch (IllegalArgumentException e) {
      // Folding made a character of it that no pattern has: no folded path can match it either.
      return route;
    }
  }

  /**
   * A catalog as it is to an origin that does not tell upper from lower case.
   *
   * @param set whose catalog it is
   * @param catalog folded
   * @param isSame whether folding changed nothing
   */
  private record Folded(Digest set, CompiledCatalog catalog, boolean isSame) {}
}
