package updategateway.commandline;

/** Text in lines of a width that a person can read. */
public final class TextWrap {
  private static final int WIDEST = 110;

  private TextWrap() {}

  /**
   * The text in lines, the first behind a mark, the others below its text. A word that is wider
   * than a line stays whole.
   */
  public static String of(String mark, String text) {
    String indent = " ".repeat(mark.length());
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(mark);
    boolean empty = true;
    int width = TerminalWidth.columns(WIDEST);
    for (String word : printable(text).split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > width) {
        lines.append(line).append('\n');
        line.setLength(0);
        line.append(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    return lines.append(line).toString();
  }

  /** The text without what a terminal would obey. */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .map(c ->
            Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\uFFFD' : c)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }
}
