package updategateway.policy.decision;

import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;

/**
 * One piece of what is known of a client, and whom a scope reaches by it alone.
 *
 * <p>A policy reaches a client by its strongest piece of evidence, so the pieces can be judged one
 * by one and the strictest judgement taken.
 *
 * @param subject of which kind
 * @param place where; null when nobody knows
 */
record Evidence(ScopeBasis subject, @Nullable Place place) {
  /** Whether a scope reaches the client by this piece. */
  Coverage reach(Scope scope) {
    if (!scope.subjects().contains(subject)) {
      return Coverage.OUT;
    }
    if (place == null) {
      return Coverage.UNKNOWN;
    }
    if (scope.contains(place)) {
      return Coverage.IN;
    }
    // A registration names all that the account has; only a location can be known by half.
    return subject == ScopeBasis.LOCATED && scope.listsPartOf(place)
        ? Coverage.UNKNOWN
        : Coverage.OUT;
  }
}
