package updategateway.policy.decision;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import updategateway.place.Place;

/**
 * Numbers for the classes of places that some scopes tell apart: each place that they name, what
 * else there is of a country of which they name a part, and everywhere else. Immutable.
 */
final class PlaceClasses {
  /** Nobody knows where. */
  static final int UNKNOWN = 0;

  /** In a country that no scope names. */
  static final int ELSEWHERE = 1;

  /** In whatever place is the worst; not the class of any. */
  static final int ANYWHERE = 2;

  private static final int LETTERS = 26;

  /**
   * By the two letters of a country, the class of the country as a whole; 0 where none names it.
   */
  private final short[] countries = new short[LETTERS * LETTERS];

  /** By the code of a subdivision that a scope names. */
  private final Map<String, Integer> subdivisions = new HashMap<>();

  PlaceClasses(Collection<Place> named) {
    Set<String> codes = new HashSet<>();
    named.forEach(place -> codes.add(place.country()));
    int next = ANYWHERE + 1;
    for (String country : codes) {
      countries[index(country)] = (short) next;
      // The next number is that of its subdivisions which no scope names.
      next += 2;
    }
    for (Place place : named) {
      if (place.isSubdivision() && subdivisions.putIfAbsent(place.code(), next) == null) {
        next++;
      }
    }
  }

  /** The number of the class that a place is in. */
  int of(Place place) {
    String code = place.code();
    int country = countries[index(code)];
    if (country == 0) {
      return ELSEWHERE;
    }
    if (!place.isSubdivision()) {
      return country;
    }
    Integer subdivision = subdivisions.get(code);
    return subdivision == null ? country + 1 : subdivision;
  }

  private static int index(String code) {
    return (code.charAt(0) - 'A') * LETTERS + code.charAt(1) - 'A';
  }
}
