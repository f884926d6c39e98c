package updategateway.gateway.text;

import java.text.Normalizer;

/** Text in ASCII, for terminals and log files that know nothing else. */
public final class AsciiText {
  private AsciiText() {}

  /**
   * The text in printable ASCII, in one line: accents fall away, signs become what they stand for,
   * and what is left becomes a question mark.
   */
  public static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder ascii = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .mapToObj(AsciiText::of)
        .forEach(ascii::append);
    return ascii.toString();
  }

  /** Whether the text has a form in ASCII, so that nothing of it becomes a question mark. */
  public static boolean canSay(String text) {
    return questionMarks(of(text)) == questionMarks(text);
  }

  private static int questionMarks(String text) {
    int marks = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '?') {
        marks++;
      }
    }
    return marks;
  }

  /** Whether it has nothing but characters of ASCII that are seen, and spaces. */
  public static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static String of(int c) {
    if (c >= ' ' && c < 0x7f) {
      return String.valueOf((char) c);
    }
    return switch (c) {
      case '§' -> "section";
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014' -> "-";
      case '\u2018', '\u2019', '\u201a' -> "'";
      case '\u201c', '\u201d', '\u201e', '«', '»' -> "\"";
      case 'ß' -> "ss";
      case 'Æ' -> "AE";
      case 'æ' -> "ae";
      case 'Œ' -> "OE";
      case 'œ' -> "oe";
      case 'Ø' -> "O";
      case 'ø' -> "o";
      case 'Ł' -> "L";
      case 'ł' -> "l";
      case 'Đ', 'Ð' -> "D";
      case 'đ', 'ð' -> "d";
      case 'Þ' -> "Th";
      case 'þ' -> "th";
      case 'ı' -> "i";
      case '\t', '\n', '\r', '\u2028', '\u2029' -> " ";
      default -> "?";
    };
  }
}
