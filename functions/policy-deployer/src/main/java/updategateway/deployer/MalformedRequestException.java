package updategateway.deployer;

import java.util.List;

/** The event is not a request of the custom resource; the message has one sentence a line. */
final class MalformedRequestException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedRequestException(List<String> messages) {
    super(String.join("\n", messages));
  }
}
