package updategateway.gateway.decisionlog;

import java.nio.charset.StandardCharsets;

/** Texts cut to a length that a line of the log can hold. */
final class LogText {
  /** Bytes that a control character takes in JSON: {@code \u0001}. */
  private static final int ESCAPED = 6;

  private LogText() {}

  /**
   * Returns the text if it takes no more than a number of bytes as JSON in UTF-8; otherwise its
   * beginning, followed by its length in characters. A lone surrogate, which has no form in UTF-8,
   * becomes a question mark.
   */
  static String cut(String text, int maxBytes) {
    int bytes = 0;
    boolean isWellFormed = true;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      bytes += bytes(c);
      if (bytes > maxBytes) {
        String end = "... (" + text.length() + " characters)";
        return wellFormed(text.substring(0, at), isWellFormed) + end;
      }
      isWellFormed &= Character.charCount(c) > 1 || !Character.isSurrogate((char) c);
      at += Character.charCount(c);
    }
    return wellFormed(text, isWellFormed);
  }

  private static String wellFormed(String text, boolean isWellFormed) {
    return isWellFormed
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static int bytes(int c) {
    if (c < ' ') {
      return ESCAPED;
    }
    if (c < 0x80) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
}
