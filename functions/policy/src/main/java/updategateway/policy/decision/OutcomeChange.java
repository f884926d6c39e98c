package updategateway.policy.decision;

import java.time.Instant;

/**
 * When the same question gets another answer.
 *
 * @param at the first instant of the other answer
 * @param to the outcome from then on
 */
public record OutcomeChange(Instant at, Outcome to) {}
