package updategateway.policy.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import updategateway.place.Place;

/** Where a request comes from, as far as anybody can tell. */
public sealed interface Location {
  /** From this place. */
  static Location in(Place place) {
    return new Known(List.of(place));
  }

  /** From wherever trusted sources put it: {@link Unknown} when none names a place. */
  static Location in(Collection<Place> places) {
    return in(places, List.of());
  }

  /**
   * From wherever trusted sources put it: {@link Unknown} when none names a place. Of a country and
   * a part of it the part counts: a source that names the country alone agrees, and knows less.
   *
   * @param places that sources name which can be relied on
   * @param perhaps that are named and cannot be relied on. They stand beside, where they can only
   *     make the decision stricter: they take the place of no other, however fine they are
   */
  static Location in(Collection<Place> places, Collection<Place> perhaps) {
    if (places.isEmpty()) {
      return new Unknown(List.copyOf(perhaps));
    }
    if (places.size() == 1 && perhaps.isEmpty()) {
      return new Known(List.copyOf(places));
    }
    List<Place> counting = new ArrayList<>(places.size() + perhaps.size());
    for (Place place : places) {
      if (!isKnownFiner(place, places)) {
        counting.add(place);
      }
    }
    List<Place> relied = List.copyOf(counting);
    counting.addAll(perhaps);
    return new Known(counting, relied);
  }

  private static boolean isKnownFiner(Place place, Collection<Place> places) {
    for (Place other : places) {
      if (other.isPartOf(place)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The same, where somebody who need not be trusted claims a place: it stands beside the others,
   * and can only make the decision stricter. A claim of a country of which a part is known already,
   * by a source that can be relied on, says nothing new.
   */
  default Location claimed(Place place) {
    return switch (this) {
      case Known known ->
          isKnownFiner(place, known.relied)
              ? known
              : new Known(and(known.places, place), known.relied);
      case Unknown unknown -> new Unknown(and(unknown.perhaps, place));
    };
  }

  private static List<Place> and(List<Place> places, Place place) {
    List<Place> all = new ArrayList<>(places);
    all.add(place);
    return all;
  }

  /**
   * From these places: every one that counts. Sources may contradict each other; then the strictest
   * decision on any of the places counts.
   *
   * @param places at least one, canonical, in alphabetical order, each once; a country alone when
   *     its subdivision is not known
   * @param relied those of them that a source names which can be relied on, likewise
   */
  record Known(List<Place> places, List<Place> relied) implements Location {
    /**
     * Takes them in any order.
     *
     * @throws IllegalArgumentException when there is none, or one is relied on that is not there
     */
    public Known {
      places = inOrder(places);
      relied = inOrder(relied);
      if (relied.isEmpty() || !places.containsAll(relied)) {
        throw new IllegalArgumentException("a known location has a place that is relied on");
      }
    }

    /** Where all of them can be relied on. */
    public Known(List<Place> places) {
      this(places, places);
    }
  }

  /** Returns the places by their canonical codes, in alphabetical order, each once. */
  private static List<Place> inOrder(List<Place> places) {
    if (places.size() == 1) {
      Place only = places.getFirst();
      return only.canonical().equals(only) ? List.copyOf(places) : List.of(only.canonical());
    }
    return places.stream().map(Place::canonical).distinct().sorted().toList();
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
      perhaps = inOrder(perhaps);
    }

    /** From nobody knows where, and nobody has a guess. */
    public Unknown() {
      this(List.of());
    }
  }
}
