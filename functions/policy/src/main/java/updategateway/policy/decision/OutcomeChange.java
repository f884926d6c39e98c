package updategateway.policy.decision;

import java.time.Instant;

/**
 * When the outcome of a request changes.
 *
 * @param at the first instant of the other outcome
 * @param outcome the outcome from then on
 */
public record OutcomeChange(Instant at, Outcome outcome) {}
