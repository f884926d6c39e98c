package updategateway.policy.decision;

import java.util.List;
import java.util.Set;
import updategateway.place.Place;

/** Where an agent's account belongs. */
public sealed interface Registrations {
  /** Registered nowhere that is known of. */
  Registrations NONE = new Known(List.of());

  /**
   * In these places; none when the agent has no account or names none.
   *
   * @param places in alphabetical order, each once
   */
  record Known(List<Place> places) implements Registrations {
    /** Takes them in any order. */
    public Known {
      places =
          places.size() < 2 ? List.copyOf(places) : places.stream().distinct().sorted().toList();
    }

    public Known(Set<Place> places) {
      this(List.copyOf(places));
    }
  }

  /** There may be registrations, but nobody could be asked. */
  record Unknown() implements Registrations {}
}
