package updategateway.policy.model;

import org.jspecify.annotations.Nullable;

/**
 * What a policy never touches.
 *
 * @param matter which products and activities
 * @param note why, or null
 */
public record Exemption(Selector matter, @Nullable String note) {}
