package updategateway.commandline;

/** The width of the terminal that a command writes to, as its launcher measured it. */
public final class TerminalWidth {
  /** The system property with the number of columns; not set where the output is no terminal. */
  public static final String PROPERTY = "updategateway.columns";

  /** A narrower text is harder to read than one that the terminal wraps. */
  private static final int NARROWEST = 60;

  private TerminalWidth() {}

  /** Returns the number of columns of a text's lines: those of the terminal, within limits. */
  public static int columns(int widest) {
    return Math.clamp(Integer.getInteger(PROPERTY, widest), NARROWEST, widest);
  }
}
