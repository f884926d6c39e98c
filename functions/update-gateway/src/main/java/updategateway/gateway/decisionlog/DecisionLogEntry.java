package updategateway.gateway.decisionlog;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.DecisionContext;
import updategateway.gateway.decision.RequestDecision;
import updategateway.gateway.decision.RequestDecision.Decided;
import updategateway.gateway.event.Event;
import updategateway.gateway.event.ParsedRequest;
import updategateway.gateway.event.Rejection;
import updategateway.gateway.registration.RegistrationLookup;
import updategateway.place.Place;
import updategateway.policy.decision.Registrations;
import updategateway.policy.model.Correction;
import updategateway.region.LocationReport;

/**
 * One request in the decision log: everything that its decision rested on, and nothing that
 * identifies a person. {@link DecisionLogWriter} writes it.
 *
 * @param requestId by which the request is found
 * @param status of the response
 * @param outcome the outcome of the decision, or what happened instead of one
 * @param http the request as it came; null if the event is none
 * @param request the request as it was parsed; null if it was not
 * @param location where the client is by all sources but corrections; null if it was not located
 * @param decision what became of the request; null if it was not decided
 * @param note something that an operator should see; null if there is nothing
 * @param fault the stack trace of an internal error; null if there was none
 */
public record DecisionLogEntry(
    String requestId,
    int status,
    String outcome,
    Event.@Nullable HttpRequest http,
    @Nullable ParsedRequest request,
    @Nullable LocationReport location,
    @Nullable RequestDecision decision,
    @Nullable String note,
    @Nullable String fault) {
  /** Bytes of a line with its end: no line is longer, whatever a client sends. */
  public static final int MAX_BYTES = 8_192;

  static final String MALFORMED = "malformed";
  static final String NO_POLICY = "no-policy";

  /**
   * What a line says of the process that wrote it.
   *
   * @param function the function's name, used as the metrics' dimension
   * @param isColdStart whether the request is the first of the process
   * @param geoDatabase of the process; null if it has none
   */
  public record ProcessInfo(
      String function, boolean isColdStart, @Nullable GeoDatabaseAge geoDatabase) {}

  /**
   * The age of the address database.
   *
   * @param isStale whether it is older than allowed; it is used nevertheless
   */
  public record GeoDatabaseAge(Instant builtAt, Duration age, boolean isStale) {}

  /** Returns the entry of a request. */
  public static DecisionLogEntry of(
      ParsedRequest request, LocationReport location, RequestDecision decision, int status) {
    return new DecisionLogEntry(
        request.id(),
        status,
        outcomeLabel(decision.result()),
        request.http(),
        request,
        location,
        decision,
        note(request, decision),
        null);
  }

  /** Returns the entry of an event that is not answered as a request. */
  public static DecisionLogEntry ofMalformedEvent(
      Event event, String id, Rejection rejection, int status) {
    return new DecisionLogEntry(
        id, status, MALFORMED, http(event), null, null, null, rejection.note(), null);
  }

  /** Returns the entry of a request that ended in an internal error. */
  public static DecisionLogEntry ofFault(Event event, String id, Throwable fault, int status) {
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    return new DecisionLogEntry(
        id, status, "error", http(event), null, null, null, null, trace.toString());
  }

  private static Event.@Nullable HttpRequest http(Event event) {
    return event instanceof Event.HttpRequest http ? http : null;
  }

  private static @Nullable String note(ParsedRequest request, RequestDecision decision) {
    if (decision.result() instanceof RequestDecision.Rejected rejected) {
      return rejected.rejection().note();
    }
    RegistrationLookup.Result registrations = decision.registrations();
    if (registrations != null && registrations.note() != null) {
      return registrations.note();
    }
    return request.target() == null || request.skewedTime() == null
        ? null
        : "the event's time " + request.skewedTime() + " is too far from the clock, which counts";
  }

  /** Returns the decision, if the artifact was served or refused. */
  Optional<Decided> decided() {
    return decision == null
        ? Optional.empty()
        : decision.result() instanceof Decided decided ? Optional.of(decided) : Optional.empty();
  }

  /** Returns what the decision rests on, if the policies were asked. */
  Optional<DecisionContext> context() {
    return decision == null ? Optional.empty() : decision.result().decisionContext();
  }

  /** Returns the corrections by which the client was located. */
  List<Correction> corrections() {
    return context().map(DecisionContext::corrections).orElse(List.of());
  }

  /** Returns the digest of the set that decided; null if there was none. */
  @Nullable String policySet() {
    return decision == null || decision.policySet() == null ? null : decision.policySet().hex();
  }

  /** Returns the time by which the request was decided; null if its path could not be read. */
  @Nullable Instant time() {
    return request == null || request.target() == null ? null : request.time();
  }

  /** Returns the client's address; null if none is known. */
  @Nullable String clientAddress() {
    if (location != null && location.address() != null) {
      return location.address().toString();
    }
    return http == null ? null : http.sourceAddress();
  }

  /** Returns the registrations of the agent, if they were looked up. */
  Optional<Registrations> registrations() {
    return decision == null || decision.registrations() == null
        ? Optional.empty()
        : Optional.of(decision.registrations().registrations());
  }

  /** Returns the codes of the places in which the account is registered, in alphabetical order. */
  List<String> registeredPlaces() {
    return registrations().orElse(null) instanceof Registrations.Known known
        ? known.places().stream().sorted().map(Place::code).toList()
        : List.of();
  }

  /**
   * Returns true if the same request gets the same outcome again by the same set: not after an
   * internal error, and not if an account could not be read.
   *
   * @param withoutAgentId whether the request is known without the agent id
   */
  boolean isReplayable(boolean withoutAgentId) {
    boolean byAgentId =
        decided().isPresent()
            && corrections().stream()
                .anyMatch(placed -> placed.target() instanceof Correction.Target.Agent);
    return policySet() != null
        && !(registrations().orElse(null) instanceof Registrations.Unknown)
        && !(withoutAgentId && byAgentId);
  }

  /** Returns the outcome in the log. */
  private static String outcomeLabel(RequestDecision.Result result) {
    return switch (result) {
      case RequestDecision.NoPolicySet _ -> NO_POLICY;
      case RequestDecision.Rejected rejected ->
          rejected.rejection().isMalformed() ? MALFORMED : "method-not-allowed";
      case RequestDecision.Overview _ -> "overview";
      case Decided decided -> decided.decision().outcome().label();
    };
  }
}
