package updategateway.policy.decision;

import static java.util.Comparator.naturalOrder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.RouteMatcher;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Policy;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.set.PolicySet;

/**
 * Decides requests by one policy set. A decision is a pure function of the set and the request; the
 * rules are in {@link DecisionRules}. Immutable and safe for use by many threads.
 */
public final class Evaluator {
  private final PolicySet policySet;
  private final RouteMatcher catalog;
  private final CorrectionIndex corrections;

  /** The policies that can refuse an activity, ordered by id. */
  private final Map<Activity, List<ActivityRule>> byActivity = new HashMap<>();

  /** For each policy that can refuse anything, one rule per activity. */
  private final List<List<ActivityRule>> byPolicy = new ArrayList<>();

  private Evaluator(PolicySet policySet) {
    this.policySet = policySet;
    this.catalog = RouteMatcher.of(policySet.catalog());
    this.corrections = new CorrectionIndex(policySet.corrections());
    for (Policy policy : policySet.policies()) {
      ScopeCoverage scope = new ScopeCoverage(policy.scope());
      List<ActivityRule> rules =
          policy.phases().stream()
              .flatMap(phase -> phase.refuses().stream())
              .distinct()
              .map(activity -> new ActivityRule(policy, scope, activity))
              .toList();
      if (!rules.isEmpty()) {
        byPolicy.add(rules);
      }
      rules.forEach(
          rule -> byActivity.computeIfAbsent(rule.activity, _ -> new ArrayList<>()).add(rule));
    }
  }

  /** Returns an evaluator for a policy set. */
  public static Evaluator of(PolicySet policySet) {
    return new Evaluator(policySet);
  }

  /** Returns the policy set by which it decides. */
  public PolicySet policySet() {
    return policySet;
  }

  /**
   * Returns what a path is by the set's catalog.
   *
   * @param segments as of {@link RouteMatcher#classify}
   */
  public Classification classify(List<String> segments) {
    return catalog.classify(segments);
  }

  /** Returns the decision on a request. */
  public Decision decide(Request request) {
    return rules(request).decide(request.time());
  }

  /**
   * Returns the decision on a request whose registrations are looked up only if {@link
   * #needsRegistrations} says so.
   *
   * @param located where the client is by all evidence but corrections
   * @param registrations called at most once
   */
  public Decision decide(
      Instant time,
      Classification classification,
      Location located,
      Client client,
      Supplier<Registrations> registrations) {
    return decide(
        new Request(
            time,
            classification.product(),
            classification.activity(),
            located,
            needsRegistrations(time, classification, located, client)
                ? registrations.get()
                : Registrations.NONE,
            client));
  }

  /** Returns the decision on a request with what each policy and each piece of evidence says. */
  public DecisionTrace trace(Request request) {
    Decision decision = decide(request);
    List<Evidence> evidence = Evidence.of(decision.resolved().location(), request.registrations());
    return new DecisionTrace(
        request,
        decision,
        policySet.policies().stream()
            .map(policy ->
                PolicyEvaluation.of(
                    new ActivityRule(policy, new ScopeCoverage(policy.scope()), request.activity()),
                    request,
                    evidence))
            .toList());
  }

  /**
   * Returns the decisions on a request at all times, in order; neighbours differ in outcome or
   * reasons.
   *
   * @param request of which the time does not count
   */
  public List<DecisionInterval> timeline(Request request) {
    DecisionRules rules = rules(request.at(Instant.MIN));
    List<DecisionInterval> intervals = new ArrayList<>();
    for (Instant from = Instant.MIN; from != null; from = rules.nextDate(from)) {
      Decision decision = rules.decide(from);
      if (intervals.isEmpty()
          || decision.outcome() != intervals.getLast().decision().outcome()
          || !decision.reasons().equals(intervals.getLast().decision().reasons())) {
        intervals.add(new DecisionInterval(from, decision));
      }
    }
    return List.copyOf(intervals);
  }

  /**
   * Returns true if some registration could change the outcome, the reasons or the next change.
   *
   * @param located where the client is by all evidence but corrections
   */
  public boolean needsRegistrations(
      Instant time, Classification classification, Location located, Client client) {
    ClientEvidence unregistered =
        new ClientEvidence(located, Registrations.NONE, corrections.matching(client));
    for (ActivityRule policy : ofActivity(classification.activity())) {
      if (policy.policy.scope().subjects().contains(ScopeBasis.REGISTERED)
          && policy.concerns(classification.product())
          && isNotCoveredAlways(policy, unregistered, time)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns true if, before the policy ends, there is a time at which it does not cover the client.
   */
  private static boolean isNotCoveredAlways(
      ActivityRule policy, ClientEvidence client, Instant from) {
    for (Instant time = from; time != null; time = client.nextDate(time)) {
      if (policy.endsAfter(time) && policy.scope.coverage(client.at(time)) != Coverage.IN) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns true if the outcome and the next change are the same for every client at the location,
   * so that a shared cache may keep the response: no registration, no failed look-up of one and no
   * correction, now or later, makes either another.
   */
  public boolean isSharedCacheable(Instant time, Classification classification, Location located) {
    DecisionRules alone = rules(time, classification, located, Registrations.NONE);
    List<Place> registered =
        ofActivity(classification.activity()).stream()
            .flatMap(policy -> policy.policy.scope().locations().stream())
            .toList();
    return alone.isSame(
            rules(time, classification, located, new Registrations.Known(registered)), time)
        && alone.isSame(rules(time, classification, located, new Registrations.Unknown()), time)
        && corrections.placesFrom(time).stream()
            .allMatch(place ->
                alone.isSame(
                    rules(time, classification, Location.in(place), Registrations.NONE), time));
  }

  /**
   * Returns the first instant, from a time on, at which some policy refuses anything to a client,
   * or may; empty if none ever does.
   *
   * @param located where the client is by all evidence but corrections
   */
  public Optional<Instant> firstRefusal(
      Instant time, Location located, Client client, Registrations registrations) {
    ClientEvidence evidence =
        new ClientEvidence(located, registrations, corrections.matching(client));
    return byPolicy.stream()
        .filter(rules -> evidence.mayBeCovered(rules.getFirst().scope, time))
        .flatMap(List::stream)
        .flatMap(rule ->
            rule.representativeProducts()
                .map(product -> new DecisionRules(List.of(rule), product, evidence, time)))
        .flatMap(rules -> rules.firstRefusal(time).stream())
        .min(naturalOrder());
  }

  /**
   * Returns where a client is, by corrections too.
   *
   * @param located where the client is by all evidence but corrections
   */
  public ResolvedLocation resolve(Instant time, Location located, Client client) {
    return CorrectionIndex.resolve(time, corrections.matching(client), located);
  }

  /** Returns true if the set has corrections, so that it matters who sends a request. */
  public boolean hasCorrections() {
    return !corrections.isEmpty();
  }

  private DecisionRules rules(Request request) {
    return new DecisionRules(
        ofActivity(request.activity()),
        request.product(),
        new ClientEvidence(
            request.location(), request.registrations(), corrections.matching(request.client())),
        request.time());
  }

  private DecisionRules rules(
      Instant from, Classification classification, Location located, Registrations registrations) {
    return new DecisionRules(
        ofActivity(classification.activity()),
        classification.product(),
        new ClientEvidence(located, registrations, List.of()),
        from);
  }

  private List<ActivityRule> ofActivity(Activity activity) {
    return byActivity.getOrDefault(activity, List.of());
  }
}
