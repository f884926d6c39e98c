package updategateway.policy.decision;

import java.util.Set;
import updategateway.policy.Place;

/** Where an agent's account belongs. */
public sealed interface Registrations {
  /** Registered nowhere that is known of. */
  Registrations NONE = new Known(Set.of());

  /** In these places; none when the agent has no account or names none. */
  record Known(Set<Place> places) implements Registrations {
    public Known {
      places = Set.copyOf(places);
    }
  }

  /** There may be registrations, but nobody could be asked. */
  record Unknown() implements Registrations {}
}
