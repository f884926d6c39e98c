package updategateway.place;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The blocks of addresses that have no location. If a database names a country for one of them, the
 * database is wrong.
 *
 * <p>They are all blocks of the IANA IPv4 and IPv6 Special-Purpose Address Registries (<a
 * href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a>, <a
 * href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a>, both last updated
 * 2025-10-09), whether globally reachable or not, except the three from which {@link
 * IpAddress#embeddedIpv4OrSelf} takes an IPv4 address; multicast; and all of IPv6 outside of {@code
 * 2000::/3}, which is the only part that is assigned (<a
 * href="https://www.iana.org/assignments/ipv6-address-space">IPv6 Address Space</a>, 2025-10-23).
 */
public final class SpecialPurposeBlocks {
  /** The most specific ones first. */
  private static final List<SpecialPurposeBlock> BLOCKS =
      Stream.of(
              block("0.0.0.0/8", "\"This network\"", "RFC 791, section 3.2"),
              block("0.0.0.0/32", "\"This host on this network\"", "RFC 1122, section 3.2.1.3"),
              block("10.0.0.0/8", "Private-Use", "RFC 1918"),
              block("100.64.0.0/10", "Shared Address Space", "RFC 6598"),
              block("127.0.0.0/8", "Loopback", "RFC 1122, section 3.2.1.3"),
              block("169.254.0.0/16", "Link Local", "RFC 3927"),
              block("172.16.0.0/12", "Private-Use", "RFC 1918"),
              block("192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890, section 2.1"),
              block("192.0.0.0/29", "IPv4 Service Continuity Prefix", "RFC 7335"),
              block("192.0.0.8/32", "IPv4 dummy address", "RFC 7600"),
              block("192.0.0.9/32", "Port Control Protocol Anycast", "RFC 7723"),
              block("192.0.0.10/32", "Traversal Using Relays around NAT Anycast", "RFC 8155"),
              block("192.0.0.170/31", "NAT64/DNS64 Discovery", "RFC 8880, RFC 7050"),
              block("192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737"),
              block("192.31.196.0/24", "AS112-v4", "RFC 7535"),
              block("192.52.193.0/24", "AMT", "RFC 7450"),
              block("192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526"),
              block("192.88.99.2/32", "6a44-relay anycast address", "RFC 6751"),
              block("192.168.0.0/16", "Private-Use", "RFC 1918"),
              block("192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534"),
              block("198.18.0.0/15", "Benchmarking", "RFC 2544"),
              block("198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737"),
              block("203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737"),
              block("224.0.0.0/4", "Multicast", "RFC 5771"),
              block("240.0.0.0/4", "Reserved", "RFC 1112, section 4"),
              block("255.255.255.255/32", "Limited Broadcast", "RFC 8190, RFC 919"),
              block("::/128", "Unspecified Address", "RFC 4291"),
              block("::1/128", "Loopback Address", "RFC 4291"),
              block("::/96", "IPv4-compatible, deprecated", "RFC 4291, section 2.5.5.1"),
              block("64:ff9b:1::/48", "IPv4-IPv6 Translation, local use", "RFC 8215"),
              block("100::/64", "Discard-Only Address Block", "RFC 6666"),
              block("100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780"),
              block("2001::/23", "IETF Protocol Assignments", "RFC 2928"),
              block("2001::/32", "Teredo", "RFC 4380, RFC 8190"),
              block("2001:1::1/128", "Port Control Protocol Anycast", "RFC 7723"),
              block("2001:1::2/128", "Traversal Using Relays around NAT Anycast", "RFC 8155"),
              block("2001:1::3/128", "DNS-SD Service Registration Protocol Anycast", "RFC 9665"),
              block("2001:2::/48", "Benchmarking", "RFC 5180"),
              block("2001:3::/32", "AMT", "RFC 7450"),
              block("2001:4:112::/48", "AS112-v6", "RFC 7535"),
              block("2001:10::/28", "Deprecated (previously ORCHID)", "RFC 4843"),
              block("2001:20::/28", "ORCHIDv2", "RFC 7343"),
              block("2001:30::/28", "Drone Remote ID Protocol Entity Tags (DETs)", "RFC 9374"),
              block("2001:db8::/32", "Documentation", "RFC 3849"),
              block("2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534"),
              block("3fff::/20", "Documentation", "RFC 9637"),
              block("5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602"),
              block("fc00::/7", "Unique-Local", "RFC 4193, RFC 8190"),
              block("fe80::/10", "Link-Local Unicast", "RFC 4291"),
              block("fec0::/10", "Site-Local, deprecated", "RFC 3879"),
              block("ff00::/8", "Multicast", "RFC 4291, section 2.7"),
              block("::/3", "not global unicast", "IANA IPv6 Address Space"),
              block("4000::/2", "not global unicast", "IANA IPv6 Address Space"),
              block("8000::/1", "not global unicast", "IANA IPv6 Address Space"))
          .sorted(Comparator.comparingInt(special -> -special.block().prefixLength()))
          .toList();

  /** 6to4 (RFC 3056); the other two blocks that carry IPv4 addresses are parts of {@code ::/3}. */
  private static final CidrBlock SIX_TO_FOUR = CidrBlock.parse("2002::/16");

  private SpecialPurposeBlocks() {}

  /** Returns the most specific block that contains an address, if there is one. */
  public static Optional<SpecialPurposeBlock> containing(IpAddress address) {
    return BLOCKS.stream().filter(special -> special.block().contains(address)).findFirst();
  }

  /**
   * Returns a block of addresses that no client is compared by and that overlaps the given one, if
   * there is one: the largest special-purpose block, or one whose addresses carry IPv4 addresses.
   */
  public static Optional<CidrBlock> overlapping(CidrBlock block) {
    return Stream.concat(
            BLOCKS.reversed().stream().map(SpecialPurposeBlock::block), Stream.of(SIX_TO_FOUR))
        .filter(block::overlaps)
        .findFirst();
  }

  /** Returns every block, the most specific ones first. */
  public static List<SpecialPurposeBlock> all() {
    return BLOCKS;
  }

  private static SpecialPurposeBlock block(String block, String name, String source) {
    return new SpecialPurposeBlock(CidrBlock.parse(block), name, source);
  }
}
