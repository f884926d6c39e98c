package updategateway.policy.decision;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.place.Subdivisions;

/**
 * The places that a list covers: each listed place with its parts, and each larger place all of
 * whose parts are covered. Immutable.
 */
final class PlaceSet {
  /** By canonical code. */
  private final Set<Place> covering = new HashSet<>();

  /** The larger places around those listed, by canonical code. */
  private final Set<Place> around = new HashSet<>();

  PlaceSet(Collection<Place> listed) {
    for (Place place : listed) {
      covering.add(place.canonical());
      for (Place larger = parent(place); larger != null; larger = parent(larger)) {
        around.add(larger);
      }
    }
    around.stream()
        .sorted(Comparator.comparingInt(PlaceSet::depth).reversed())
        .filter(larger -> !covers(larger) && coversAllPartsOf(larger))
        .forEach(covering::add);
  }

  private static @Nullable Place parent(Place place) {
    return place.parent().orElse(null);
  }

  private static int depth(Place place) {
    return place.parent().map(larger -> 1 + depth(larger)).orElse(0);
  }

  private boolean coversAllPartsOf(Place place) {
    List<Place> parts = Subdivisions.partsOf(place);
    return !parts.isEmpty() && parts.stream().allMatch(this::covers);
  }

  /** Returns true if the place, wherever in it a client is, is in a listed place. */
  boolean covers(Place place) {
    for (Place larger = place.canonical(); larger != null; larger = parent(larger)) {
      if (covering.contains(larger)) {
        return true;
      }
    }
    return false;
  }

  /** Returns true if a listed place is smaller than the place and inside it. */
  boolean hasPartOf(Place place) {
    return around.contains(place.canonical());
  }
}
