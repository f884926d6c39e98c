package updategateway.region;

import java.util.Optional;
import java.util.function.Predicate;
import updategateway.place.IpAddress;

/**
 * Reads {@code X-Forwarded-For}: every proxy appends the peer that it was called by, so that what a
 * client wrote itself is on the left, and only as many entries as there are trusted proxies,
 * counted from the right, say anything.
 */
public final class ForwardedFor {
  /** The header's name. */
  public static final String HEADER = "x-forwarded-for";

  private static final int MAX_PORT_LENGTH = 5;

  private ForwardedFor() {}

  /**
   * The peer of the outermost of so many trusted proxies; empty when it is not named, or is no
   * address. A load balancer that keeps client ports writes {@code 203.0.113.7:44321} and {@code
   * [2001:db8::7]:44321}.
   *
   * @param header its values, joined with commas
   * @param hops how many trusted proxies there are, at least 1
   */
  public static Optional<IpAddress> client(String header, int hops) {
    int end = header.length();
    for (int hop = 1; ; hop++) {
      int comma = header.lastIndexOf(',', end - 1);
      if (hop == hops) {
        return address(header.substring(comma + 1, end).strip());
      }
      if (comma < 0) {
        return Optional.empty();
      }
      end = comma;
    }
  }

  /** Returns the number of entries. */
  static long count(String header) {
    return 1 + header.chars().filter(c -> c == ',').count();
  }

  /** Returns true if an entry, as it is written, matches; reads no further than the first. */
  static boolean anyMatch(String header, Predicate<String> predicate) {
    int begin = 0;
    while (begin <= header.length()) {
      int comma = header.indexOf(',', begin);
      int end = comma < 0 ? header.length() : comma;
      if (predicate.test(header.substring(begin, end).strip())) {
        return true;
      }
      begin = end + 1;
    }
    return false;
  }

  private static Optional<IpAddress> address(String entry) {
    if (entry.startsWith("[")) {
      int bracket = entry.indexOf(']');
      boolean closed = bracket > 0 && isPortOrNothing(entry.substring(bracket + 1));
      return closed
          ? IpAddress.parse(entry.substring(1, bracket)).filter(IpAddress::ipv6)
          : Optional.empty();
    }
    int colon = entry.indexOf(':');
    boolean ipv4AndPort =
        colon > 0 && colon == entry.lastIndexOf(':') && isPortOrNothing(entry.substring(colon));
    return IpAddress.parse(ipv4AndPort ? entry.substring(0, colon) : entry);
  }

  private static boolean isPortOrNothing(String text) {
    return text.isEmpty() || (text.startsWith(":") && isPort(text.substring(1)));
  }

  private static boolean isPort(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < (i == 0 ? '1' : '0') || c > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_PORT_LENGTH;
  }
}
