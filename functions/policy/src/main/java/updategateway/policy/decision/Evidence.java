package updategateway.policy.decision;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.Place;
import updategateway.policy.Scope;
import updategateway.policy.Subject;

/**
 * One piece of what is known of a client, and whom a scope reaches by it alone.
 *
 * <p>A policy reaches a client by its strongest piece of evidence, so the pieces can be judged one
 * by one and the strictest judgement taken.
 *
 * @param subject of which kind
 * @param place where; null when nobody knows
 */
record Evidence(Subject subject, @Nullable Place place) {
  static List<Evidence> of(Location location) {
    return switch (location) {
      case Location.Known known ->
          known.places().stream().map(place -> new Evidence(Subject.LOCATED, place)).toList();
      case Location.Unknown unknown -> {
        List<Evidence> pieces = new ArrayList<>();
        pieces.add(new Evidence(Subject.LOCATED, null));
        unknown.perhaps().forEach(place -> pieces.add(new Evidence(Subject.LOCATED, place)));
        yield pieces;
      }
    };
  }

  static List<Evidence> of(Registrations registrations) {
    return switch (registrations) {
      case Registrations.Known known ->
          known.places().stream().map(place -> new Evidence(Subject.REGISTERED, place)).toList();
      case Registrations.Unknown _ -> List.of(new Evidence(Subject.REGISTERED, null));
    };
  }

  /** Whether a scope reaches the client by this piece. */
  Reach reach(Scope scope) {
    if (!scope.subjects().contains(subject)) {
      return Reach.OUT;
    }
    if (place == null) {
      return Reach.UNKNOWN;
    }
    if (scope.contains(place)) {
      return Reach.IN;
    }
    // A registration names all that the account has; only a location can be known by half.
    return subject == Subject.LOCATED && !place.isSubdivision() && listsPartOf(place, scope)
        ? Reach.UNKNOWN
        : Reach.OUT;
  }

  private static boolean listsPartOf(Place country, Scope scope) {
    return scope.locations().stream()
        .anyMatch(location -> location.isSubdivision() && country.covers(location));
  }
}
