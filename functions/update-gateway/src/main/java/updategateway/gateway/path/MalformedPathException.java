package updategateway.gateway.path;

/** A path or query without a canonical form. The message completes "the path …". */
public sealed class MalformedPathException extends Exception permits UriTooLongException {
  private static final long serialVersionUID = 1;

  public MalformedPathException(String message) {
    super(message);
  }
}
