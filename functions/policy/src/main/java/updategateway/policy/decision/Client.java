package updategateway.policy.decision;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as far as corrections can match it.
 *
 * @param address the client's proven address, IPv4 as IPv4; null if there is none
 * @param agentId the agent id that the client claims; null if it claims none
 */
public record Client(@Nullable InetAddress address, @Nullable String agentId) {
  /** A client whom no correction matches. */
  public static final Client UNKNOWN = new Client(null, null);
}
