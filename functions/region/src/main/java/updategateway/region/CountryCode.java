package updategateway.region;

import java.util.Set;
import updategateway.place.Countries;

/**
 * Country codes as evidence writes them: those of ISO 3166-1, {@code XK}, and {@code UK} for {@code
 * GB}.
 */
final class CountryCode {
  /** Codes with which sources say that they know no country. */
  private static final Set<String> SPECIAL_PURPOSE =
      Set.of("A1", "A2", "AP", "EU", "O1", "T1", "XX", "ZZ");

  private CountryCode() {}

  static boolean isCountry(String code) {
    return Countries.contain(code);
  }

  static boolean isNowhere(String code) {
    return SPECIAL_PURPOSE.contains(code);
  }

  /** The ISO code for a country that sources write in two ways. */
  static String canonical(String code) {
    return code.equals("UK") ? "GB" : code;
  }
}
