package updategateway.updategateway.log;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Client addresses as they may be kept: cut to the network, so that they name no person. */
final class ClientAddress {
  private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:.]{2,45}");
  private static final int IPV4_BYTES = 3;
  private static final int IPV6_BYTES = 6;

  private ClientAddress() {}

  /**
   * The network of an address: {@code 203.0.113.0/24} or {@code 2001:db8:1::/48}; an IPv4 address
   * mapped into IPv6 is an IPv4 address. Null when it is no literal address.
   */
  static @Nullable String network(@Nullable String literal) {
    if (literal == null || !(IPV4.matcher(literal).matches() || IPV6.matcher(literal).matches())) {
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
