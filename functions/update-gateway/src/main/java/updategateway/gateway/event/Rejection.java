package updategateway.gateway.event;

import org.jspecify.annotations.Nullable;
import updategateway.gateway.path.MalformedPathException;
import updategateway.gateway.path.UriTooLongException;

/**
 * The reason why a request is answered without a decision.
 *
 * @param kind what is wrong
 * @param reason for the client, completing "the path …" or "the event …"
 * @param note for the log; null if there is nothing to note
 */
public record Rejection(Kind kind, String reason, @Nullable String note) {
  /** What is wrong with a request. */
  public enum Kind {
    /** It is not an event that this function understands. */
    MALFORMED_EVENT,
    /** The path or query has more than one reading, or may not be served to this client. */
    MALFORMED_PATH,
    /** The path or query is longer than that of any artifact. */
    URI_TOO_LONG,
    /** The headers are too many or too long. */
    HEADERS_TOO_LARGE,
    /** The method is neither GET nor HEAD. */
    METHOD_NOT_ALLOWED
  }

  static final Rejection METHOD_NOT_ALLOWED = new Rejection(Kind.METHOD_NOT_ALLOWED, "", null);

  static final Rejection HEADERS_TOO_LARGE =
      new Rejection(Kind.HEADERS_TOO_LARGE, "", "the headers are too many or too long");

  /**
   * Returns the rejection of an event.
   *
   * @param remedy appended to the reason in the log; may be empty
   */
  static Rejection ofEvent(String reason, String remedy) {
    return new Rejection(Kind.MALFORMED_EVENT, reason, "the event " + reason + remedy);
  }

  /** Returns the rejection of what is not an event of a known format. */
  public static Rejection of(Event.Malformed malformed) {
    return ofEvent(malformed.reason(), "");
  }

  /** Returns the rejection of a path. */
  public static Rejection of(MalformedPathException malformed) {
    Kind kind = malformed instanceof UriTooLongException ? Kind.URI_TOO_LONG : Kind.MALFORMED_PATH;
    String reason = String.valueOf(malformed.getMessage());
    return new Rejection(kind, reason, "the path " + reason);
  }

  /** Returns true if the request is malformed, not only of another method. */
  public boolean isMalformed() {
    return kind != Kind.METHOD_NOT_ALLOWED;
  }
}
