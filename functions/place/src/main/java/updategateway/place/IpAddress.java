package updategateway.place;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address.
 *
 * <p>Two texts that look like one address to one reader and like another to the next are how a
 * client gets two places. So there is one notation of IPv4, four decimal numbers without leading
 * zeros, and that of RFC 4291 section 2.2 for IPv6; no name is ever resolved. What the JDK takes
 * besides ({@code 010.0.0.1}, {@code 134744072}, {@code 10.1}, {@code fe80::1%eth0}) is no address
 * here.
 *
 * @param ipv6 whether it has 128 bits
 * @param high the upper 64 bits of an IPv6 address; 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address, or all 32 of an IPv4 address
 */
public record IpAddress(boolean ipv6, long high, long low) {
  private static final int LONGEST = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();
  private static final int GROUPS = 8;
  private static final long IPV4_MASK = 0xffff_ffffL;
  private static final long MAPPED = 0xffffL;
  private static final long NAT64 = 0x0064_ff9b_0000_0000L;
  private static final long SIX_TO_FOUR = 0x2002L;

  /**
   * @throws IllegalArgumentException when an IPv4 address has more than 32 bits
   */
  public IpAddress {
    if (!ipv6 && (high != 0 || (low & ~IPV4_MASK) != 0)) {
      throw new IllegalArgumentException("an IPv4 address has 32 bits");
    }
  }

  /** The IPv4 address of these 32 bits. */
  public static IpAddress ipv4(long bits) {
    return new IpAddress(false, 0, bits);
  }

  /** The address of 4 or 16 bytes, the first one first; empty for any other number of them. */
  public static Optional<IpAddress> of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return switch (bytes.length) {
      case 4 -> Optional.of(ipv4(buffer.getInt() & IPV4_MASK));
      case 16 -> Optional.of(new IpAddress(true, buffer.getLong(), buffer.getLong()));
      default -> Optional.empty();
    };
  }

  /** The address that a text is, all of it; empty when it is none. */
  public static Optional<IpAddress> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    if (text.indexOf(':') >= 0) {
      return parseIpv6(text);
    }
    long bits = parseIpv4(text, 0);
    return bits < 0 ? Optional.empty() : Optional.of(ipv4(bits));
  }

  /** The 32 bits from a position to the end of a text, or -1. */
  private static long parseIpv4(String text, int from) {
    long bits = 0;
    int at = from;
    for (int part = 0; part < 4; part++) {
      if (part > 0 && (at >= text.length() || text.charAt(at++) != '.')) {
        return -1;
      }
      int begin = at;
      int value = 0;
      while (at < text.length() && at - begin < 3 && isDigit(text.charAt(at))) {
        value = value * 10 + (text.charAt(at++) - '0');
      }
      boolean leadingZero = at - begin > 1 && text.charAt(begin) == '0';
      if (at == begin || leadingZero || value > 255) {
        return -1;
      }
      bits = bits << 8 | value;
    }
    return at == text.length() ? bits : -1;
  }

  private static Optional<IpAddress> parseIpv6(String text) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = -1;
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    } else if (text.charAt(0) == ':') {
      return Optional.empty();
    }
    while (at < text.length()) {
      if (count == GROUPS) {
        return Optional.empty();
      }
      int begin = at;
      int value = 0;
      while (at < text.length() && at - begin < 4 && hexDigit(text.charAt(at)) >= 0) {
        value = value << 4 | hexDigit(text.charAt(at++));
      }
      if (at < text.length() && text.charAt(at) == '.') {
        long ipv4 = parseIpv4(text, begin);
        if (ipv4 < 0 || count > GROUPS - 2) {
          return Optional.empty();
        }
        groups[count++] = (int) (ipv4 >>> 16);
        groups[count++] = (int) (ipv4 & 0xffff);
        break;
      }
      if (at == begin) {
        return Optional.empty();
      }
      groups[count++] = value;
      if (at == text.length()) {
        break;
      }
      if (text.charAt(at++) != ':') {
        return Optional.empty();
      }
      if (at < text.length() && text.charAt(at) == ':') {
        if (gap >= 0) {
          return Optional.empty();
        }
        gap = count;
        at++;
      } else if (at == text.length()) {
        return Optional.empty();
      }
    }
    // A gap stands for at least one group of zeros.
    if (gap < 0 ? count != GROUPS : count == GROUPS) {
      return Optional.empty();
    }
    return Optional.of(ofGroups(groups, count, gap));
  }

  private static IpAddress ofGroups(int[] groups, int count, int gap) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < GROUPS; i++) {
      int behind = GROUPS - i;
      int group;
      if (gap < 0 || i < gap) {
        group = groups[i];
      } else {
        group = behind <= count - gap ? groups[count - behind] : 0;
      }
      if (i < GROUPS / 2) {
        high = high << 16 | group;
      } else {
        low = low << 16 | group;
      }
    }
    return new IpAddress(true, high, low);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int hexDigit(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    char lower = (char) (c | 0x20);
    return lower >= 'a' && lower <= 'f' && c < 0x80 ? lower - 'a' + 10 : -1;
  }

  /**
   * The IPv4 address that this one carries, where it does: mapped (RFC 4291, {@code
   * ::ffff:192.0.2.1}), translated with the well-known prefix (RFC 6052, {@code
   * 64:ff9b::192.0.2.1}) or 6to4 (RFC 3056, {@code 2002:c000:201::}). Else this address.
   */
  public IpAddress embeddedIpv4OrSelf() {
    if (!ipv6) {
      return this;
    }
    if (isIpv4Mapped()) {
      return ipv4(low & IPV4_MASK);
    }
    if (high == NAT64 && low >>> 32 == 0) {
      return ipv4(low & IPV4_MASK);
    }
    if (high >>> 48 == SIX_TO_FOUR) {
      return ipv4(high >>> 16 & IPV4_MASK);
    }
    return this;
  }

  /** Returns true for an IPv4 address that is written as IPv6, {@code ::ffff:192.0.2.1}. */
  public boolean isIpv4Mapped() {
    return ipv6 && high == 0 && low >>> 32 == MAPPED;
  }

  /**
   * Returns the address with all bits after the prefix set to zero.
   *
   * @param length of the prefix, from 0 to {@link #bits}
   */
  public IpAddress prefix(int length) {
    return ipv6
        ? new IpAddress(true, high & mask(length), low & mask(length - Long.SIZE))
        : ipv4(low & mask(length + Integer.SIZE));
  }

  private static long mask(int ones) {
    return ones <= 0 ? 0 : -1L << (Long.SIZE - Math.min(ones, Long.SIZE));
  }

  /** 32 or 128. */
  public int bits() {
    return ipv6 ? 128 : 32;
  }

  /** 4 or 16 bytes, the first one first. */
  public byte[] bytes() {
    return ipv6
        ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
        : ByteBuffer.allocate(4).putInt((int) low).array();
  }

  /**
   * The same address for the libraries of the JDK; one that is mapped into IPv6 becomes IPv4 there.
   */
  public InetAddress inetAddress() {
    try {
      return InetAddress.getByAddress(bytes());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  /** The one text of RFC 5952: lower case, the longest run of zeros cut out. */
  @Override
  public String toString() {
    if (!ipv6) {
      return (low >>> 24)
          + "."
          + (low >>> 16 & 0xff)
          + "."
          + (low >>> 8 & 0xff)
          + "."
          + (low & 0xff);
    }
    if (isIpv4Mapped()) {
      return "::ffff:" + ipv4(low & IPV4_MASK);
    }
    int begin = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && group(end) == 0) {
        end++;
      }
      if (end - i > length) {
        begin = i;
        length = end - i;
      }
      i = Math.max(i, end - 1);
    }
    StringBuilder text = new StringBuilder(LONGEST);
    for (int i = 0; i < GROUPS; i++) {
      if (i == begin) {
        text.append("::");
        i += length - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  private int group(int n) {
    long half = n < GROUPS / 2 ? high : low;
    return (int) ((half >>> (48 - 16 * (n % (GROUPS / 2)))) & 0xffff);
  }
}
