package updategateway.gateway.registration;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The encoding {@code application/x-www-form-urlencoded} of a query's names and values. */
final class FormEncoding {
  private FormEncoding() {}

  /**
   * Returns true if the text can be decoded. An exception for each parameter would cost too much.
   */
  static boolean isWellFormed(String text) {
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (at + 2 >= text.length()
          || !HexFormat.isHexDigit(text.charAt(at + 1))
          || !HexFormat.isHexDigit(text.charAt(at + 2))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the decoded form of well-formed text. */
  static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
