package updategateway.policy.json;

import java.io.IOException;

/** A document is not JSON, or not what was expected of it. */
public final class MalformedJsonException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what is wrong, and where
   */
  public MalformedJsonException(String message) {
    super(message);
  }

  /** Likewise, with what found it. */
  public MalformedJsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
