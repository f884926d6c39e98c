package updategateway.cli.policy.plan;

import org.jspecify.annotations.Nullable;
import updategateway.policy.set.PolicySet;

/**
 * What a plan is made against.
 *
 * @param set the set; null when nothing is in force
 * @param words what it is, for a heading: {@code in force since …}
 */
public record PlanBaseline(@Nullable PolicySet set, String words) {}
