package updategateway.policy.decision;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.model.ScopeBasis;

/**
 * One piece of what is known of a client.
 *
 * @param basis whether it says where the request comes from or where the account belongs
 * @param place the place; null if it is unknown
 */
public record Evidence(ScopeBasis basis, @Nullable Place place) {
  /** Returns all evidence: each place and registration, and whether either is unknown. */
  public static List<Evidence> of(Location location, Registrations registrations) {
    List<Evidence> all = new ArrayList<>(2);
    switch (location) {
      case Location.Known known -> add(ScopeBasis.LOCATED, known.places(), all);
      case Location.Unknown unknown -> {
        all.add(new Evidence(ScopeBasis.LOCATED, null));
        add(ScopeBasis.LOCATED, unknown.perhaps(), all);
      }
    }
    switch (registrations) {
      case Registrations.Known known -> add(ScopeBasis.REGISTERED, known.places(), all);
      case Registrations.Unknown _ -> all.add(new Evidence(ScopeBasis.REGISTERED, null));
    }
    return all;
  }

  private static void add(ScopeBasis basis, List<Place> places, List<Evidence> all) {
    for (Place place : places) {
      all.add(new Evidence(basis, place));
    }
  }
}
