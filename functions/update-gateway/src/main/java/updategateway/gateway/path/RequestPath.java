package updategateway.gateway.path;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's path in two forms made by one parse: the match form, decoded once and compared with
 * the catalog by segments, and the send form, which goes to the origin. Decoding the send form once
 * gives the match form. Neither has single-dot segments: {@code /a/./b} is {@code /a/b}. A path
 * that an origin, a proxy or a file system might read in another way is malformed, never guessed
 * at.
 *
 * @param segments the match form: {@code /a/b} is {@code [a, b]}, {@code /a/} is {@code [a, ""]},
 *     and {@code /@a%2fb} is {@code [@a/b]}
 * @param encoded the send form: the same segments by RFC 3986, each preceded by a slash. An escaped
 *     reserved character of the request is still escaped, {@code +} and {@code ;} always are
 */
public record RequestPath(List<String> segments, String encoded) {
  /** Characters; what CloudFront takes of a URL. */
  static final int LONGEST = 8_192;

  /** Far beyond any folder; keeps the comparison with patterns short. */
  static final int MOST_SEGMENTS = 128;

  /** Whoever needs more rounds of decoding than this is not asking for a file. */
  private static final int MOST_ROUNDS = 8;

  private static final String ENCODED_SLASH = "%2f";

  public RequestPath {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a raw path.
   *
   * @param rawPath as sent, percent-encoded; what is not encoded though it should be is taken as it
   *     is, because some fronts decode a path before they hand it on; but for what would end a path
   * @throws UriTooLongException when it is too long or too deep
   * @throws MalformedPathException with a few words that say why
   */
  public static RequestPath parse(String rawPath) throws MalformedPathException {
    if (!rawPath.startsWith("/")) {
      throw new MalformedPathException("does not begin with a slash");
    }
    if (rawPath.length() > LONGEST) {
      throw tooLong();
    }
    RequestPath plain = plain(rawPath);
    if (plain != null) {
      return plain;
    }
    if (rawPath.indexOf('?') >= 0 || rawPath.indexOf('#') >= 0) {
      throw new MalformedPathException("has a question mark or number sign that is not encoded");
    }
    String[] raw = rawPath.substring(1).split("/", -1);
    if (raw.length + encodedSlashes(rawPath) > MOST_SEGMENTS) {
      throw new UriTooLongException("has more than " + MOST_SEGMENTS + " segments");
    }
    // Before anything is compared: what is longer when it is encoded would cost the most.
    String[] normal = normal(raw);
    List<String> segments = new ArrayList<>();
    StringBuilder encoded = new StringBuilder(rawPath.length() + 16);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i].isEmpty() && i < raw.length - 1) {
        throw new MalformedPathException("has a doubled slash");
      }
      String segment = segment(raw[i]);
      if (segment.equals(".")) {
        // RFC 3986, section 5.2.4: it goes, and the slash before it stays.
        if (i == raw.length - 1) {
          segments.add("");
          encoded.append('/');
        }
        continue;
      }
      segments.add(segment);
      encoded.append('/').append(normal[i]);
    }
    return new RequestPath(segments, encoded.toString());
  }

  private static String[] normal(String[] raw) throws UriTooLongException {
    String[] normal = new String[raw.length];
    int length = raw.length;
    for (int i = 0; i < raw.length; i++) {
      StringBuilder segment = new StringBuilder(raw[i].length() + 16);
      PercentCoding.normalize(raw[i], segment);
      normal[i] = segment.toString();
      length += normal[i].length();
    }
    if (length > LONGEST) {
      throw tooLong();
    }
    return normal;
  }

  private static int encodedSlashes(String rawPath) {
    int slashes = 0;
    for (int at = encodedSlash(rawPath, 0); at >= 0; at = encodedSlash(rawPath, at + 1)) {
      slashes++;
    }
    return slashes;
  }

  /** A segment, decoded; {@code a/b} where it is {@code a%2fb}. */
  private static String segment(String raw) throws MalformedPathException {
    int slash = encodedSlash(raw, 0);
    if (slash < 0) {
      String name = PercentCoding.utf8(PercentCoding.decode(raw));
      return name.equals(".") ? name : checked(name);
    }
    StringBuilder segment = new StringBuilder(raw.length());
    int begin = 0;
    while (slash >= 0) {
      segment.append(besideSlash(raw.substring(begin, slash))).append('/');
      begin = slash + ENCODED_SLASH.length();
      slash = encodedSlash(raw, begin);
    }
    return segment.append(besideSlash(raw.substring(begin))).toString();
  }

  private static int encodedSlash(String raw, int from) {
    for (int at = raw.indexOf('%', from); at >= 0; at = raw.indexOf('%', at + 1)) {
      if (raw.regionMatches(true, at, ENCODED_SLASH, 0, ENCODED_SLASH.length())) {
        return at;
      }
    }
    return -1;
  }

  /** All rules for a segment hold for what is beside an encoded slash, and it may not be empty. */
  private static String besideSlash(String raw) throws MalformedPathException {
    if (raw.isEmpty()) {
      throw new MalformedPathException("has an encoded slash without a name on both sides of it");
    }
    return checked(PercentCoding.utf8(PercentCoding.decode(raw)));
  }

  private static String checked(String name) throws MalformedPathException {
    check(name);
    checkFurtherReadings(name);
    if (Leniency.isDots(name)) {
      throw new MalformedPathException("has a dot segment");
    }
    return name;
  }

  /**
   * Whether a segment has an encoded slash. Such a path is malformed unless a route of the catalog
   * has one in the same place.
   */
  public boolean hasEncodedSlash() {
    for (String segment : segments) {
      if (segment.indexOf('/') >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The segments as they are where an encoded slash is taken for a slash. */
  public List<String> segmentsAtEachSlash() {
    return List.of(String.join("/", segments).split("/", -1));
  }

  /**
   * This path.
   *
   * @throws MalformedPathException when it has an encoded slash
   */
  public RequestPath withoutEncodedSlash() throws MalformedPathException {
    if (hasEncodedSlash()) {
      throw new MalformedPathException("has an encoded slash");
    }
    return this;
  }

  /**
   * The path that nearly every agent asks for: letters, digits and marks that are their own
   * encoding and mean nothing to anybody. Null for every other, which is read with care.
   */
  private static @Nullable RequestPath plain(String rawPath) {
    List<String> segments = new ArrayList<>();
    int begin = 1;
    for (int i = 1; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      if (c == '/') {
        if (i == begin) {
          return null;
        }
        segments.add(rawPath.substring(begin, i));
        begin = i + 1;
      } else if (!((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '_'
          || (c == '.' && i > begin))) {
        return null;
      }
    }
    segments.add(rawPath.substring(begin));
    return segments.size() > MOST_SEGMENTS ? null : new RequestPath(segments, rawPath);
  }

  private static UriTooLongException tooLong() {
    return new UriTooLongException("is longer than " + LONGEST + " characters");
  }

  /**
   * Whether nobody could read it in another way: lower-case letters, digits and marks that mean
   * nothing to anybody. Where it is false, {@link OtherReadings} tells what others may read.
   */
  public boolean isPlain() {
    for (int i = 1; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || ((c == '.' || c == '/')
                  && i + 1 < encoded.length()
                  && encoded.charAt(i + 1) != '/');
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  /** Refuses what would become dangerous if somebody decoded it again, however often. */
  private static void checkFurtherReadings(String segment) throws MalformedPathException {
    String reading = segment;
    for (int round = 0; reading.indexOf('%') >= 0; round++) {
      if (round == MOST_ROUNDS) {
        throw new MalformedPathException("is encoded over and over");
      }
      String again = PercentCoding.utf8(PercentCoding.decodeLeniently(reading));
      if (again.equals(reading)) {
        return;
      }
      check(again);
      reading = again;
    }
  }

  private static void check(String segment) throws MalformedPathException {
    if (segment.indexOf('/') >= 0) {
      throw new MalformedPathException("has an encoded slash");
    }
    if (segment.indexOf('\\') >= 0) {
      throw new MalformedPathException("has a backslash");
    }
    if (segment.chars().anyMatch(Character::isISOControl)) {
      throw new MalformedPathException("has a control character");
    }
  }

  /**
   * Reads a path that is the value of a query's parameter: percent-encoded once more than in a
   * request line, where a plus sign stands for itself.
   *
   * @throws MalformedPathException as {@link #parse} does
   */
  public static RequestPath parseQueryValue(String value) throws MalformedPathException {
    try {
      return parse(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(PercentCoding.decode(value)))
              .toString());
    } catch (CharacterCodingException e) {
      throw new MalformedPathException("is not valid UTF-8");
    }
  }

  /**
   * A query as it can be sent on: the same text, if it can stand in a header.
   *
   * @param rawQuery without the question mark; null or empty for none
   * @throws UriTooLongException when it is too long
   * @throws MalformedPathException when it has a space, a fragment, a control or a non-ASCII
   *     character
   */
  public static String checkedQuery(@Nullable String rawQuery) throws MalformedPathException {
    if (rawQuery == null) {
      return "";
    }
    if (rawQuery.length() > LONGEST) {
      throw new UriTooLongException("has a query longer than " + LONGEST + " characters");
    }
    for (int i = 0; i < rawQuery.length(); i++) {
      char c = rawQuery.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        throw new MalformedPathException("has a query with a character that has to be encoded");
      }
    }
    return rawQuery;
  }
}
