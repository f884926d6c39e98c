package updategateway.gateway.event;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.path.RequestPath;

/**
 * A request as the settings say to read it.
 *
 * @param id by which the request is found in the log
 * @param http the request as it came
 * @param time by which it is decided
 * @param skewedTime the event's time if it is too far from the clock and so does not count; null
 *     otherwise
 * @param unsetMapping how the event shows an API mapping though none is set; null if it does not
 * @param target what is requested; null if that could not be read
 * @param rejection why it is not decided; null if it is
 */
public record ParsedRequest(
    String id,
    Event.HttpRequest http,
    Instant time,
    @Nullable Instant skewedTime,
    @Nullable String unsetMapping,
    @Nullable Target target,
    @Nullable Rejection rejection) {
  /**
   * What is requested.
   *
   * @param path as matched and sent on
   * @param query as sent, checked
   * @param purpose what the request is for
   * @param subject the path that is decided: that of the query for {@link
   *     Purpose#OVERVIEW_OF_PATH}, otherwise the request's own
   */
  public record Target(RequestPath path, String query, Purpose purpose, RequestPath subject) {}

  /** What a request is for. */
  public enum Purpose {
    /** An artifact. */
    ARTIFACT,
    /** The overview of what the caller may fetch. */
    OVERVIEW,
    /** The overview for one path. */
    OVERVIEW_OF_PATH
  }

  /** Returns the header {@code Accept}; null if there is none. */
  public @Nullable String accept() {
    return http.header("accept").orElse(null);
  }

  /** Returns true for HEAD, which gets a response without its body. */
  public boolean isHead() {
    return http.method().equals("HEAD");
  }

  /** Returns why the request is answered without a decision, if it is. */
  public Optional<Rejection> rejected() {
    return Optional.ofNullable(rejection);
  }
}
