package updategateway.policy.decision;

import java.time.Instant;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/**
 * All that a decision depends on, beside the policy set.
 *
 * @param time when it was made; what is finer than a millisecond does not count
 * @param product what is asked for
 * @param activity what asking for it amounts to
 * @param location where it comes from, by all evidence but corrections
 * @param registrations where the agent's account belongs
 * @param sender who made it, as far as corrections are about him
 */
public record Request(
    Instant time,
    Product product,
    Activity activity,
    Location location,
    Registrations registrations,
    Client sender) {
  /** A request of somebody whom no correction is about. */
  public Request(
      Instant time,
      Product product,
      Activity activity,
      Location location,
      Registrations registrations) {
    this(time, product, activity, location, registrations, Client.ANYBODY);
  }
}
