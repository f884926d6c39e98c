package updategateway.policy.diff;

import java.util.List;
import java.util.Set;
import updategateway.place.Place;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;

/**
 * A kind of client that some policy sets do not tell apart any further, by one piece of evidence.
 *
 * <p>Of a client with several pieces of evidence (a place and an account, say) the strictest
 * outcome counts, so what holds for each piece tells what holds for all.
 */
public sealed interface ClientGroup {
  /** One of their locations. */
  Location location();

  /** Their registrations. */
  default Registrations registrations() {
    return Registrations.NONE;
  }

  /**
   * Located in a place that a policy names, or in a country of which no policy names a part.
   *
   * @param place the place
   */
  record Located(Place place) implements ClientGroup {
    @Override
    public Location location() {
      return Location.in(place);
    }
  }

  /**
   * Located in a place of which a policy names a part, and it is not known in which part.
   *
   * @param country the country, or the subdivision if that has parts of its own
   */
  record LocatedSomewhereIn(Place country) implements ClientGroup {
    @Override
    public Location location() {
      return Location.in(country);
    }
  }

  /**
   * Located in a part of a place that no policy names, where policies name others.
   *
   * @param country the country, or the subdivision if that has parts of its own
   * @param named the parts that are named
   * @param example any part that is not named
   */
  record LocatedInAnotherPart(Place country, List<Place> named, Place example)
      implements ClientGroup {
    public LocatedInAnotherPart {
      named = List.copyOf(named);
    }

    @Override
    public Location location() {
      return Location.in(example);
    }
  }

  /**
   * Located in a country that no policy names.
   *
   * @param example any such country
   */
  record LocatedElsewhere(Place example) implements ClientGroup {
    @Override
    public Location location() {
      return Location.in(example);
    }
  }

  /** Located nobody knows where. */
  record LocatedNowhereKnown() implements ClientGroup {
    @Override
    public Location location() {
      return new Location.Unknown();
    }
  }

  /**
   * With an account that belongs to a place.
   *
   * @param place where the account belongs
   * @param locatedIn where such a client is located; a country that no policy names, where there is
   *     one
   */
  record Registered(Place place, Place locatedIn) implements ClientGroup {
    @Override
    public Location location() {
      return Location.in(locatedIn);
    }

    @Override
    public Registrations registrations() {
      return new Registrations.Known(Set.of(place));
    }
  }

  /**
   * With an account that nobody could look up.
   *
   * @param locatedIn as of {@link Registered}
   */
  record RegisteredNowhereKnown(Place locatedIn) implements ClientGroup {
    @Override
    public Location location() {
      return Location.in(locatedIn);
    }

    @Override
    public Registrations registrations() {
      return new Registrations.Unknown();
    }
  }
}
