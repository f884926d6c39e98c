package updategateway.gateway.path;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Percent-encoding by RFC 3986, section 2.1: decoding, and the normal form. */
final class PercentCoding {
  /**
   * Reserved characters that may stand in a segment as they are, without {@code +} and {@code ;}.
   */
  private static final String KEPT = "!$&'()*,=:@";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentCoding() {}

  /**
   * Returns the bytes of a text of which every percent sign begins an escape.
   *
   * @throws MalformedPathException if one does not, or the text has an unpaired surrogate
   */
  static byte[] decode(String text) throws MalformedPathException {
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (at + 2 >= text.length()
          || !HexFormat.isHexDigit(text.charAt(at + 1))
          || !HexFormat.isHexDigit(text.charAt(at + 2))) {
        throw new MalformedPathException("has a percent sign without two hexadecimal digits");
      }
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new MalformedPathException("is not valid UTF-8");
    }
    return decodeLeniently(text);
  }

  /** Returns the bytes of a text; a percent sign that begins no escape stands for itself. */
  static byte[] decodeLeniently(String text) {
    // An escape is of ASCII and never within a character of several bytes.
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int at = 0; at < bytes.length; at++) {
      int octet = bytes[at] == '%' ? octet(bytes, at) : -1;
      bytes[length++] = octet < 0 ? bytes[at] : (byte) octet;
      at += octet < 0 ? 0 : 2;
    }
    return Arrays.copyOf(bytes, length);
  }

  private static int octet(byte[] text, int percent) {
    if (percent + 2 >= text.length
        || !HexFormat.isHexDigit(text[percent + 1])
        || !HexFormat.isHexDigit(text[percent + 2])) {
      return -1;
    }
    return HexFormat.fromHexDigit(text[percent + 1]) << 4
        | HexFormat.fromHexDigit(text[percent + 2]);
  }

  /**
   * Appends the normal form of a segment that {@link #decode} accepts (RFC 3986, section 6.2.2):
   * escapes of unreserved characters are undone, all others are kept with upper-case digits, and
   * what may not stand in a segment is escaped. An escape of a reserved character is not equivalent
   * to the character (section 2.2) and is kept.
   *
   * <p>{@code +} and {@code ;} are always escaped: object stores such as S3 read a plus sign in a
   * path as a space, and servlet containers cut a segment at a semicolon.
   */
  static void normalize(String segment, StringBuilder out) {
    byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at++) {
      int octet = bytes[at] == '%' ? octet(bytes, at) : -1;
      int c = octet < 0 ? bytes[at] & 0xff : octet;
      if (isUnreserved(c) || (octet < 0 && KEPT.indexOf(c) >= 0)) {
        out.append((char) c);
      } else {
        out.append('%').append(HEX.toHighHexDigit(c)).append(HEX.toLowHexDigit(c));
      }
      at += octet < 0 ? 0 : 2;
    }
  }

  /** RFC 3986, section 2.3. */
  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  /**
   * Returns the text of some bytes.
   *
   * @throws MalformedPathException if they are not UTF-8, overlong forms included
   */
  static String utf8(byte[] bytes) throws MalformedPathException {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new MalformedPathException("is not valid UTF-8");
    }
  }
}
