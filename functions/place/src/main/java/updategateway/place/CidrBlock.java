package updategateway.place;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits, in CIDR notation (RFC 4632, section 3.1): {@code
 * 198.41.0.0/24}, {@code 2600:1f00::/24}. Two blocks are disjoint, or one contains the other.
 *
 * @param network the lowest address; its bits after the prefix are zero
 * @param prefixLength in bits
 */
public record CidrBlock(IpAddress network, int prefixLength) {
  private static final Pattern PREFIX_LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  /**
   * @throws IllegalArgumentException if the prefix length is not possible for such an address, or
   *     the address has bits after the prefix
   */
  public CidrBlock {
    if (prefixLength < 0 || prefixLength > network.bits()) {
      throw new IllegalArgumentException("not a prefix length: " + prefixLength);
    }
    if (!network.prefix(prefixLength).equals(network)) {
      throw new IllegalArgumentException("bits after the prefix: " + network);
    }
  }

  /** Returns the block of this prefix length that contains the address. */
  public static CidrBlock of(IpAddress address, int prefixLength) {
    return new CidrBlock(address.prefix(prefixLength), prefixLength);
  }

  /**
   * Returns the block that a text such as {@code 198.41.0.0/24} or {@code 2600:1f00::/24} names. An
   * IPv6 block that is written with an IPv4 address, or that carries IPv4 ({@code ::ffff:0:0/96}),
   * is not accepted: clients are compared by the IPv4 address.
   *
   * @throws IllegalArgumentException with what to write instead
   */
  public static CidrBlock parse(String text) {
    int slash = text.indexOf('/');
    String written = slash < 0 ? text : text.substring(0, slash);
    IpAddress address =
        IpAddress.parse(written)
            .filter(parsed -> !parsed.isIpv4Mapped() && !(parsed.ipv6() && written.contains(".")))
            .orElseThrow(() ->
                new IllegalArgumentException("write it like 198.41.0.0/24 or 2600:1f00::/24"));
    CidrBlock single = of(address, address.bits());
    if (slash < 0) {
      throw new IllegalArgumentException(
          "write "
              + text
              + "/"
              + address.bits()
              + " for the one address, or the range that it is in");
    }
    String length = text.substring(slash + 1);
    if (!PREFIX_LENGTH.matcher(length).matches() || Integer.parseInt(length) > address.bits()) {
      throw new IllegalArgumentException("write a prefix length from 0 to " + address.bits());
    }
    CidrBlock block = of(address, Integer.parseInt(length));
    if (!block.network.equals(address)) {
      throw new IllegalArgumentException(
          "write " + block + " for the whole range, or " + single + " for the one address");
    }
    return block;
  }

  /** Returns true for a block of IPv6 addresses. */
  public boolean isIpv6() {
    return network.ipv6();
  }

  /** Returns true if the address is in this block. */
  public boolean contains(IpAddress address) {
    return isIpv6() == address.ipv6() && address.prefix(prefixLength).equals(network);
  }

  /** Returns true if the address is in this block; IPv4 written as IPv6 counts as IPv4. */
  public boolean contains(InetAddress address) {
    return contains(IpAddress.of(address.getAddress()).orElseThrow());
  }

  /** Returns true if all addresses of the other block are in this one. */
  public boolean contains(CidrBlock other) {
    return prefixLength <= other.prefixLength && contains(other.network);
  }

  /** Returns true if some address is in both blocks. */
  public boolean overlaps(CidrBlock other) {
    return contains(other) || other.contains(this);
  }

  /** Returns the lowest address of this block that is in none of the others, if there is one. */
  public Optional<IpAddress> firstNotIn(Collection<CidrBlock> others) {
    BigInteger next = number(network);
    BigInteger end = next.add(size());
    while (next.compareTo(end) < 0) {
      IpAddress address = address(next);
      Optional<CidrBlock> containing =
          others.stream()
              .filter(other -> other.contains(address))
              .min(Comparator.comparingInt(CidrBlock::prefixLength));
      if (containing.isEmpty()) {
        return Optional.of(address);
      }
      next = number(containing.get().network).add(containing.get().size());
    }
    return Optional.empty();
  }

  private BigInteger size() {
    return BigInteger.ONE.shiftLeft(network.bits() - prefixLength);
  }

  private static BigInteger number(IpAddress address) {
    return new BigInteger(1, address.bytes());
  }

  private IpAddress address(BigInteger number) {
    return new IpAddress(isIpv6(), number.shiftRight(Long.SIZE).longValue(), number.longValue());
  }

  /** Returns CIDR notation; IPv6 addresses by RFC 5952. */
  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }
}
