package updategateway.policy.explanation;

import static java.util.Comparator.comparingInt;

import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.decision.Request;
import updategateway.policy.decision.ResolvedLocation;
import updategateway.policy.model.Interval;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.set.PolicySet;

/**
 * A decision with all that leads to it, for a person who asks why. It is read from the rules and
 * not from what was compiled of them, so that each can show a fault of the other.
 *
 * @param request what was asked
 * @param placement where the client is, by corrections where any is about it
 * @param policies every policy of the set, by id
 * @param outcome rule 4: the strictest of what the policies say
 * @param change rule 5: the first instant after the request at which the outcome is another; null
 *     when it never is
 */
public record Explanation(
    Request request,
    ResolvedLocation placement,
    List<PolicyReading> policies,
    Outcome outcome,
    @Nullable OutcomeChange change) {
  public Explanation {
    policies = List.copyOf(policies);
  }

  /** Explains what a set says of a request. */
  public static Explanation of(PolicySet set, Request request) {
    ResolvedLocation placement = Placing.of(set, request);
    List<PolicyReading> readings = readings(set, request);
    Outcome outcome = outcome(readings);
    OutcomeChange change = null;
    for (Instant later : boundaries(set).tailSet(request.time(), false)) {
      Outcome then = outcome(readings(set, at(request, later)));
      if (then != outcome) {
        change = new OutcomeChange(later, then);
        break;
      }
    }
    return new Explanation(request, placement, readings, outcome, change);
  }

  /** The policies that the outcome rests on; none when served. */
  public List<PolicyReading> deciding() {
    return policies.stream()
        .filter(reading -> outcome != Outcome.SERVE && reading.outcome() == outcome)
        .toList();
  }

  /** The first instant after the request at which the outcome is another. */
  public Optional<OutcomeChange> nextChange() {
    return Optional.ofNullable(change);
  }

  private static List<PolicyReading> readings(PolicySet set, Request request) {
    Request placed =
        new Request(
            request.time(),
            request.product(),
            request.activity(),
            Placing.of(set, request).location(),
            request.registrations());
    return set.policies().stream().map(policy -> PolicyReading.of(policy, placed)).toList();
  }

  private static Outcome outcome(List<PolicyReading> readings) {
    return readings.stream()
        .map(PolicyReading::outcome)
        .max(comparingInt(Outcome::ordinal))
        .orElse(Outcome.SERVE);
  }

  private static Request at(Request request, Instant time) {
    return new Request(
        time,
        request.product(),
        request.activity(),
        request.location(),
        request.registrations(),
        request.sender());
  }

  private static NavigableSet<Instant> boundaries(PolicySet set) {
    NavigableSet<Instant> instants = new TreeSet<>();
    set.policies().stream()
        .flatMap(policy ->
            Stream.concat(
                policy.phases().stream().map(phase -> phase.span()),
                policy.permits().stream().map(permit -> permit.span())))
        .flatMap((Interval span) -> Stream.of(span.from(), span.until()))
        .filter(Objects::nonNull)
        .map(LegalInstant::instant)
        .forEach(instants::add);
    Placing.boundaries(set).forEach(instants::add);
    return instants;
  }
}
