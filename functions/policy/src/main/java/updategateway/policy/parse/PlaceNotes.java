package updategateway.policy.parse;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import updategateway.place.Countries;
import updategateway.place.Place;
import updategateway.place.Subdivisions;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Scope;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Document;

/** Notes on what the codes of places in policies reach and do not reach. */
final class PlaceNotes {
  private final Diagnostics notes = new Diagnostics();

  private PlaceNotes() {}

  static List<Diagnostic> of(List<Parsed<Policy>> policies) {
    PlaceNotes all = new PlaceNotes();
    for (Parsed<Policy> policy : policies) {
      Document scope = DocumentPaths.at(policy.document(), "scope");
      Stream.of("locations", "except")
          .flatMap(key -> DocumentPaths.items(scope, key).stream())
          .forEach(all::otherCode);
      for (Document item : DocumentPaths.items(scope, "locations")) {
        all.country(item, policy.value().scope());
      }
    }
    return all.notes.inOrder();
  }

  /** A code of ISO 3166-2 for a place with a country's code, or for a part of one. */
  private void otherCode(Document item) {
    Place place = Place.parse(DocumentPaths.text(item));
    Place same = place.canonical();
    if (!place.isSubdivision() || same.largest().code().equals(place.country())) {
      return;
    }
    notes.add(
        item,
        place + (same.equals(place) ? " is a part of " + same.largest() : " is " + same),
        place.country() + " alone does not cover it");
  }

  /**
   * Places with codes in a country and country codes of their own, as far as nothing names them.
   */
  private void country(Document item, Scope scope) {
    Place country = Place.parse(DocumentPaths.text(item));
    if (country.isSubdivision()) {
      return;
    }
    List<Place> named = Stream.concat(scope.locations().stream(), scope.except().stream()).toList();
    List<Place> outside =
        places(country)
            .map(Place::largest)
            .filter(place -> !place.equals(country))
            .filter(place -> named.stream().noneMatch(one -> one.largest().equals(place)))
            .toList();
    if (!outside.isEmpty()) {
      notes.add(
          item,
          country + " does not cover " + codes(outside),
          "list those that are meant: each has a country code of its own");
    }
    List<Place> inside =
        places(country)
            .filter(place -> place.isPartOf(country) && hasCountryCode(place))
            .filter(place -> named.stream().noneMatch(place::isSame))
            .toList();
    if (!inside.isEmpty()) {
      notes.add(
          item,
          country + " covers " + codes(inside),
          "write those that are not meant into except: each has a country code too");
    }
  }

  private static Stream<Place> places(Place country) {
    return Subdivisions.in(country.code()).stream().map(Place::parse).map(Place::canonical);
  }

  /** Returns true for an area of the United States such as US-PR, which is PR. */
  private static boolean hasCountryCode(Place place) {
    return place
        .subdivision()
        .filter(Countries::contain)
        .filter(part -> Place.parse(part).isSame(place))
        .isPresent();
  }

  private static String codes(List<Place> places) {
    return places.stream().map(Place::code).distinct().sorted().collect(Collectors.joining(", "));
  }
}
