package updategateway.gateway.decision;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.RequestDecision.Decided;
import updategateway.gateway.decision.RequestDecision.NoPolicySet;
import updategateway.gateway.decision.RequestDecision.Overview;
import updategateway.gateway.decision.RequestDecision.Rejected;
import updategateway.gateway.decision.RequestDecision.Result;
import updategateway.gateway.event.ParsedRequest;
import updategateway.gateway.event.ParsedRequest.Purpose;
import updategateway.gateway.event.ParsedRequest.Target;
import updategateway.gateway.event.Rejection;
import updategateway.gateway.path.MalformedPathException;
import updategateway.gateway.path.PathRules;
import updategateway.gateway.registration.LazyRegistrations;
import updategateway.gateway.registration.RegistrationLookup;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.region.LocationReport;
import updategateway.region.LocationSource;
import updategateway.store.refresh.ActivePolicySource;

/**
 * Decides requests: combines where the client is with what the policies say. Safe for use by many
 * threads.
 */
public final class RequestDecider {
  private final ActivePolicySource policies;
  private final RegistrationLookup registrationLookup;
  private final boolean isEdgeCaching;
  private final PathRules pathRules = new PathRules();

  /** For the last policy set of which an overview was requested. */
  private volatile @Nullable OverviewEvaluator lastOverview;

  public RequestDecider(
      GatewaySettings settings,
      ActivePolicySource policies,
      RegistrationLookup registrationLookup) {
    this.policies = policies;
    this.registrationLookup = registrationLookup;
    // What says where the client is must be in the edge's cache key: its country is, its address
    // is not.
    this.isEdgeCaching =
        settings.edgeCaching()
            && settings.trust() instanceof LocationSource.Edge
            && settings.geoDatabase() == null;
  }

  /** Returns the decision on a request of a client at a location. */
  public RequestDecision decide(ParsedRequest request, LocationReport report) {
    Evaluator policy = policies.current().orElse(null);
    if (policy == null) {
      return new RequestDecision(null, new NoPolicySet(), null);
    }
    LazyRegistrations registrations = registrationLookup.of(request.http());
    Target target = request.target();
    Rejection rejection = request.rejection();
    Result result =
        target == null || rejection != null
            ? new Rejected(Objects.requireNonNull(rejection), null)
            : new Single(request, target, report, policy, registrations).decide();
    return new RequestDecision(
        policy.policySet().digest(), result, registrations.ifResolved().orElse(null));
  }

  private OverviewEvaluator overviewEvaluator(Evaluator policy) {
    OverviewEvaluator last = lastOverview;
    if (last == null || !last.isOf(policy)) {
      last = new OverviewEvaluator(policy);
      lastOverview = last;
    }
    return last;
  }

  /** One request with everything that its decision depends on. */
  private final class Single {
    private final Target target;
    private final LocationReport report;
    private final Evaluator policy;
    private final LazyRegistrations registrations;
    private final Instant time;
    private final Location location;
    private final Client client;

    Single(
        ParsedRequest request,
        Target target,
        LocationReport report,
        Evaluator policy,
        LazyRegistrations registrations) {
      this.target = target;
      this.report = report;
      this.policy = policy;
      this.registrations = registrations;
      this.time = request.time();
      this.location = ClientLocation.of(report);
      this.client =
          policy.hasCorrections()
              ? new Client(
                  report.address() == null ? null : report.address().inetAddress(),
                  registrationLookup.agentId(request.http()))
              : Client.UNKNOWN;
    }

    Result decide() {
      return target.purpose() == Purpose.OVERVIEW ? overview() : byPath();
    }

    private Result byPath() {
      PathRules.Result result;
      try {
        result =
            pathRules.check(
                target.subject(), time, policy.policySet(), this::decide, this::firstRefusal);
      } catch (MalformedPathException e) {
        return new Rejected(Rejection.of(e), null);
      }
      Classification classification = result.classification();
      Decision decision = result.decision();
      DecisionContext context =
          DecisionContext.of(time, classification, report, decision, registrationsSoFar());
      if (result.problem() != null) {
        return new Rejected(Rejection.of(new MalformedPathException(result.problem())), context);
      }
      if (target.purpose() == Purpose.OVERVIEW_OF_PATH) {
        return overview(context, List.of(OverviewEvaluator.entry(null, classification, decision)));
      }
      boolean isSharedCacheable =
          isEdgeCaching
              && report.isProven()
              && result.isSharedCacheable()
              && policy.isSharedCacheable(time, classification, location);
      return new Decided(context, decision, isSharedCacheable);
    }

    /**
     * Returns the first instant at which some policy refuses anything to the client, if there is
     * one; the account is looked up only if it could change that.
     */
    private Optional<Instant> firstRefusal() {
      Optional<Instant> earliest =
          policy.firstRefusal(time, location, client, registrations.withoutLookup());
      return earliest.isEmpty()
          ? earliest
          : policy.firstRefusal(time, location, client, registrations.get());
    }

    private Decision decide(Classification classification) {
      return policy.decide(time, classification, location, client, registrations);
    }

    private Registrations registrationsSoFar() {
      return registrations
          .ifResolved()
          .map(RegistrationLookup.Result::registrations)
          .orElse(Registrations.NONE);
    }

    private Result overview() {
      OverviewEvaluator evaluator = overviewEvaluator(policy);
      boolean needsRegistrations =
          evaluator.classifications().stream()
              .anyMatch(each -> policy.needsRegistrations(time, each, location, client));
      Registrations known = needsRegistrations ? registrations.get() : Registrations.NONE;
      Function<Classification, Decision> decide =
          each ->
              policy.decide(
                  new Request(time, each.product(), each.activity(), location, known, client));
      return overview(
          DecisionContext.ofOverview(time, report, policy.resolve(time, location, client), known),
          evaluator.entries(decide));
    }

    private Overview overview(DecisionContext context, List<PolicyOverview.Entry> entries) {
      return new Overview(context, new PolicyOverview(policy.policySet().digest(), time, entries));
    }
  }
}
