package updategateway.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decisionlog.DecisionLine;
import updategateway.gateway.event.AskedPath;
import updategateway.gateway.event.Event;
import updategateway.gateway.path.MalformedPathException;
import updategateway.gateway.path.PathRules;
import updategateway.gateway.path.RequestPath;
import updategateway.gateway.path.RequestQuery;
import updategateway.gateway.path.UriTooLongException;
import updategateway.gateway.registration.AccountLookup;
import updategateway.gateway.registration.Accounts;
import updategateway.gateway.response.Answer;
import updategateway.gateway.response.Answers;
import updategateway.gateway.response.Inquiry;
import updategateway.gateway.response.OverviewQuery;
import updategateway.gateway.response.PolicyOverview;
import updategateway.gateway.response.Region;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.ResolvedLocation;
import updategateway.policy.model.Correction;
import updategateway.region.AgentRegistry;
import updategateway.region.ClientLocator;
import updategateway.region.GeoIpDatabase;
import updategateway.region.LocationReport;
import updategateway.region.LocationSource;
import updategateway.store.refresh.ActivePolicySource;

/**
 * Serves or refuses one request: joins where the client is with what the law says. Holds nothing
 * that changes an answer; safe for many threads.
 */
final class UpdateGateway {
  private static final int LONGEST_ID = 128;
  private static final String SYMBOLS_OF_AN_ID = "_=+/.:-";
  private static final String DECISION_ID = "Decision-Id";
  private static final String POLICY_SET = "Policy-Set";

  private final GatewaySettings settings;
  private final ActivePolicySource policyInForce;
  private final ClientLocator locator;
  private final Accounts accounts;
  private final InstantSource clock;
  private final Answers answers;
  private final PathRules pathRules = new PathRules();

  /** Of the last set whose overview was asked for. */
  private volatile @Nullable PolicyOverview lastOverview;

  UpdateGateway(
      GatewaySettings settings,
      ActivePolicySource policyInForce,
      AgentRegistry agents,
      InstantSource clock) {
    this.settings = settings;
    this.policyInForce = policyInForce;
    this.locator = new ClientLocator(settings.trust(), settings.geoDatabase());
    this.accounts = new Accounts(settings.agentId(), agents);
    this.clock = clock;
    this.answers = new Answers(settings);
  }

  /**
   * By which the request is found again: AWS's own id, or the function's where there is none that
   * can be sent.
   */
  static String idOf(Event event, String invocationId) {
    return event instanceof Event.HttpRequest request
            && request.requestId() != null
            && isSafe(request.requestId())
        ? request.requestId()
        : invocationId;
  }

  private static boolean isSafe(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean safe =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || SYMBOLS_OF_AN_ID.indexOf(c) >= 0;
      if (!safe) {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= LONGEST_ID;
  }

  /** The answer to an event, and its line in the log filled. */
  Answer answer(Event event, String id, DecisionLine line) {
    Answer answer =
        event instanceof Event.HttpRequest request
            ? http(request, id, line)
            : malformed(((Event.Malformed) event).reason(), "", line);
    line.status(answer.status());
    return answer.with(DECISION_ID, id);
  }

  private Answer http(Event.HttpRequest request, String id, DecisionLine line) {
    if (!isExpected(request)) {
      String reason =
          request.front().isLoadBalancer()
              ? "is that of a load balancer, which this function does not stand behind"
              : "is not that of a load balancer, which this function stands behind";
      return malformed(reason, ": see REGION_EVIDENCE", line);
    }
    Answer whole = answer(request, id, line);
    return isHead(request) ? whole.headOnly() : whole;
  }

  private Answer malformed(String reason, String remedy, DecisionLine line) {
    line.malformed("the event " + reason + remedy);
    return answers.malformedEvent(reason);
  }

  /** What is answered when answering failed: nothing is served. */
  Answer fault(Event event, String id, Throwable fault, DecisionLine line) {
    Answer whole = answers.unavailable(null);
    Answer answer = isHead(event) ? whole.headOnly() : whole;
    line.fault(fault);
    line.status(answer.status());
    return answer.with(DECISION_ID, id);
  }

  private static boolean isHead(Event event) {
    return event instanceof Event.HttpRequest request && request.method().equals("HEAD");
  }

  private Answer answer(Event.HttpRequest request, String id, DecisionLine line) {
    LocationReport located = locator.locate(request.arrival());
    line.request(request.method(), clientAddress(request, located));
    line.evidence(located);
    geoDatabase(line);
    String accept = request.header("accept").orElse(null);
    Optional<Evaluator> current = policyInForce.current();
    if (current.isEmpty()) {
      line.noPolicy();
      return answers.unavailable(accept);
    }
    Evaluator policy = current.get();
    line.policySet(policy.policySet().digest());
    return answer(request, located, id, policy, line)
        .with(POLICY_SET, policy.policySet().digest().hex());
  }

  private Answer answer(
      Event.HttpRequest request,
      LocationReport located,
      String id,
      Evaluator policy,
      DecisionLine line) {
    String accept = request.header("accept").orElse(null);
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      line.outcome("method-not-allowed");
      return answers.methodNotAllowed(accept);
    }
    if (!request.hasModestHeaders()) {
      line.malformed("the headers are too many or too long");
      return answers.overlongHeaders(accept);
    }
    AskedPath askedPath = AskedPath.of(request, settings.apiMapping().key());
    line.unsetMapping(askedPath.unsetMapping());
    RequestPath path;
    String query;
    try {
      path = RequestPath.parse(askedPath.path());
      query = RequestQuery.checked(request.rawQuery());
    } catch (MalformedPathException e) {
      return malformed(e, accept, line);
    }
    line.path(path.encoded());
    Instant time = time(request, line);
    line.time(time);
    Client sender = policy.hasCorrections() ? sender(request, located) : Client.UNKNOWN;
    Location location = Inquiry.location(located);
    AccountLookup account = accounts.of(request, line);
    Optional<RequestPath> subject = Optional.empty();
    if (path.segments().equals(PolicyOverview.PATH)) {
      try {
        subject = OverviewQuery.path(query);
      } catch (MalformedPathException e) {
        return malformed(e, accept, line);
      }
      if (subject.isEmpty()) {
        return overview(id, time, located, location, sender, policy, account, line);
      }
      path = subject.get();
    }
    PathRules.Result result;
    try {
      result =
          pathRules.check(
              path,
              time,
              policy.policySet(),
              asked -> policy.decide(time, asked, location, sender, account),
              () -> firstRefusal(time, location, sender, account, policy));
    } catch (MalformedPathException e) {
      return malformed(e, accept, line);
    }
    Classification asked = result.classification();
    Decision decision = result.decision();
    Inquiry undecided =
        new Inquiry(id, time, asked, located, location, sender, account.askedSoFar());
    corrected(located, decision.corrections(), line);
    Inquiry inquiry = undecided.decided(decision);
    region(inquiry, line);
    if (result.problem() != null) {
      return malformed(new MalformedPathException(result.problem()), accept, line);
    }
    if (subject.isPresent()) {
      return overviewOfOne(inquiry, decision, policy, line);
    }
    line.decision(asked, decision);
    if (decision.outcome() != Outcome.SERVE) {
      return answers.notServed(inquiry, decision, accept);
    }
    boolean isForTheEdge =
        mayBeForTheEdge(located)
            && result.isSharedCacheable()
            && policy.isSharedCacheable(time, asked, location);
    return answers.served(path, query, decision, freshFrom(time), isForTheEdge);
  }

  /** Returns when something is first refused; the account is looked up only if it could matter. */
  private static Optional<Instant> firstRefusal(
      Instant time, Location location, Client sender, AccountLookup account, Evaluator policy) {
    Optional<Instant> earliest =
        policy.firstRefusal(time, location, sender, account.withoutLookup());
    return earliest.isEmpty()
        ? earliest
        : policy.firstRefusal(time, location, sender, account.get());
  }

  private Answer overview(
      String id,
      Instant time,
      LocationReport located,
      Location location,
      Client sender,
      Evaluator policy,
      AccountLookup account,
      DecisionLine line) {
    PolicyOverview overview = overviewOf(policy);
    boolean depends =
        overview.questions().stream()
            .anyMatch(asked -> policy.needsRegistrations(time, asked, location, sender));
    Registrations registrations = depends ? account.get() : Registrations.NONE;
    Inquiry caller =
        new Inquiry(
            id, time, Classification.UNCLASSIFIED, located, location, sender, registrations);
    ResolvedLocation placement = overview.placement(caller);
    corrected(located, placement.corrections(), line);
    region(caller.placed(placement), line);
    line.outcome("overview");
    return overview.answer(caller, answers, freshFrom(time));
  }

  /** What would become of a request for one path, without the artifact. */
  private Answer overviewOfOne(
      Inquiry inquiry, Decision decision, Evaluator policy, DecisionLine line) {
    line.outcome("overview");
    return overviewOf(policy).answer(inquiry, decision, answers, freshFrom(inquiry.time()));
  }

  private PolicyOverview overviewOf(Evaluator policy) {
    PolicyOverview last = lastOverview;
    if (last == null || !last.isOf(policy)) {
      last = new PolicyOverview(policy);
      lastOverview = last;
    }
    return last;
  }

  private Client sender(Event.HttpRequest request, LocationReport located) {
    return new Client(
        located.address() == null ? null : located.address().inetAddress(),
        accounts.agentId(request));
  }

  private Answer malformed(
      MalformedPathException malformed, @Nullable String accept, DecisionLine line) {
    line.malformed("the path " + malformed.getMessage());
    return malformed instanceof UriTooLongException
        ? answers.overlongTarget(String.valueOf(malformed.getMessage()), accept)
        : answers.malformedPath(String.valueOf(malformed.getMessage()), accept);
  }

  /**
   * AWS's own time of the request, so that a recorded event replays alike; the clock where the two
   * are far apart.
   */
  private Instant time(Event.HttpRequest request, DecisionLine line) {
    Instant reported = request.time();
    Duration most = settings.maxClockSkew();
    if (reported != null && most.isZero()) {
      return reported;
    }
    Instant now = clock.instant();
    if (reported == null) {
      return now;
    }
    if (Duration.between(reported, now).abs().compareTo(most) > 0) {
      line.clockSkewed();
      line.remark("the event's time " + reported + " is too far from the clock, which counts");
      return now;
    }
    return reported;
  }

  /**
   * From when on an answer is fresh. The caller gets it now, and the event may be older: counted
   * from its time, the answer would be fresh beyond the change.
   */
  private Instant freshFrom(Instant time) {
    if (settings.maxClockSkew().isZero()) {
      return time;
    }
    Instant now = clock.instant();
    return now.isAfter(time) ? now : time;
  }

  /**
   * Whether the edge keeps answers at all, and all that says where the client is is in its cache
   * key: its country is, and its address is not.
   */
  private boolean mayBeForTheEdge(LocationReport located) {
    return settings.edgeCaching()
        && settings.trust() instanceof LocationSource.Edge
        && located.isProven()
        && settings.geoDatabase() == null;
  }

  private static void corrected(
      LocationReport located, List<Correction> corrections, DecisionLine line) {
    if (!corrections.isEmpty()) {
      line.corrected(Inquiry.beside(located, corrections));
    }
  }

  private static void region(Inquiry inquiry, DecisionLine line) {
    Region region = inquiry.region();
    line.region(region.places(), region.source(), region.reason());
  }

  /** The client's own address where one is trusted, else the TCP peer's. */
  private static @Nullable String clientAddress(Event.HttpRequest request, LocationReport located) {
    return located.address() == null ? request.sourceAddress() : located.address().toString();
  }

  private void geoDatabase(DecisionLine line) {
    GeoIpDatabase database = settings.geoDatabase();
    if (database != null) {
      Instant now = clock.instant();
      line.geoDatabase(
          database.builtAt(),
          Duration.between(database.builtAt(), now),
          database.isStale(settings.geoMaxAge(), now));
    }
  }

  /** A front that the settings do not speak of proves nothing: its events are not ours. */
  private boolean isExpected(Event.HttpRequest request) {
    return request.front().isLoadBalancer()
        == settings.trust() instanceof LocationSource.LoadBalancer;
  }
}
