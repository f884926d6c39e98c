package updategateway.gateway.decision;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.set.Digest;

/**
 * What one caller may fetch, for each route and activity, why, and until when.
 *
 * @param policySet by which it was decided
 * @param time for which it was decided
 * @param entries in the order of the routes
 */
public record PolicyOverview(Digest policySet, Instant time, List<Entry> entries) {
  public PolicyOverview {
    entries = List.copyOf(entries);
  }

  /** Returns the first change of any entry. */
  public Optional<OutcomeChange> firstChange() {
    return entries.stream()
        .flatMap(entry -> entry.decision().nextChange().stream())
        .min(Comparator.comparing(OutcomeChange::at));
  }

  /**
   * One decision.
   *
   * @param path of the route; null for paths without a matching route, and for a single path
   * @param products to which it applies
   * @param isForOthers whether it applies to all products that no other entry of the route names
   */
  public record Entry(
      @Nullable String path,
      Activity activity,
      List<Product> products,
      boolean isForOthers,
      Decision decision) {
    public Entry {
      products = List.copyOf(products);
    }

    Entry at(String route) {
      return new Entry(route, activity, products, isForOthers, decision);
    }
  }
}
