package updategateway.policy.model;

import org.jspecify.annotations.Nullable;

/**
 * A dated licence that lifts a policy.
 *
 * @param id kebab-case, unique in its policy
 * @param span when it is valid
 * @param matter which products and activities; neither list means all that the policy refuses
 * @param citation the licence itself
 * @param note a remark for the reader, or null
 */
public record Permit(
    String id, Interval span, Selector matter, String citation, @Nullable String note) {}
