package updategateway.policy.decision;

import java.time.Instant;

/**
 * The decision on one question from an instant on, until the next interval begins.
 *
 * @param from the first instant; {@link Instant#MIN} for the first interval
 * @param decision the decision
 */
public record DecisionInterval(Instant from, Decision decision) {}
