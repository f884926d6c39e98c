package updategateway.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.RequestDecider;
import updategateway.gateway.decision.RequestDecision;
import updategateway.gateway.decisionlog.DecisionLogEntry;
import updategateway.gateway.event.Event;
import updategateway.gateway.event.ParsedRequest;
import updategateway.gateway.event.Rejection;
import updategateway.gateway.event.RequestParser;
import updategateway.gateway.registration.RegistrationLookup;
import updategateway.gateway.response.HttpResponse;
import updategateway.gateway.response.ResponseFactory;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.region.AgentRegistry;
import updategateway.region.ClientLocator;
import updategateway.region.LocationReport;
import updategateway.region.LocationSource;
import updategateway.store.refresh.ActivePolicySource;

/**
 * Serves or refuses one request, in five steps: parse the request, locate the client, decide,
 * render the response, and write the log entry. Each step returns a record. Safe for use by many
 * threads.
 */
final class RequestProcessor {
  private final RequestParser parser;
  private final ClientLocator locator;
  private final RequestDecider decider;
  private final ResponseFactory responses;
  private final @Nullable InstantSource freshnessClock;

  RequestProcessor(
      GatewaySettings settings,
      ActivePolicySource policies,
      AgentRegistry agents,
      InstantSource clock) {
    boolean behindLoadBalancer = settings.trust() instanceof LocationSource.LoadBalancer;
    Duration maxClockSkew = settings.maxClockSkew();
    this.parser =
        new RequestParser(behindLoadBalancer, settings.apiMapping().key(), maxClockSkew, clock);
    this.locator = new ClientLocator(settings.trust(), settings.geoDatabase());
    this.decider =
        new RequestDecider(settings, policies, new RegistrationLookup(settings.agentId(), agents));
    this.responses = new ResponseFactory(settings);
    this.freshnessClock = maxClockSkew.isZero() ? null : clock;
  }

  /**
   * A response with its entry in the decision log.
   *
   * @param response to be sent
   * @param entry to be written
   */
  record Processed(HttpResponse response, DecisionLogEntry entry) {}

  /**
   * Returns the response to an event; no exception leaves it.
   *
   * @param id by which the request is found
   */
  Processed process(Event event, String id) {
    try {
      return event instanceof Event.HttpRequest http
          ? process(http, id)
          : malformed(event, id, Rejection.of((Event.Malformed) event));
    } catch (RuntimeException | StackOverflowError e) {
      boolean isHead = event instanceof Event.HttpRequest http && http.method().equals("HEAD");
      HttpResponse response = responses.internalError(isHead, id);
      return new Processed(response, DecisionLogEntry.ofFault(event, id, e, response.status()));
    }
  }

  private Processed process(Event.HttpRequest http, String id) {
    ParsedRequest request = parser.parse(http, id);
    Rejection rejection = request.rejection();
    if (rejection != null && rejection.kind() == Rejection.Kind.MALFORMED_EVENT) {
      return malformed(http, id, rejection);
    }
    LocationReport location = locator.locate(http.origin());
    RequestDecision decision = decider.decide(request, location);
    HttpResponse response = responses.render(request, decision, freshFrom(request.time()));
    return new Processed(
        response, DecisionLogEntry.of(request, location, decision, response.status()));
  }

  private Processed malformed(Event event, String id, Rejection rejection) {
    HttpResponse response = responses.malformedEvent(rejection, id);
    return new Processed(
        response, DecisionLogEntry.ofMalformedEvent(event, id, rejection, response.status()));
  }

  /**
   * Returns when a response begins to be fresh: now, since the event may be older, and a response
   * that is fresh from the event's time on would be fresh beyond the change of the outcome.
   */
  private Instant freshFrom(Instant time) {
    if (freshnessClock == null) {
      return time;
    }
    Instant now = freshnessClock.instant();
    return now.isAfter(time) ? now : time;
  }
}
