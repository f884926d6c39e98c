package updategateway.policy.decision;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.model.Correction;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.model.ScopeBasis;

/**
 * The outcome of a request, its reasons, the evidence that decided, and when the outcome changes.
 *
 * @param outcome serve, refuse or undetermined
 * @param reasons for a refusal every refusing policy, for an undetermined outcome every policy that
 *     may cover the client, ordered by policy id; empty exactly if served
 * @param change the first instant after the request's time at which the same request has another
 *     outcome; null if it never has
 * @param resolved where the client is, with the corrections that say so
 * @param permits if served, the permits without which it would not be, ordered by policy id
 */
public record Decision(
    Outcome outcome,
    List<RefusalReason> reasons,
    @Nullable OutcomeChange change,
    ResolvedLocation resolved,
    List<PermitUse> permits) {
  /**
   * @throws IllegalArgumentException if a refusal has no reason or a permit, or a serve has a
   *     reason
   */
  public Decision {
    reasons = List.copyOf(reasons);
    permits = List.copyOf(permits);
    if (!permits.isEmpty() && outcome != Outcome.SERVE) {
      throw new IllegalArgumentException(outcome + " with a permit");
    }
    if (reasons.isEmpty() != (outcome == Outcome.SERVE)) {
      throw new IllegalArgumentException(outcome + " with " + reasons.size() + " reasons");
    }
  }

  /** Returns the same decision with another change. */
  public Decision withChange(@Nullable OutcomeChange other) {
    return new Decision(outcome, reasons, other, resolved, permits);
  }

  /** Returns the reasons with those of law before those of the operator, each by policy id. */
  public List<RefusalReason> reasonsLawFirst() {
    return reasons.size() < 2
        ? reasons
        : reasons.stream().sorted(Comparator.comparing(reason -> reason.policy().basis())).toList();
  }

  /** Returns the reasons of one basis, by policy id. */
  public List<RefusalReason> reasons(PolicyBasis basis) {
    return reasons.stream().filter(reason -> reason.policy().basis() == basis).toList();
  }

  /** Returns the corrections by which the client is located: that of its address first. */
  public List<Correction> corrections() {
    return resolved.corrections();
  }

  /**
   * Returns the places of the location that the reasons rest on; empty if the request is served or
   * no known place decided.
   */
  public List<Place> decidingPlaces() {
    return reasons.stream()
        .flatMap(reason -> reason.evidence().stream())
        .filter(evidence -> evidence.basis() == ScopeBasis.LOCATED)
        .map(Evidence::place)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns the first change of the outcome after the request's time. */
  public Optional<OutcomeChange> nextChange() {
    return Optional.ofNullable(change);
  }
}
