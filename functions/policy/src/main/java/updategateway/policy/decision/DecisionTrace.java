package updategateway.policy.decision;

import java.util.List;

/**
 * A decision with what each rule says of each policy, for a person who asks why.
 *
 * @param request the request
 * @param decision rules 4 and 5
 * @param policies rules 1 to 3 for every policy of the set, by id
 */
public record DecisionTrace(Request request, Decision decision, List<PolicyEvaluation> policies) {
  public DecisionTrace {
    policies = List.copyOf(policies);
  }

  /** Returns the policies that the outcome rests on; none if the request is served. */
  public List<PolicyEvaluation> deciding() {
    return policies.stream()
        .filter(
            policy -> decision.outcome() != Outcome.SERVE && policy.outcome() == decision.outcome())
        .toList();
  }
}
