package updategateway.policy.plan;

import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;

/**
 * A kind of client that no policy tells apart any further.
 *
 * @param words who they are, such as {@code located in US-PR}
 * @param location one of their locations
 * @param registrations one of their registrations
 */
public record Client(String words, Location location, Registrations registrations) {}
