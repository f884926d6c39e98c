package updategateway.gateway.path;

import java.util.ArrayList;
import java.util.List;

/**
 * The canonical form of a request's path, made by one parse in two forms: the match form, decoded
 * once and compared with the catalog by segments, and the send form, which goes to the origin.
 * Decoding the send form once gives the match form. Neither has single-dot segments: {@code /a/./b}
 * is {@code /a/b}. A path without a canonical form is malformed.
 *
 * @param segments the match form: {@code /a/b} is {@code [a, b]}, {@code /a/} is {@code [a, ""]},
 *     and {@code /@a%2fb} is {@code [@a/b]}
 * @param encoded the send form: the same segments by RFC 3986, each preceded by a slash. An escaped
 *     reserved character of the request is still escaped, {@code +} and {@code ;} always are
 */
public record RequestPath(List<String> segments, String encoded) {
  /** Characters; the limit of CloudFront for a URL. */
  static final int MAX_LENGTH = 8_192;

  /** Bounds the comparison with patterns; no artifact lies as deep. */
  static final int MAX_SEGMENTS = 128;

  public RequestPath {
    segments = List.copyOf(segments);
  }

  /**
   * Returns the canonical form of a raw path.
   *
   * @param rawPath as sent, percent-encoded. What is not encoded though it should be is taken as it
   *     is, because some fronts decode a path before they hand it on; except what would end a path
   * @throws UriTooLongException if it is too long or too deep
   * @throws MalformedPathException if it has no canonical form; the message says why
   */
  public static RequestPath parse(String rawPath) throws MalformedPathException {
    if (!rawPath.startsWith("/")) {
      throw new MalformedPathException("does not begin with a slash");
    }
    if (rawPath.length() > MAX_LENGTH) {
      throw tooLong();
    }
    if (rawPath.indexOf('?') >= 0 || rawPath.indexOf('#') >= 0) {
      throw new MalformedPathException("has a question mark or number sign that is not encoded");
    }
    String[] raw = rawPath.substring(1).split("/", -1);
    if (raw.length + PathSegment.encodedSlashes(rawPath) > MAX_SEGMENTS) {
      throw new UriTooLongException("has more than " + MAX_SEGMENTS + " segments");
    }
    List<String> segments = new ArrayList<>();
    StringBuilder encoded = new StringBuilder(rawPath.length() + 16);
    for (int i = 0; i < raw.length; i++) {
      boolean last = i == raw.length - 1;
      if (raw[i].isEmpty() && !last) {
        throw new MalformedPathException("has a doubled slash");
      }
      PathSegment segment = PathSegment.parse(raw[i]);
      if (!segment.isSingleDot()) {
        segments.add(segment.name());
        encoded.append('/').append(segment.encoded());
      } else if (last) {
        segments.add("");
        encoded.append('/');
      }
      if (encoded.length() > MAX_LENGTH) {
        throw tooLong();
      }
    }
    return new RequestPath(segments, encoded.toString());
  }

  private static UriTooLongException tooLong() {
    return new UriTooLongException("is longer than " + MAX_LENGTH + " characters");
  }

  /**
   * Returns the path in the value of a query's parameter, which is percent-encoded once more than
   * in a request line and where a plus sign stands for itself.
   *
   * @throws MalformedPathException as {@link #parse} does
   */
  public static RequestPath parseQueryValue(String value) throws MalformedPathException {
    return parse(PercentCoding.utf8(PercentCoding.decode(value)));
  }

  /**
   * Returns true if a segment has an encoded slash. Such a path is malformed unless a route of the
   * catalog has one in the same place.
   */
  public boolean hasEncodedSlash() {
    return segments.stream().anyMatch(segment -> segment.indexOf('/') >= 0);
  }

  /** Returns the match form with every encoded slash taken for a slash. */
  public List<String> segmentsAtEachSlash() {
    return List.of(String.join("/", segments).split("/", -1));
  }

  /**
   * Returns this path.
   *
   * @throws MalformedPathException if it has an encoded slash
   */
  public RequestPath withoutEncodedSlash() throws MalformedPathException {
    if (hasEncodedSlash()) {
      throw encodedSlash();
    }
    return this;
  }

  static MalformedPathException encodedSlash() {
    return new MalformedPathException("has an encoded slash");
  }
}
