package updategateway.region;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.place.IpAddress;

/**
 * Reads where the viewer is from the headers that CloudFront adds ("Add CloudFront request
 * headers", Amazon CloudFront Developer Guide). They say something only when the edge is proven.
 */
public final class EdgeHeaders {
  /** The viewer's country, ISO 3166-1 alpha-2. */
  public static final String VIEWER_COUNTRY = "cloudfront-viewer-country";

  /**
   * The viewer's region, the part of ISO 3166-2 behind the hyphen; absent for requests that begin
   * in EC2.
   */
  public static final String VIEWER_COUNTRY_REGION = "cloudfront-viewer-country-region";

  /** The viewer's address and port, IPv6 without brackets. */
  public static final String VIEWER_ADDRESS = "cloudfront-viewer-address";

  /** The secret that the edge adds where requests are not signed. */
  public static final String EDGE_SECRET = "x-edge-secret";

  private static final int MAX_PORT_LENGTH = 5;
  private static final int MAX_PORT = 65_535;

  private EdgeHeaders() {}

  /**
   * Where the viewer is.
   *
   * @param proven whether the request provably came through the edge
   * @param country the header {@link #VIEWER_COUNTRY}; null when absent
   * @param subdivision the header {@link #VIEWER_COUNTRY_REGION}; null when absent. One that ISO
   *     3166-2 does not have is not known
   */
  public static LocationEvidence read(
      boolean proven, @Nullable String country, @Nullable String subdivision) {
    if (!proven) {
      return unknown(LocationEvidence.Reason.UNPROVEN);
    }
    if (country == null || country.isEmpty()) {
      return unknown(LocationEvidence.Reason.ABSENT);
    }
    String code = CountryCode.canonical(country);
    if (CountryCode.isNowhere(code)) {
      return unknown(LocationEvidence.Reason.NO_COUNTRY);
    }
    if (!CountryCode.isCountry(code)) {
      return unknown(LocationEvidence.Reason.MALFORMED);
    }
    return LocationEvidence.Trusted.of(code, subdivision, VIEWER_COUNTRY);
  }

  /**
   * The viewer's address, from the header {@link #VIEWER_ADDRESS}: {@code 203.0.113.7:44321} or
   * {@code 2001:db8::7:44321}, where what is behind the last colon is the port. Empty when it is
   * anything else.
   */
  public static Optional<IpAddress> viewerAddress(String header) {
    int colon = header.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String port = header.substring(colon + 1);
    return isNumber(port) && Integer.parseInt(port) <= MAX_PORT
        ? IpAddress.parse(header.substring(0, colon))
        : Optional.empty();
  }

  /** One to five digits, the first of them not 0. */
  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_PORT_LENGTH && text.charAt(0) != '0';
  }

  private static LocationEvidence unknown(LocationEvidence.Reason reason) {
    return new LocationEvidence.Absent(reason, VIEWER_COUNTRY);
  }
}
