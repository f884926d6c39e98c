package updategateway.policystore;

import java.time.Instant;
import updategateway.policy.set.Digest;

/**
 * Which policy set is in force.
 *
 * @param digest its name
 * @param since when it was put in force
 * @param by who did
 * @param sequence how many activations there have been with this one, from 1
 */
public record InForce(Digest digest, Instant since, String by, long sequence) {}
