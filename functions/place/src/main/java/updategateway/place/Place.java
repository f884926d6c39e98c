package updategateway.place;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place that a policy can name: a country (ISO 3166-1 alpha-2) or a part of one (ISO 3166-2), by
 * its one canonical code.
 *
 * <p>Puerto Rico, Guam, the US Virgin Islands, American Samoa, the Northern Mariana Islands and the
 * Minor Outlying Islands have a code in both parts of the standard. Both mean the same place, and
 * the canonical one is the subdivision ({@code PR} is {@code US-PR}), so that {@code US} covers San
 * Juan.
 *
 * @param code {@code US} or {@code US-PR}; always canonical, always upper case
 */
public record Place(String code) implements Comparable<Place> {
  private static final Set<String> US_TERRITORIES = Set.of("AS", "GU", "MP", "PR", "UM", "VI");

  /**
   * @throws IllegalArgumentException when the code has another shape, names no country, or is not
   *     canonical
   */
  public Place {
    if (!isShaped(code)) {
      throw new IllegalArgumentException("not a place code: " + code);
    }
    String country = code.substring(0, 2);
    if (!Countries.contain(country)) {
      throw new IllegalArgumentException("no country has the code " + country);
    }
    if (US_TERRITORIES.contains(country)) {
      throw new IllegalArgumentException("not canonical: " + code + " is US-" + country);
    }
  }

  /**
   * The canonical place for a country and, where one is known, its subdivision.
   *
   * @param country ISO 3166-1 alpha-2, or {@code XK}
   * @param subdivision the part of an ISO 3166-2 code behind the hyphen, or null when it is not
   *     known
   * @throws IllegalArgumentException when the country does not exist or the subdivision has another
   *     shape
   */
  public static Place of(String country, @Nullable String subdivision) {
    if (US_TERRITORIES.contains(country)) {
      return new Place("US-" + country);
    }
    return new Place(subdivision == null ? country : country + "-" + subdivision);
  }

  /**
   * The canonical place for a written code such as {@code DE}, {@code PR}, {@code US-PR} or {@code
   * UA-43}.
   *
   * @throws IllegalArgumentException when it is not such a code
   */
  public static Place parse(String code) {
    if (!isShaped(code)) {
      throw new IllegalArgumentException("not a place code: " + code);
    }
    return code.length() == 2 ? of(code, null) : of(code.substring(0, 2), code.substring(3));
  }

  /** Two letters; then perhaps a hyphen and one to three letters or digits. */
  private static boolean isShaped(String code) {
    int length = code.length();
    if (length != 2 && (length < 4 || length > 6 || code.charAt(2) != '-')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = code.charAt(i);
      boolean letter = c >= 'A' && c <= 'Z';
      boolean digit = c >= '0' && c <= '9' && i > 2;
      if (!letter && !digit && i != 2) {
        return false;
      }
    }
    return true;
  }

  /** The country's code, ISO 3166-1 alpha-2. */
  public String country() {
    return code.substring(0, 2);
  }

  /** The part behind the hyphen of the ISO 3166-2 code; empty for a whole country. */
  public Optional<String> subdivision() {
    return isSubdivision() ? Optional.of(code.substring(3)) : Optional.empty();
  }

  /** Whether this is a part of a country. */
  public boolean isSubdivision() {
    return code.length() > 2;
  }

  /** Whether the other place is this one or a part of it. */
  public boolean covers(Place other) {
    return equals(other) || (!isSubdivision() && other.code.startsWith(code));
  }

  // As a record has them, without the machinery that a record's first question sets up.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Place place && place.code.equals(code);
  }

  @Override
  public int hashCode() {
    return code.hashCode();
  }

  @Override
  public int compareTo(Place other) {
    return code.compareTo(other.code);
  }

  @Override
  public String toString() {
    return code;
  }
}
