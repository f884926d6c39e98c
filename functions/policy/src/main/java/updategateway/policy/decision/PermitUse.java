package updategateway.policy.decision;

import updategateway.policy.model.Permit;
import updategateway.policy.model.Policy;

/**
 * A permit by which a request is served.
 *
 * @param policy the policy that the permit lifts
 * @param permit a valid permit that matches the request
 * @param withoutPermits the outcome of the policy without its permits: refuse or undetermined
 */
public record PermitUse(Policy policy, Permit permit, Outcome withoutPermits) {}
