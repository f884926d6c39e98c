package updategateway.gateway.event;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.event.ParsedRequest.Purpose;
import updategateway.gateway.event.ParsedRequest.Target;
import updategateway.gateway.path.MalformedPathException;
import updategateway.gateway.path.RequestPath;
import updategateway.gateway.path.RequestQuery;

/** Parser of HTTP requests: method, path, query and time. Safe for use by many threads. */
public final class RequestParser {
  private final boolean behindLoadBalancer;
  private final String apiMapping;
  private final Duration maxClockSkew;
  private final InstantSource clock;

  /**
   * @param behindLoadBalancer whether clients call a load balancer
   * @param apiMapping the key of the API mapping before every path; empty for none
   * @param maxClockSkew how far the event's time may be from the clock before the clock counts;
   *     zero for any distance
   */
  public RequestParser(
      boolean behindLoadBalancer, String apiMapping, Duration maxClockSkew, InstantSource clock) {
    this.behindLoadBalancer = behindLoadBalancer;
    this.apiMapping = apiMapping;
    this.maxClockSkew = maxClockSkew;
    this.clock = clock;
  }

  /** Returns the request, or why it is not decided. */
  public ParsedRequest parse(Event.HttpRequest http, String id) {
    if (http.front().isLoadBalancer() != behindLoadBalancer) {
      return rejected(http, id, unexpectedFront(http));
    }
    if (!http.method().equals("GET") && !http.method().equals("HEAD")) {
      return rejected(http, id, Rejection.METHOD_NOT_ALLOWED);
    }
    if (!http.headersWithinLimits()) {
      return rejected(http, id, Rejection.HEADERS_TOO_LARGE);
    }
    AskedPath asked = AskedPath.of(http, apiMapping);
    Instant time = time(http);
    Instant skewedTime = time.equals(http.time()) ? null : http.time();
    Target target = null;
    Rejection rejection = null;
    try {
      RequestPath path = RequestPath.parse(asked.path());
      String query = RequestQuery.checked(http.rawQuery());
      // Kept if only the overview's query is malformed, for the log.
      target = new Target(path, query, Purpose.ARTIFACT, path);
      if (path.segments().equals(OverviewQuery.OVERVIEW)) {
        target = overview(path, query);
      }
    } catch (MalformedPathException e) {
      rejection = Rejection.of(e);
    }
    return new ParsedRequest(id, http, time, skewedTime, asked.unsetMapping(), target, rejection);
  }

  private static Target overview(RequestPath path, String query) throws MalformedPathException {
    Optional<RequestPath> subject = OverviewQuery.path(query);
    return subject
        .map(named -> new Target(path, query, Purpose.OVERVIEW_OF_PATH, named))
        .orElseGet(() -> new Target(path, query, Purpose.OVERVIEW, path));
  }

  /** A front that the settings do not name proves nothing, so its events are not answered. */
  private static Rejection unexpectedFront(Event.HttpRequest http) {
    return Rejection.ofEvent(
        http.front().isLoadBalancer()
            ? "is that of a load balancer, which this function does not stand behind"
            : "is not that of a load balancer, which this function stands behind",
        ": see REGION_EVIDENCE");
  }

  private ParsedRequest rejected(Event.HttpRequest http, String id, Rejection rejection) {
    return new ParsedRequest(id, http, clock.instant(), null, null, null, rejection);
  }

  /**
   * Returns AWS's time of the request, so that a recorded event gets the same decision again; the
   * clock if the two are too far apart.
   */
  private Instant time(Event.HttpRequest http) {
    @Nullable Instant reported = http.time();
    if (reported != null && maxClockSkew.isZero()) {
      return reported;
    }
    Instant now = clock.instant();
    return reported == null || Duration.between(reported, now).abs().compareTo(maxClockSkew) > 0
        ? now
        : reported;
  }
}
