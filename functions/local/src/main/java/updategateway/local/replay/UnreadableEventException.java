package updategateway.local.replay;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Text that is not an event. The message names the line, the column and the problem. */
final class UnreadableEventException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableEventException(int line, int column, String problem) {
    super("line " + line + ", column " + column + ": " + problem);
  }

  /**
   * @param linesBefore how many lines precede the text that was parsed
   */
  UnreadableEventException(JsonProcessingException e, int linesBefore) {
    this(linesBefore + location(e).getLineNr(), location(e).getColumnNr(), problem(e));
  }

  private static JsonLocation location(JsonProcessingException e) {
    return e.getLocation() == null ? new JsonLocation(null, 0, 1, 1) : e.getLocation();
  }

  private static String problem(JsonProcessingException e) {
    return "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("no reason is known");
  }
}
