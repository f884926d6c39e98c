package updategateway.gateway.path;

/** A path or query is longer than any artifact's. The message completes "the path …". */
public final class UriTooLongException extends MalformedPathException {
  private static final long serialVersionUID = 1;

  UriTooLongException(String message) {
    super(message);
  }
}
