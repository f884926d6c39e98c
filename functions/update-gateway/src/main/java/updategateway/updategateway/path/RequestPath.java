package updategateway.updategateway.path;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one reading of a request's path: decoded once, compared by segments, and sent to the origin
 * as exactly those segments, encoded anew. A path that an origin, a proxy or a file system might
 * read in another way is malformed, never guessed at.
 *
 * @param segments the decoded segments: {@code /a/b} is {@code [a, b]}, {@code /a/} is {@code [a,
 *     ""]}
 * @param encoded the same segments by RFC 3986, each preceded by a slash
 */
public record RequestPath(List<String> segments, String encoded) {
  private static final int LONGEST = 8_192;

  /** Whoever needs more rounds of decoding than this is not asking for a file. */
  private static final int MOST_ROUNDS = 8;

  private static final String PCHAR_SYMBOLS = "-._~!$&'()*+,;=:@";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  public RequestPath {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a raw path.
   *
   * @param rawPath as sent, percent-encoded; what is not encoded though it should be is taken as it
   *     is
   * @throws MalformedPathException with a few words that say why
   */
  public static RequestPath parse(String rawPath) throws MalformedPathException {
    if (!rawPath.startsWith("/")) {
      throw new MalformedPathException("does not begin with a slash");
    }
    if (rawPath.length() > LONGEST) {
      throw new MalformedPathException("is longer than " + LONGEST + " characters");
    }
    List<String> segments = new ArrayList<>();
    StringBuilder encoded = new StringBuilder();
    String[] raw = rawPath.substring(1).split("/", -1);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i].isEmpty() && i < raw.length - 1) {
        throw new MalformedPathException("has a doubled slash");
      }
      byte[] bytes = decode(raw[i], true);
      String segment = text(bytes);
      check(segment);
      checkFurtherReadings(segment);
      segments.add(segment);
      encode(bytes, encoded.append('/'));
    }
    return new RequestPath(segments, encoded.toString());
  }

  /** Refuses what would become dangerous if somebody decoded it again, however often. */
  private static void checkFurtherReadings(String segment) throws MalformedPathException {
    String reading = segment;
    for (int round = 0; reading.indexOf('%') >= 0; round++) {
      if (round == MOST_ROUNDS) {
        throw new MalformedPathException("is encoded over and over");
      }
      String again = text(decode(reading, false));
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
    // Some servers cut parameters off (`..;x`) before they look at the segment.
    int parameters = segment.indexOf(';');
    String name = parameters < 0 ? segment : segment.substring(0, parameters);
    if (name.equals(".") || name.equals("..")) {
      throw new MalformedPathException("has a dot segment");
    }
  }

  /**
   * @param strict whether a percent sign must begin an escape; otherwise one that does not stands
   *     for itself
   */
  private static byte[] decode(String text, boolean strict) throws MalformedPathException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '%') {
        int octet = octet(text, i);
        if (octet >= 0) {
          bytes.write(octet);
          i += 3;
          continue;
        }
        if (strict) {
          throw new MalformedPathException("has a percent sign without two hexadecimal digits");
        }
      }
      int end = text.offsetByCodePoints(i, 1);
      bytes.writeBytes(utf8(text.substring(i, end)));
      i = end;
    }
    return bytes.toByteArray();
  }

  private static int octet(String text, int percent) {
    if (percent + 2 >= text.length()
        || !HexFormat.isHexDigit(text.charAt(percent + 1))
        || !HexFormat.isHexDigit(text.charAt(percent + 2))) {
      return -1;
    }
    return HexFormat.fromHexDigits(text, percent + 1, percent + 3);
  }

  private static byte[] utf8(String text) throws MalformedPathException {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new MalformedPathException("is not valid UTF-8");
    }
  }

  private static String text(byte[] bytes) throws MalformedPathException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedPathException("is not valid UTF-8");
    }
  }

  private static void encode(byte[] bytes, StringBuilder out) {
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      boolean literal =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PCHAR_SYMBOLS.indexOf(c) >= 0;
      if (literal) {
        out.append(c);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
  }

  /**
   * A query as it can be sent on: the same text, if it can stand in a header.
   *
   * @param rawQuery without the question mark; null or empty for none
   * @throws MalformedPathException when it has a space, a fragment, a control or a non-ASCII
   *     character, or is too long
   */
  public static String checkedQuery(@Nullable String rawQuery) throws MalformedPathException {
    if (rawQuery == null) {
      return "";
    }
    if (rawQuery.length() > LONGEST) {
      throw new MalformedPathException("has a query longer than " + LONGEST + " characters");
    }
    if (rawQuery.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '#')) {
      throw new MalformedPathException("has a query with a character that has to be encoded");
    }
    return rawQuery;
  }
}
