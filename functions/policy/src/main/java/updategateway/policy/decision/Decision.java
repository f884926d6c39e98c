package updategateway.policy.decision;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Correction;
import updategateway.policy.model.PolicyBasis;

/**
 * What becomes of a request, why, and until when.
 *
 * @param outcome serve, refuse or undetermined
 * @param grounds for a refusal every refusing policy, for an undetermined one every policy that may
 *     reach the client, ordered by policy id; empty exactly when served
 * @param change the first instant after the request's time at which the same request has another
 *     outcome; null when it never has
 * @param corrections by which the client was placed, that of its address before that of its agent
 *     id; mostly none
 * @param permits of what is served, the permits without which it would not be, ordered by policy id
 */
public record Decision(
    Outcome outcome,
    List<RefusalReason> grounds,
    @Nullable OutcomeChange change,
    List<Correction> corrections,
    List<PermitUse> permits) {
  /**
   * @throws IllegalArgumentException when a refusal has no ground or a permit, or a serve has a
   *     ground
   */
  public Decision {
    grounds = grounds instanceof Grounds ? grounds : List.copyOf(grounds);
    corrections = List.copyOf(corrections);
    permits = List.copyOf(permits);
    if (!permits.isEmpty() && outcome != Outcome.SERVE) {
      throw new IllegalArgumentException(outcome + " with a permit");
    }
    if (grounds.isEmpty() != (outcome == Outcome.SERVE)) {
      throw new IllegalArgumentException(outcome + " with " + grounds.size() + " grounds");
    }
  }

  /** A decision on a client whom no correction is about. */
  public Decision(Outcome outcome, List<RefusalReason> grounds, @Nullable OutcomeChange change) {
    this(outcome, grounds, change, List.of(), List.of());
  }

  /** Returns the same decision with the permits by which it is served. */
  Decision with(List<PermitUse> inUse) {
    return inUse.isEmpty() ? this : new Decision(outcome, grounds, change, corrections, inUse);
  }

  /** Returns the grounds with those of law before those of the operator, each by policy id. */
  public List<RefusalReason> groundsLawFirst() {
    List<RefusalReason> law = grounds(PolicyBasis.LAW);
    return law.size() == grounds.size()
        ? law
        : Stream.concat(law.stream(), grounds(PolicyBasis.OPERATOR).stream()).toList();
  }

  /** Returns the grounds of one basis, by policy id. */
  public List<RefusalReason> grounds(PolicyBasis basis) {
    return grounds.stream().filter(ground -> ground.policy().basis() == basis).toList();
  }

  /** The first instant after the request's time at which the same request has another outcome. */
  public Optional<OutcomeChange> nextChange() {
    return Optional.ofNullable(change);
  }
}
