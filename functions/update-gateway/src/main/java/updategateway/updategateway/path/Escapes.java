package updategateway.updategateway.path;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding (RFC 3986, section 2.1): undone once, and put into its normal form. */
final class Escapes {
  /**
   * Reserved characters that may stand in a segment as they are, without {@code +} and {@code ;}.
   */
  private static final String KEPT = "!$&'()*,=:@";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Escapes() {}

  /**
   * The bytes of a text, each of whose percent signs begins an escape.
   *
   * @throws MalformedPathException when one does not, or the text has half a character
   */
  static byte[] decode(String text) throws MalformedPathException {
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (octet(text, at) < 0) {
        throw new MalformedPathException("has a percent sign without two hexadecimal digits");
      }
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new MalformedPathException("is not valid UTF-8");
    }
    return decodeLeniently(text);
  }

  /** The bytes of a text; a percent sign that begins no escape stands for itself. */
  static byte[] decodeLeniently(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int plain = 0;
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      int octet = octet(text, at);
      if (octet >= 0) {
        bytes.writeBytes(text.substring(plain, at).getBytes(StandardCharsets.UTF_8));
        bytes.write(octet);
        plain = at + 3;
        at += 2;
      }
    }
    bytes.writeBytes(text.substring(plain).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
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
    int at = 0;
    while (at < segment.length()) {
      int c = segment.codePointAt(at);
      int octet = c == '%' ? octet(segment, at) : -1;
      if (octet >= 0) {
        escape(octet, out);
        at += 3;
        continue;
      }
      if (isUnreserved(c) || KEPT.indexOf(c) >= 0) {
        out.append((char) c);
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          out.append('%').append(HEX.toHexDigits(b));
        }
      }
      at += Character.charCount(c);
    }
  }

  private static void escape(int octet, StringBuilder out) {
    if (isUnreserved(octet)) {
      out.append((char) octet);
    } else {
      out.append('%').append(HEX.toHexDigits((byte) octet));
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
   * @throws MalformedPathException when the bytes are not UTF-8, overlong forms included
   */
  static String utf8(byte[] bytes) throws MalformedPathException {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new MalformedPathException("is not valid UTF-8");
    }
  }

  private static int octet(String text, int percent) {
    if (percent + 2 >= text.length()
        || !HexFormat.isHexDigit(text.charAt(percent + 1))
        || !HexFormat.isHexDigit(text.charAt(percent + 2))) {
      return -1;
    }
    return HexFormat.fromHexDigits(text, percent + 1, percent + 3);
  }
}
