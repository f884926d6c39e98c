package updategateway.policy.decision;

import java.util.List;
import updategateway.policy.model.Correction;

/**
 * Where a client is at an instant, with the corrections that hold then.
 *
 * @param location what is decided by
 * @param corrections that say so, that of the address before that of the agent id; mostly none
 */
public record ResolvedLocation(Location location, List<Correction> corrections) {
  public ResolvedLocation {
    corrections = List.copyOf(corrections);
  }
}
