package updategateway.cli.agents;

import java.util.ArrayList;
import java.util.List;
import updategateway.place.Place;
import updategateway.policy.parse.PlaceParser;

/** Codes of places as a person writes them. */
final class PlaceText {
  private PlaceText() {}

  /**
   * Returns the places with these codes.
   *
   * @throws IllegalArgumentException with a sentence that says what to write instead
   */
  static List<Place> parse(List<String> codes) {
    List<Place> places = new ArrayList<>();
    for (String code : codes) {
      try {
        places.add(PlaceParser.parse(code));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(code + " is no place: " + e.getMessage(), e);
      }
    }
    return places;
  }
}
