package updategateway.policy.decision;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as far as it can matter to a correction. Immutable.
 *
 * <p>No record: it has the bits of the address at hand, which an address gives out as a copy only.
 */
public final class Client {
  /** Somebody of whom neither is known: no correction is about him. */
  public static final Client ANYBODY = new Client(null, null);

  private final @Nullable InetAddress address;
  private final @Nullable String agentId;

  /** The upper 64 bits of an IPv6 address. */
  final long high;

  /** The lower 64 bits of an IPv6 address, or all of an IPv4 address. */
  final long low;

  /**
   * @param address the client's own, proven by whoever is trusted with it, IPv4 as IPv4; null when
   *     there is none
   * @param agentId what it calls itself, unproven; null when it does not
   */
  public Client(@Nullable InetAddress address, @Nullable String agentId) {
    this.address = address;
    this.agentId = agentId;
    if (address == null) {
      this.high = 0;
      this.low = 0;
    } else {
      byte[] bytes = address.getAddress();
      this.high = AddressBits.high(bytes);
      this.low = AddressBits.low(bytes);
    }
  }

  /** The client's own, proven by whoever is trusted with it; null when there is none. */
  public @Nullable InetAddress address() {
    return address;
  }

  /** What it calls itself, unproven; null when it does not. */
  public @Nullable String agentId() {
    return agentId;
  }

  boolean isIpv6() {
    return isIpv6(address);
  }

  private static boolean isIpv6(@Nullable InetAddress address) {
    return address instanceof Inet6Address;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Client same
        && Objects.equals(address, same.address)
        && Objects.equals(agentId, same.agentId);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(address) + Objects.hashCode(agentId);
  }

  @Override
  public String toString() {
    return "Sender[address=" + address + ", agentId=" + agentId + "]";
  }
}
