package updategateway.place;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The codes of subdivisions of countries (ISO 3166-2). */
public final class Subdivisions {
  private Subdivisions() {}

  /** Returns true if ISO 3166-2 has this code, such as {@code UA-43}. */
  public static boolean contain(String code) {
    return isOfCountry(code)
        && SubdivisionTable.of(code.substring(0, 2)).current().containsKey(code.substring(3));
  }

  /** Returns the place that had this code, if ISO 3166-2 replaced it and did not reuse it. */
  public static Optional<Place> formerly(String code) {
    return isOfCountry(code)
        ? Optional.ofNullable(
            SubdivisionTable.of(code.substring(0, 2)).former().get(code.substring(3)))
        : Optional.empty();
  }

  /** Returns the codes of a country's subdivisions in alphabetical order. */
  public static List<String> in(String country) {
    return SubdivisionTable.of(country).current().keySet().stream()
        .map(part -> country + "-" + part)
        .sorted()
        .toList();
  }

  /**
   * Returns the parts of a place that are in no smaller part of it, by their canonical codes in
   * alphabetical order.
   */
  public static List<Place> partsOf(Place place) {
    Place whole = place.canonical();
    return Stream.concat(
            SubdivisionTable.of(whole.country()).current().values().stream(),
            SubdivisionTable.within(whole.code()))
        .map(Place::canonical)
        .filter(part -> part.parent().filter(whole::equals).isPresent())
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isOfCountry(String code) {
    return code.length() > 3 && code.charAt(2) == '-' && Countries.contain(code.substring(0, 2));
  }
}
