package updategateway.store.refresh;

import java.util.Optional;
import updategateway.policy.decision.Evaluator;

/** The policy set that requests are decided by. Implementations are safe for many threads. */
public interface ActivePolicySource {
  /** The set to decide by now; empty when none can be had. Never throws. */
  Optional<Evaluator> current();

  /** This one set for ever: what a replay decides by. */
  static ActivePolicySource always(Evaluator set) {
    return () -> Optional.of(set);
  }
}
