package updategateway.policy.decision;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import updategateway.place.Place;

/**
 * Numbers for the classes of places that some scopes tell apart: each place that they name, each
 * larger place that has one of these in it, what else there is in either, and everywhere else.
 * Immutable.
 */
final class PlaceClasses {
  /** The location is not known. */
  static final int UNKNOWN = 0;

  /** In a country that no scope names. */
  static final int ELSEWHERE = 1;

  /** In whatever place is the worst; not the class of any. */
  static final int ANYWHERE = 2;

  /**
   * By canonical code. The next number is that of the parts that are not told apart any further.
   */
  private final Map<String, Integer> numbers = new HashMap<>();

  PlaceClasses(Collection<Place> named) {
    Set<Place> all = new HashSet<>();
    for (Place place : named) {
      for (Place p = place.canonical(); p != null; p = p.parent().orElse(null)) {
        all.add(p);
      }
    }
    int next = ANYWHERE + 1;
    for (Place place : all) {
      numbers.put(place.code(), next);
      next += 2;
    }
  }

  /** Returns the number of the class that a place is in. */
  int of(Place place) {
    Place canonical = place.canonical();
    for (Place p = canonical; p != null; p = p.parent().orElse(null)) {
      Integer number = numbers.get(p.code());
      if (number != null) {
        return p.equals(canonical) ? number : number + 1;
      }
    }
    return ELSEWHERE;
  }
}
