package updategateway.gateway.decisionlog;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Client addresses as they may be kept: cut to the network, so that they name no person. */
final class AddressAnonymizer {
  private static final int LONGEST_IPV6 = 45;
  private static final int IPV4_BYTES = 3;
  private static final int IPV6_BYTES = 6;

  private AddressAnonymizer() {}

  /** Where the last dot is in four numbers up to 255 as everybody writes them; -1 for others. */
  private static int endOfNetwork(String literal) {
    int dots = 0;
    int last = -1;
    int number = -1;
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '.' && number >= 0) {
        dots++;
        last = i;
        number = -1;
      } else if (c >= '0' && c <= '9' && number != 0) {
        number = Math.max(number, 0) * 10 + c - '0';
      } else {
        return -1;
      }
      if (number > 255) {
        return -1;
      }
    }
    return dots == 3 && number >= 0 ? last : -1;
  }

  /** Nothing but what an IPv6 address is written with, and two colons at least. */
  private static boolean isSpelledAsIpv6(String literal) {
    int colons = 0;
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == ':') {
        colons++;
      } else if (c != '.' && !HexFormat.isHexDigit(c)) {
        return false;
      }
    }
    return colons > 1 && literal.length() <= LONGEST_IPV6;
  }

  /**
   * The network of an address: {@code 203.0.113.0/24} or {@code 2001:db8:1::/48}; an IPv4 address
   * mapped into IPv6 is an IPv4 address. Null when it is no literal address.
   */
  static @Nullable String anonymize(@Nullable String literal) {
    if (literal == null) {
      return null;
    }
    int end = endOfNetwork(literal);
    if (end > 0) {
      return literal.substring(0, end) + ".0/24";
    }
    if (!isSpelledAsIpv6(literal)) {
      return null;
    }
    try {
      InetAddress address = InetAddress.ofLiteral(literal);
      byte[] bytes = address.getAddress();
      int kept = address instanceof Inet4Address ? IPV4_BYTES : IPV6_BYTES;
      Arrays.fill(bytes, kept, bytes.length, (byte) 0);
      return address instanceof Inet4Address
          ? InetAddress.getByAddress(bytes).getHostAddress() + "/24"
          : String.format(
              Locale.ROOT,
              "%x:%x:%x::/48",
              ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff),
              ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff),
              ((bytes[4] & 0xff) << 8) | (bytes[5] & 0xff));
    } catch (IllegalArgumentException | UnknownHostException e) {
      return null;
    }
  }
}
