package updategateway.policy.parse;

/**
 * A file as an operator wrote it.
 *
 * @param name its name, shown in findings; {@code catalog.yaml} is the catalog, {@code
 *     corrections.yaml} the corrections, any other a policy
 * @param text its content
 */
public record PolicyFile(String name, String text) {}
