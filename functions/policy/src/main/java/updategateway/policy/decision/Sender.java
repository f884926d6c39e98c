package updategateway.policy.decision;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as far as it can matter to a correction.
 *
 * @param address the client's own, proven by whoever is trusted with it, IPv4 as IPv4; null when
 *     there is none
 * @param agentId what it calls itself, unproven; null when it does not
 */
public record Sender(@Nullable InetAddress address, @Nullable String agentId) {
  /** Somebody of whom neither is known: no correction is about him. */
  public static final Sender ANYBODY = new Sender(null, null);
}
