package updategateway.place;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits, as CIDR writes them (RFC 4632, section 3.1): {@code
 * 198.41.0.0/24}, {@code 2600:1f00::/24}. Two ranges are apart, or one holds the other.
 *
 * @param first the lowest address; its bits behind the prefix are zero
 * @param length of the prefix, in bits
 */
public record CidrBlock(InetAddress first, int length) {
  private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:]{2,39}");
  private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

  /**
   * @throws IllegalArgumentException when the length is not that of a prefix, or the address has
   *     bits behind it
   */
  public CidrBlock {
    if (length < 0 || length > first.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("no prefix of such an address has the length " + length);
    }
    if (!masked(first, length).equals(first)) {
      throw new IllegalArgumentException("bits behind the prefix: " + first.getHostAddress());
    }
  }

  /** The range of this length that the address is in. */
  public static CidrBlock around(InetAddress address, int length) {
    return new CidrBlock(masked(address, length), length);
  }

  /**
   * Reads {@code 198.41.0.0/24} or {@code 2600:1f00::/24}. Never asks the network for a name.
   *
   * @throws IllegalArgumentException with what to write instead
   */
  public static CidrBlock parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address =
        address(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(() ->
                new IllegalArgumentException("write it like 198.41.0.0/24 or 2600:1f00::/24"));
    int bits = address.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      throw new IllegalArgumentException(
          "write " + text + "/" + bits + " for the one address, or the range that it is in");
    }
    String behind = text.substring(slash + 1);
    if (!LENGTH.matcher(behind).matches() || Integer.parseInt(behind) > bits) {
      throw new IllegalArgumentException("write a prefix length from 0 to " + bits);
    }
    int length = Integer.parseInt(behind);
    CidrBlock range = around(address, length);
    if (!range.first.equals(address)) {
      throw new IllegalArgumentException(
          "write "
              + range
              + " for the whole range, or "
              + around(address, bits)
              + " for the one address");
    }
    return range;
  }

  /** A literal address; empty when it is none, or in one of the forms that are read differently. */
  private static Optional<InetAddress> address(String text) {
    boolean ipv4 = IPV4.matcher(text).matches();
    if (!ipv4 && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      // What the JDK makes an IPv4 address of was written as IPv6: not what the reader sees.
      return ipv4 == address instanceof Inet4Address ? Optional.of(address) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether these are addresses of IPv6. */
  public boolean isIpv6() {
    return first instanceof Inet6Address;
  }

  /** Whether the address is in it. */
  public boolean contains(InetAddress address) {
    return first.getClass() == address.getClass() && masked(address, length).equals(first);
  }

  /** Whether all addresses of the other are in it. */
  public boolean contains(CidrBlock other) {
    return length <= other.length && contains(other.first);
  }

  /**
   * The lowest address that is in this range and in none of the others; empty when they fill it.
   */
  public Optional<InetAddress> firstOutside(Collection<CidrBlock> others) {
    BigInteger next = new BigInteger(1, first.getAddress());
    BigInteger end = next.add(size());
    while (next.compareTo(end) < 0) {
      InetAddress address = address(next);
      Optional<CidrBlock> around =
          others.stream()
              .filter(other -> other.contains(address))
              .min(Comparator.comparingInt(CidrBlock::length));
      if (around.isEmpty()) {
        return Optional.of(address);
      }
      next = new BigInteger(1, around.get().first.getAddress()).add(around.get().size());
    }
    return Optional.empty();
  }

  private BigInteger size() {
    return BigInteger.ONE.shiftLeft(first.getAddress().length * Byte.SIZE - length);
  }

  private InetAddress address(BigInteger number) {
    byte[] bytes = new byte[first.getAddress().length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = number.shiftRight((bytes.length - 1 - i) * Byte.SIZE).byteValue();
    }
    return of(bytes);
  }

  private static InetAddress masked(InetAddress address, int length) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(length - (long) i * Byte.SIZE, 0, Byte.SIZE);
      bytes[i] = (byte) (bytes[i] & (0xff << (Byte.SIZE - kept)));
    }
    return of(bytes);
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four or sixteen bytes make an address", e);
    }
  }

  /** As CIDR writes it; IPv6 by RFC 5952. */
  @Override
  public String toString() {
    return (isIpv6() ? compressed(first.getAddress()) : first.getHostAddress()) + "/" + length;
  }

  private static String compressed(byte[] bytes) {
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
    }
    int from = 0;
    int longest = 1;
    for (int i = 0; i < groups.length; i++) {
      int zeros = 0;
      while (i + zeros < groups.length && groups[i + zeros] == 0) {
        zeros++;
      }
      if (zeros > longest) {
        from = i;
        longest = zeros;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groups.length; i++) {
      if (longest > 1 && i == from) {
        text.append("::");
        i += longest - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
