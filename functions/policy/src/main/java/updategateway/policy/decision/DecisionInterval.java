package updategateway.policy.decision;

import java.time.Instant;

/**
 * A stretch of time in which one question has one decision; it ends where the next begins.
 *
 * @param from its first instant; {@link Instant#MIN} for the beginning of time
 * @param decision what holds
 */
public record DecisionInterval(Instant from, Decision decision) {}
