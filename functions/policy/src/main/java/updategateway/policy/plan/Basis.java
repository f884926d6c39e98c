package updategateway.policy.plan;

import org.jspecify.annotations.Nullable;
import updategateway.policy.Permit;
import updategateway.policy.Phase;
import updategateway.policy.Policy;

/**
 * By what one of two outcomes is the stricter.
 *
 * @param policy the policy that refuses, or may reach the client
 * @param phase its phase
 * @param permit what lifts the policy in the milder set at the beginning of the stretch; null when
 *     no permit does
 */
public record Basis(Policy policy, Phase phase, @Nullable Permit permit) {}
