package updategateway.policy.decision;

import java.util.Set;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.ScopeBasis;

/**
 * Why a request is not served: one policy, its phase, and the evidence by which it reaches the
 * client.
 *
 * @param policy the policy
 * @param phase the phase in force that refuses the activity; of several, the one that began first
 * @param evidence by what the client is, or may be, in scope; at least one
 */
public record RefusalReason(Policy policy, Phase phase, Set<ScopeBasis> evidence) {
  public RefusalReason {
    evidence = Set.copyOf(evidence);
  }
}
