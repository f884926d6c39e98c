package updategateway.place;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ranges that no client has a place by, so that none can be corrected: the IANA IPv4 and IPv6
 * Special-Purpose Address Registries (2025-10-09), multicast, and IPv6 outside of {@code 2000::/3}.
 * Those in which an IPv4 address is written as IPv6 are among them: the client's address is read as
 * the IPv4 address, and that is what a correction names.
 */
public final class SpecialPurposeBlocks {
  private static final List<CidrBlock> ALL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.31.196.0/24",
              "192.52.193.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "192.175.48.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/3",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "2620:4f:8000::/48",
              "3fff::/20",
              "4000::/2",
              "8000::/1")
          .map(CidrBlock::parse)
          .toList();

  private SpecialPurposeBlocks() {}

  /** One with which the range has addresses in common. */
  public static Optional<CidrBlock> overlapping(CidrBlock range) {
    return ALL.stream()
        .filter(reserved -> reserved.contains(range) || range.contains(reserved))
        .findFirst();
  }
}
