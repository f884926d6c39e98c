package updategateway.commandline;

/**
 * What was asked for cannot be done as asked. The message is for the person who typed it; the exit
 * code is 2.
 */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}
