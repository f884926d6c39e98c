package updategateway.store.dynamodb;

import java.io.IOException;

/** A whole answer came, and it is none of DynamoDB. */
public final class MalformedResponseException extends IOException {
  /**
   * @param cause why; only its first line is for people
   */
  public MalformedResponseException(IOException cause) {
    super("no answer of DynamoDB: " + firstLine(String.valueOf(cause.getMessage())), cause);
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
