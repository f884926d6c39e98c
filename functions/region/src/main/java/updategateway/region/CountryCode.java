package updategateway.region;

import java.util.Set;
import updategateway.place.Countries;

/**
 * Country codes as evidence writes them: those of ISO 3166-1, {@code XK}, and {@code UK} for {@code
 * GB}.
 */
final class CountryCode {
  /** Codes with which sources say that they know no country. */
  private static final Set<String> NOWHERE = Set.of("A1", "A2", "AP", "EU", "O1", "T1", "XX", "ZZ");

  /** Those that are a country by one part of the standard and a part of the US by the other. */
  private static final Set<String> US_TERRITORIES = Set.of("AS", "GU", "MP", "PR", "UM", "VI");

  private CountryCode() {}

  /** One code for one place: {@code US-PR} for {@code PR} too. */
  static String place(Whereabouts.Known known) {
    return US_TERRITORIES.contains(known.country()) ? "US-" + known.country() : known.code();
  }

  static boolean isCountry(String code) {
    return Countries.contain(code);
  }

  static boolean isNowhere(String code) {
    return NOWHERE.contains(code);
  }

  /** The ISO code for a country that sources write in two ways. */
  static String canonical(String code) {
    return code.equals("UK") ? "GB" : code;
  }
}
