package updategateway.policy.decision;

/** The bits of an address as numbers, compared without allocation. */
final class AddressBits {
  private AddressBits() {}

  /** The upper 64 bits of an IPv6 address, in network order; 0 of an IPv4 address. */
  static long high(byte[] address) {
    return address.length > Integer.BYTES ? bits(address, 0, Long.BYTES) : 0;
  }

  /** The lower 64 bits of an IPv6 address, or all of an IPv4 address. */
  static long low(byte[] address) {
    return bits(address, Math.max(0, address.length - Long.BYTES), address.length);
  }

  private static long bits(byte[] address, int from, int to) {
    long bits = 0;
    for (int i = from; i < to; i++) {
      bits = (bits << Byte.SIZE) | (address[i] & 0xff);
    }
    return bits;
  }
}
