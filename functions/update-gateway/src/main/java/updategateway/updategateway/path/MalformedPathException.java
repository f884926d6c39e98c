package updategateway.updategateway.path;

/** A path or query has no single reading. The message completes "the path …". */
public final class MalformedPathException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedPathException(String message) {
    super(message);
  }
}
