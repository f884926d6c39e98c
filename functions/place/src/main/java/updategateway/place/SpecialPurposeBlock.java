package updategateway.place;

/**
 * A block of addresses that are not assigned to clients: for documentation, private networks,
 * anycast services and the like.
 *
 * @param block its addresses
 * @param name the registry's name for it
 * @param source the document that defines it
 */
public record SpecialPurposeBlock(CidrBlock block, String name, String source) {}
