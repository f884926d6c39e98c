package updategateway.gateway.decisionlog;

/** Texts cut to a length that a line of the log can hold. */
final class LogText {
  /** Bytes that a control character takes in JSON: {@code \u0001}. */
  private static final int ESCAPED = 6;

  private LogText() {}

  /**
   * The text itself where it takes no more than so many bytes as JSON in UTF-8; otherwise its
   * beginning, with its length in characters behind it.
   */
  static String cut(String text, int mostBytes) {
    int bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      bytes += bytes(c);
      if (bytes > mostBytes) {
        return text.substring(0, at) + "... (" + text.length() + " characters)";
      }
      at += Character.charCount(c);
    }
    return text;
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
