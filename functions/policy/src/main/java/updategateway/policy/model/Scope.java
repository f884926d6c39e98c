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
}
