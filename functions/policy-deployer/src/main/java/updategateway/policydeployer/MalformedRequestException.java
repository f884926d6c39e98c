package updategateway.policydeployer;

/** A request is not one of the custom resource's; the message says why, as sentences. */
final class MalformedRequestException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedRequestException(String message) {
    super(message);
  }
}
