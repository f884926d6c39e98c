package updategateway.place;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The codes of countries: ISO 3166-1 alpha-2 as the JDK lists them, and {@code XK} (Kosovo). */
public final class Countries {
  private static final Set<String> CODES = codes();

  private Countries() {}

  /** Returns true if a country has this code, in upper case. */
  public static boolean contain(String alpha2) {
    return CODES.contains(alpha2);
  }

  private static Set<String> codes() {
    Set<String> codes = new HashSet<>(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2));
    codes.add("XK");
    return Set.copyOf(codes);
  }
}
