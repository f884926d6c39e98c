package updategateway.policy.decision;

import java.util.Collection;
import java.util.List;
import updategateway.policy.Place;

/** Where a request comes from, as far as anybody can tell. */
public sealed interface Location {
  /** From this place. */
  static Location in(Place place) {
    return new Known(List.of(place));
  }

  /** From wherever trusted sources put it: {@link Unknown} when none names a place. */
  static Location in(Collection<Place> places) {
    return places.isEmpty() ? new Unknown() : new Known(List.copyOf(places));
  }

  /**
   * From these places: every one in which a trusted source puts the client. Sources may contradict
   * each other; then the strictest decision on any of the places counts.
   *
   * @param places at least one, in alphabetical order, each once; a country alone when its
   *     subdivision is not known
   */
  record Known(List<Place> places) implements Location {
    /**
     * Takes them in any order.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Known {
      if (places.isEmpty()) {
        throw new IllegalArgumentException("a known location has a place");
      }
      places =
          places.size() == 1 ? List.copyOf(places) : places.stream().distinct().sorted().toList();
    }
  }

  /**
   * From nobody knows where.
   *
   * @param perhaps places that sources name which cannot be relied on, such as a database of
   *     addresses for an anonymising service. They count where they make the decision stricter, in
   *     alphabetical order, each once
   */
  record Unknown(List<Place> perhaps) implements Location {
    public Unknown {
      perhaps = perhaps.stream().distinct().sorted().toList();
    }

    /** From nobody knows where, and nobody has a guess. */
    public Unknown() {
      this(List.of());
    }
  }
}
