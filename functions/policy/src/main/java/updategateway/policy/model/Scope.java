package updategateway.policy.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;

/**
 * Whom a policy reaches.
 *
 * @param locations places, in the order written
 * @param except places inside those that the policy leaves out; may be empty
 * @param subjects by which evidence; at least one
 * @param note a remark for the reader, or null
 */
public record Scope(
    List<Place> locations, List<Place> except, Set<ScopeBasis> subjects, @Nullable String note) {
  /**
   * @throws IllegalArgumentException when there is no location or no subject
   */
  public Scope {
    locations = List.copyOf(locations);
    except = List.copyOf(except);
    subjects = Set.copyOf(subjects);
    if (locations.isEmpty() || subjects.isEmpty()) {
      throw new IllegalArgumentException("a scope has a location and a subject");
    }
  }

  /** Whether the place is covered by the locations and is not known to be left out. */
  public boolean contains(Place place) {
    return covers(locations, place) && !covers(except, place);
  }

  /**
   * Returns true if one of the locations is a part of the place, so that the place does not tell.
   */
  public boolean listsPartOf(Place place) {
    for (Place location : locations) {
      if (location.isPartOf(place)) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(List<Place> places, Place place) {
    for (Place covering : places) {
      if (covering.covers(place)) {
        return true;
      }
    }
    return false;
  }
}
