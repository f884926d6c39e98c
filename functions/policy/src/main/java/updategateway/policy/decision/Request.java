package updategateway.policy.decision;

import java.time.Instant;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/**
 * All that a decision depends on, beside the policy set.
 *
 * @param time when it was made
 * @param product the product that is requested
 * @param activity what requesting it amounts to
 * @param location where it comes from, by all evidence but corrections
 * @param registrations where the agent's account belongs
 * @param client who made it, as far as corrections can match
 */
public record Request(
    Instant time,
    Product product,
    Activity activity,
    Location location,
    Registrations registrations,
    Client client) {
  /** A request of a client whom no correction matches. */
  public Request(
      Instant time,
      Product product,
      Activity activity,
      Location location,
      Registrations registrations) {
    this(time, product, activity, location, registrations, Client.UNKNOWN);
  }

  /** Returns the same request at another time. */
  public Request at(Instant other) {
    return new Request(other, product, activity, location, registrations, client);
  }

  /** Returns the same request from another location. */
  public Request from(Location other) {
    return new Request(time, product, activity, other, registrations, client);
  }

  /** Returns the same request with other registrations. */
  public Request with(Registrations other) {
    return new Request(time, product, activity, location, other, client);
  }

  /** Returns the same request of another client. */
  public Request by(Client other) {
    return new Request(time, product, activity, location, registrations, other);
  }
}
