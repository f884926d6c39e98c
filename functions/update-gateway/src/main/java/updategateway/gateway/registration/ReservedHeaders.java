package updategateway.gateway.registration;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import updategateway.region.EdgeHeaders;

/** Headers in which no agent can name itself, and why. */
final class ReservedHeaders {
  private static final Set<String> CREDENTIALS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "x-api-key",
          "x-amz-security-token",
          "x-csrf-token",
          EdgeHeaders.EDGE_SECRET);

  /** What proxies, the edge and AWS write, whatever the agent sent. */
  private static final Set<String> OF_THE_WAY = Set.of("forwarded", "via", "x-real-ip");

  private static final List<String> BEGIN_OF_THE_WAY =
      List.of("cloudfront-", "x-amz-", "x-amzn-", "x-forwarded-");

  /** What every client sends, or HTTP itself reads. */
  private static final Set<String> OF_THE_PROTOCOL =
      Set.of(
          "accept",
          "cache-control",
          "connection",
          "date",
          "expect",
          "host",
          "keep-alive",
          "max-forwards",
          "origin",
          "pragma",
          "priority",
          "range",
          "referer",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "upgrade-insecure-requests",
          "warning");

  private static final List<String> BEGIN_OF_THE_PROTOCOL =
      List.of("accept-", "content-", "if-", "sec-", "access-control-");

  private ReservedHeaders() {}

  /**
   * Why not, in words behind "it"; empty where an agent may well name itself there.
   *
   * @param name in lower case
   */
  static Optional<String> reason(String name) {
    if (name.equals("authorization")) {
      return Optional.of(
          "carries credentials, which are no agent id: for the user's name of basic authentication"
              + " set AGENT_ID_FROM to basic");
    }
    if (CREDENTIALS.contains(name)) {
      return Optional.of(
          "carries credentials, which are no agent id: name a header of the agent's own, such as"
              + " x-agent-id");
    }
    if (name.equals("user-agent")) {
      return Optional.of(
          "names a program, which many agents share: for an id that stands in it set AGENT_ID_FROM"
              + " to user-agent:PATTERN");
    }
    if (OF_THE_WAY.contains(name) || begins(name, BEGIN_OF_THE_WAY)) {
      return Optional.of(
          "is written on the way and not by the agent: name a header of the agent's own, such as"
              + " x-agent-id");
    }
    return OF_THE_PROTOCOL.contains(name) || begins(name, BEGIN_OF_THE_PROTOCOL)
        ? Optional.of(
            "is a header of HTTP itself, in which no agent names itself: name one of the agent's"
                + " own, such as x-agent-id")
        : Optional.empty();
  }

  private static boolean begins(String name, List<String> beginnings) {
    for (String beginning : beginnings) {
      if (name.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
