package updategateway.policy.diff;

import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;

/**
 * By what one of two outcomes is the stricter.
 *
 * @param policy the policy that refuses, or may reach the client
 * @param phase its phase
 * @param permit what lifts the policy in the milder set at the beginning of the stretch; null when
 *     no permit does
 */
public record Cause(Policy policy, Phase phase, @Nullable Permit permit) {}
