package updategateway.local.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import updategateway.place.Place;

/** Codes of places as a person writes them. */
final class Places {
  private Places() {}

  /**
   * The places that they name.
   *
   * @throws IllegalArgumentException with a sentence that says what to write instead
   */
  static List<Place> parse(List<String> codes) {
    List<Place> places = new ArrayList<>();
    for (String code : codes) {
      try {
        places.add(Place.parse(code));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(code + " is no place: " + advice(code), e);
      }
    }
    return places;
  }

  private static String advice(String code) {
    String upper = code.equalsIgnoreCase("UK") ? "GB" : code.toUpperCase(Locale.ROOT);
    try {
      return "write " + Place.parse(upper).code();
    } catch (IllegalArgumentException e) {
      return "write a code of ISO 3166-1 like DE, or of ISO 3166-2 like UA-43";
    }
  }
}
