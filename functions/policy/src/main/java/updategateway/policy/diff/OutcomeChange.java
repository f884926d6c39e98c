package updategateway.policy.diff;

import java.util.List;

/**
 * A difference between two policy sets with its bases.
 *
 * @param bases the reasons of the stricter outcome, each with what lifts it in the other set
 */
record OutcomeChange(OutcomeDelta difference, List<Cause> bases) {}
