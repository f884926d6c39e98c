package updategateway.policy.decision;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.ScopeBasis;

/**
 * Why a request is not served: one policy, its phase, and the evidence by which it covers the
 * client.
 *
 * @param policy the policy
 * @param phase the phase in force that refuses the activity; of several, the one that began first
 * @param evidence the evidence by which the client is, or may be, covered; at least one piece
 */
public record RefusalReason(Policy policy, Phase phase, List<Evidence> evidence) {
  public RefusalReason {
    evidence = List.copyOf(evidence);
  }

  /** Returns the kinds of that evidence, in the order of the constants. */
  public Set<ScopeBasis> bases() {
    Set<ScopeBasis> bases = EnumSet.noneOf(ScopeBasis.class);
    evidence.forEach(piece -> bases.add(piece.basis()));
    return Collections.unmodifiableSet(bases);
  }
}
