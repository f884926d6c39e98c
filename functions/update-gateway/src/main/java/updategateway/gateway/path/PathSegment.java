package updategateway.gateway.path;

import java.util.regex.Pattern;

/**
 * One segment of a request's path in both of its forms.
 *
 * @param name the match form: decoded once; {@code a/b} for {@code a%2fb}
 * @param encoded the send form, by RFC 3986
 */
record PathSegment(String name, String encoded) {
  /** An artifact's name is never encoded as often as this. */
  private static final int MAX_DECODINGS = 8;

  private static final Pattern ENCODED_SLASH = Pattern.compile("%2[fF]");
  private static final String SINGLE_DOT = ".";

  /** Marks at which some servers cut a name: parameters, query, fragment, stream. */
  private static final String CUTS = ";?#:";

  /**
   * Returns the forms of a raw segment.
   *
   * @throws MalformedPathException if the segment has no canonical form
   */
  static PathSegment parse(String raw) throws MalformedPathException {
    String[] names = ENCODED_SLASH.split(raw, -1);
    if (names.length == 1) {
      String name = PercentCoding.utf8(PercentCoding.decode(raw));
      return new PathSegment(isSingleDot(name) ? name : checked(name), encoded(raw));
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i].isEmpty()) {
        throw new MalformedPathException("has an encoded slash without a name on both sides of it");
      }
      names[i] = checked(PercentCoding.utf8(PercentCoding.decode(names[i])));
    }
    return new PathSegment(String.join("/", names), encoded(raw));
  }

  /** Returns how many encoded slashes a raw text has. */
  static int encodedSlashes(String raw) {
    return raw.indexOf('%') < 0 ? 0 : (int) ENCODED_SLASH.matcher(raw).results().count();
  }

  /** Returns true for {@code .}, which RFC 3986, section 5.2.4, removes. */
  boolean isSingleDot() {
    return isSingleDot(name);
  }

  private static boolean isSingleDot(String name) {
    return name.equals(SINGLE_DOT);
  }

  private static String encoded(String raw) {
    StringBuilder encoded = new StringBuilder(raw.length() + 16);
    PercentCoding.normalize(raw, encoded);
    return encoded.toString();
  }

  /**
   * Returns the name.
   *
   * @throws MalformedPathException if the name is dangerous, or becomes so when it is decoded again
   */
  private static String checked(String name) throws MalformedPathException {
    check(name);
    String decoded = name;
    for (int decodings = 0; decoded.indexOf('%') >= 0; decodings++) {
      if (decodings == MAX_DECODINGS) {
        throw new MalformedPathException("is encoded over and over");
      }
      String again = PercentCoding.utf8(PercentCoding.decodeLeniently(decoded));
      if (again.equals(decoded)) {
        return name;
      }
      check(again);
      decoded = again;
    }
    return name;
  }

  private static void check(String name) throws MalformedPathException {
    if (name.indexOf('/') >= 0) {
      throw new MalformedPathException("has an encoded slash");
    }
    if (name.indexOf('\\') >= 0) {
      throw new MalformedPathException("has a backslash");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new MalformedPathException("has a control character");
    }
    if (isDotSegment(name)) {
      throw new MalformedPathException("has a dot segment");
    }
  }

  /**
   * Returns true for {@code .} and {@code ..}, also with more dots, with spaces or plus signs that
   * servers trim, or before a mark at which servers cut: {@code ..;x} leaves the folder in a
   * servlet container.
   */
  private static boolean isDotSegment(String name) {
    int end = 0;
    boolean dotted = false;
    while (end < name.length() && ". +".indexOf(name.charAt(end)) >= 0) {
      dotted |= name.charAt(end) == '.';
      end++;
    }
    return dotted && (end == name.length() || CUTS.indexOf(name.charAt(end)) >= 0);
  }
}
