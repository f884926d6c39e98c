package updategateway.deployer;

import java.util.List;

/** A request is not one of the custom resource's; the message says why, one sentence a line. */
final class MalformedRequestException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedRequestException(String message) {
    super(message);
  }

  MalformedRequestException(List<String> messages) {
    this(String.join("\n", messages));
  }
}
