package updategateway.policy.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Policy;
import updategateway.policy.set.PolicySet;

/**
 * The policies of a set that have permits. A permit is in use if it is valid, matches, and its
 * policy without permits would not let the request be served; so the rules themselves decide, on a
 * set of that policy alone. Safe for many threads.
 */
final class LiftedPolicies {
  private final List<Policy> policies;

  /** By policy id, each made when a permit of it first matches. */
  private final Map<String, Evaluator> withoutPermits = new ConcurrentHashMap<>();

  LiftedPolicies(List<Policy> all) {
    this.policies = all.stream().filter(policy -> !policy.permits().isEmpty()).toList();
  }

  boolean isEmpty() {
    return policies.isEmpty();
  }

  /**
   * Returns the permits in use, ordered by policy id and then as they are written.
   *
   * @param request with the location where corrections put the client
   */
  List<PermitUse> inUse(Request request) {
    List<PermitUse> inUse = new ArrayList<>();
    for (Policy policy : policies) {
      List<Permit> valid =
          policy.permits().stream()
              .filter(permit -> permit.span().contains(request.time()))
              .filter(permit -> permit.matter().matches(request.product(), request.activity()))
              .toList();
      if (valid.isEmpty()) {
        continue;
      }
      Outcome otherwise =
          withoutPermits
              .computeIfAbsent(policy.id(), _ -> withoutPermits(policy))
              .decide(request)
              .outcome();
      if (otherwise != Outcome.SERVE) {
        valid.forEach(permit -> inUse.add(new PermitUse(policy, permit, otherwise)));
      }
    }
    return inUse;
  }

  private static Evaluator withoutPermits(Policy policy) {
    return Evaluator.of(PolicySet.of(new Catalog(List.of()), List.of(policy.withoutPermits())));
  }
}
