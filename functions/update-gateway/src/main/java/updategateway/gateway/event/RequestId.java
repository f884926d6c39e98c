package updategateway.gateway.event;

/** The id by which a request is found in logs and responses. */
public final class RequestId {
  private static final int MAX_LENGTH = 128;
  private static final String SYMBOLS = "_=+/.:-";

  private RequestId() {}

  /** Returns the event's id if it can be sent in a header, otherwise the invocation's. */
  public static String of(Event event, String invocationId) {
    return event instanceof Event.HttpRequest http
            && http.requestId() != null
            && isHeaderSafe(http.requestId())
        ? http.requestId()
        : invocationId;
  }

  private static boolean isHeaderSafe(String id) {
    return !id.isEmpty()
        && id.length() <= MAX_LENGTH
        && id.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || SYMBOLS.indexOf(c) >= 0);
  }
}
