package updategateway.region;

/** Who is trusted to say where a client is. Everybody else is ignored, whatever he says. */
public sealed interface LocationSource {
  /**
   * CloudFront's viewer headers, on requests that provably came through it.
   *
   * @param proof what proves it
   */
  record Edge(EdgeAuthentication proof) implements LocationSource {}

  /** The TCP peer that AWS reports, of an HTTP API or function URL that clients call directly. */
  record SourceAddress() implements LocationSource {}

  /**
   * An application load balancer, which appends its TCP peer to {@code X-Forwarded-For}.
   *
   * @param hops how many trusted proxies append to that header, the load balancer included: 1 when
   *     clients call it directly
   */
  record LoadBalancer(int hops) implements LocationSource {
    /** The most proxies that can be in a row. */
    public static final int MAX_HOPS = 10;

    /**
     * @throws IllegalArgumentException when there are fewer than one or more than ten
     */
    public LoadBalancer {
      if (hops < 1 || hops > MAX_HOPS) {
        throw new IllegalArgumentException("is a number from 1 to " + MAX_HOPS);
      }
    }
  }
}
