package updategateway.region;

import java.util.Set;

/**
 * Headers in which other fronts than ours, or clients that would be taken for them, say where a
 * client is. None is ever read; they are counted, because many of them are somebody who tries.
 */
final class UntrustedGeoHeaders {
  private static final String EDGE_PREFIX = "cloudfront-viewer-";

  /** In lower case, by whoever writes them. */
  private static final Set<String> NAMES =
      Set.of(
          // Cloudflare
          "cf-connecting-ip",
          "cf-connecting-ipv6",
          "cf-pseudo-ipv4",
          "cf-ipcountry",
          "cf-ipcontinent",
          "cf-ipcity",
          "cf-region",
          "cf-region-code",
          // Vercel, Netlify, Fly
          "x-vercel-forwarded-for",
          "x-vercel-ip-country",
          "x-vercel-ip-country-region",
          "x-vercel-ip-city",
          "x-vercel-proxied-for",
          "x-nf-client-connection-ip",
          "x-nf-geo",
          "x-country",
          "fly-client-ip",
          // Google
          "x-appengine-country",
          "x-appengine-region",
          "x-appengine-city",
          "x-appengine-user-ip",
          "x-client-geo-location",
          "x-client-region",
          // Fastly, Akamai
          "fastly-client-ip",
          "fastly-geoip-countrycode",
          "true-client-ip",
          "x-akamai-edgescape",
          // Azure
          "x-azure-clientip",
          "x-azure-socketip",
          "x-client-ip",
          "client-ip",
          // nginx, Apache, Traefik and their modules
          "x-real-ip",
          "x-geoip-country",
          "x-geoip-country-code",
          "x-geoip2-country",
          "geoip-country-code",
          "geoip_country_code",
          "x-geo-country",
          "x-geo-country-code",
          "x-geo-location",
          "x-country-code",
          "x-client-country",
          "x-user-country",
          "x-real-country",
          "x-region",
          // Anybody
          "forwarded",
          "forwarded-for",
          "x-forwarded",
          "x-forwarded-country",
          "x-original-forwarded-for",
          "x-original-client-ip",
          "x-originating-ip",
          "x-remote-ip",
          "x-remote-addr",
          "x-cluster-client-ip",
          "x-proxyuser-ip",
          "wl-proxy-client-ip",
          "proxy-client-ip",
          "x-envoy-external-address");

  private UntrustedGeoHeaders() {}

  /**
   * How many there are.
   *
   * @param edgeProven whether CloudFront's headers are trusted, and so not foreign
   */
  static int count(RequestOrigin origin, LocationSource trust, boolean edgeProven) {
    int count = 0;
    for (String name : origin.headers().keySet()) {
      if (NAMES.contains(name) || (!edgeProven && name.startsWith(EDGE_PREFIX))) {
        count++;
      }
    }
    return count + (saysMore(origin, trust, edgeProven) ? 1 : 0);
  }

  /**
   * Whether {@code X-Forwarded-For} says anything that is not known better. Fronts write it on
   * every request; only what a client put into it is worth counting.
   */
  private static boolean saysMore(RequestOrigin origin, LocationSource trust, boolean edgeProven) {
    String header = origin.headers().get(ForwardedFor.HEADER);
    if (header == null) {
      return false;
    }
    if (trust instanceof LocationSource.LoadBalancer balancer) {
      return ForwardedFor.count(header) > balancer.hops();
    }
    String peer = origin.sourceAddress();
    String viewer = edgeProven ? origin.headers().getOrDefault(EdgeHeaders.VIEWER_ADDRESS, "") : "";
    String client = viewer.substring(0, Math.max(0, viewer.lastIndexOf(':')));
    return ForwardedFor.anyMatch(header, entry -> !entry.equals(peer) && !entry.equals(client));
  }
}
