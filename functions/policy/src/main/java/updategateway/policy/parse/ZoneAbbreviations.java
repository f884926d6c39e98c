package updategateway.policy.parse;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The zones that people mean when they write an abbreviation. An abbreviation is never read as a
 * zone: {@code EST} names an offset that the law's place leaves for half of the year, and {@code
 * CST} is three zones.
 */
final class ZoneAbbreviations {
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("EST", "America/New_York"),
          Map.entry("EDT", "America/New_York"),
          Map.entry("ET", "America/New_York"),
          Map.entry("EST5EDT", "America/New_York"),
          Map.entry("CST", "America/Chicago"),
          Map.entry("CDT", "America/Chicago"),
          Map.entry("CT", "America/Chicago"),
          Map.entry("CST6CDT", "America/Chicago"),
          Map.entry("MST", "America/Denver"),
          Map.entry("MDT", "America/Denver"),
          Map.entry("MT", "America/Denver"),
          Map.entry("MST7MDT", "America/Denver"),
          Map.entry("PST", "America/Los_Angeles"),
          Map.entry("PDT", "America/Los_Angeles"),
          Map.entry("PT", "America/Los_Angeles"),
          Map.entry("PST8PDT", "America/Los_Angeles"),
          Map.entry("AKST", "America/Anchorage"),
          Map.entry("AKDT", "America/Anchorage"),
          Map.entry("HST", "Pacific/Honolulu"),
          Map.entry("AST", "America/Puerto_Rico"),
          Map.entry("CHST", "Pacific/Guam"),
          Map.entry("GMT", "UTC"),
          Map.entry("BST", "Europe/London"),
          Map.entry("WET", "Europe/Lisbon"),
          Map.entry("WEST", "Europe/Lisbon"),
          Map.entry("CET", "Europe/Brussels"),
          Map.entry("CEST", "Europe/Brussels"),
          Map.entry("MET", "Europe/Brussels"),
          Map.entry("EET", "Europe/Kyiv"),
          Map.entry("EEST", "Europe/Kyiv"),
          Map.entry("MSK", "Europe/Moscow"),
          Map.entry("IST", "Asia/Kolkata"),
          Map.entry("JST", "Asia/Tokyo"),
          Map.entry("KST", "Asia/Seoul"),
          Map.entry("AEST", "Australia/Sydney"),
          Map.entry("AEDT", "Australia/Sydney"),
          Map.entry("NZST", "Pacific/Auckland"),
          Map.entry("NZDT", "Pacific/Auckland"));

  private ZoneAbbreviations() {}

  /** The zone that is meant; empty when this is no abbreviation that people write. */
  static Optional<String> meant(String abbreviation) {
    return Optional.ofNullable(MEANT.get(abbreviation.toUpperCase(Locale.ROOT)));
  }
}
