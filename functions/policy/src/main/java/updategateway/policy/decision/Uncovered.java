package updategateway.policy.decision;

import java.time.Instant;
import java.util.List;
import updategateway.place.Place;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.ScopeBasis;

/** Clients for whom no policy refuses anything, now or later. */
final class Uncovered {
  private Uncovered() {}

  /**
   * Whether every policy that has not ended is certain not to cover the client.
   *
   * @param time from which on
   */
  static boolean is(
      List<Policy> policies, Instant time, Location location, Registrations registrations) {
    for (Policy policy : policies) {
      if (!hasEnded(policy, time)
          && (mayCover(policy, location) || mayCover(policy, registrations))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasEnded(Policy policy, Instant time) {
    for (Phase phase : policy.phases()) {
      LegalInstant until = phase.span().until();
      if (until == null || time.isBefore(until.instant())) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayCover(Policy policy, Location location) {
    return location instanceof Location.Known known
        ? mayCover(policy, ScopeBasis.LOCATED, known.places())
        : policy.scope().subjects().contains(ScopeBasis.LOCATED);
  }

  private static boolean mayCover(Policy policy, Registrations registrations) {
    return registrations instanceof Registrations.Known known
        ? mayCover(policy, ScopeBasis.REGISTERED, known.places())
        : policy.scope().subjects().contains(ScopeBasis.REGISTERED);
  }

  private static boolean mayCover(Policy policy, ScopeBasis subject, List<Place> places) {
    for (Place place : places) {
      if (new Evidence(subject, place).reach(policy.scope()) != Coverage.OUT) {
        return true;
      }
    }
    return false;
  }
}
