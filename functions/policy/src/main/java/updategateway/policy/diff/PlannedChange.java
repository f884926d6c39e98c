package updategateway.policy.diff;

import java.util.List;
import updategateway.policy.model.Activity;

/**
 * One thing that changes, for every combination of these clients, products and activities.
 *
 * @param clients who is concerned; at least one
 * @param products what is asked for
 * @param activities what asking amounts to; at least one
 * @param difference what changes, and when
 * @param bases by what the stricter of the two outcomes holds; at least one
 */
public record PlannedChange(
    List<ClientGroup> clients,
    ProductSet products,
    List<Activity> activities,
    OutcomeDelta difference,
    List<Cause> bases) {
  public PlannedChange {
    clients = List.copyOf(clients);
    activities = List.copyOf(activities);
    bases = List.copyOf(bases);
  }
}
