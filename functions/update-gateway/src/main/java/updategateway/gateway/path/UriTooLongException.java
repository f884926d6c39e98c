package updategateway.gateway.path;

/** A path or query beyond a limit of length or depth. The message completes "the path …". */
public final class UriTooLongException extends MalformedPathException {
  private static final long serialVersionUID = 1;

  UriTooLongException(String message) {
    super(message);
  }
}
