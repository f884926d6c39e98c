package updategateway.updategateway.path;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding (RFC 3986, section 2.1), undone once. */
final class Escapes {
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
