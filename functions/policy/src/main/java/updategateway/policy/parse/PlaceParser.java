package updategateway.policy.parse;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.place.Countries;
import updategateway.place.Place;
import updategateway.place.Subdivisions;
import updategateway.policy.source.Document;

/**
 * Reads the codes of places: ISO 3166-1 alpha-2 of {@link Countries}, ISO 3166-2 of {@link
 * Subdivisions}.
 */
public final class PlaceParser {
  private static final Map<String, String> OTHER_CODES =
      Map.of(
          "UK",
          "GB",
          "EL",
          "GR",
          "USA",
          "US",
          "EU",
          "each country of the Union",
          "RUS",
          "RU",
          "DEU",
          "DE",
          "GBR",
          "GB");

  private PlaceParser() {}

  /**
   * The place that a code names.
   *
   * @throws IllegalArgumentException with what to write instead, when no place has the code
   */
  public static Place parse(String code) {
    Optional<String> remedy = remedy(code);
    if (remedy.isPresent()) {
      throw new IllegalArgumentException(remedy.get());
    }
    return Place.parse(code);
  }

  /**
   * Returns the place, or null and adds a finding.
   *
   * @param notation in the canonical form a code is right that was right when it was stored, even
   *     if ISO 3166-2 has dropped it since
   */
  static @Nullable Place read(Document document, TimeFormat notation, Diagnostics findings) {
    String code = MappingReader.text(document, findings);
    if (code == null) {
      return null;
    }
    if (notation == TimeFormat.CANONICAL && isStored(code)) {
      return Place.parse(code);
    }
    Optional<String> remedy = remedy(code);
    if (remedy.isPresent()) {
      findings.add(document, "no place has the code " + MappingReader.quoted(code), remedy.get());
      return null;
    }
    return Place.parse(code);
  }

  private static boolean isStored(String code) {
    try {
      Place.parse(code);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What to write instead; empty when the code is right. */
  private static Optional<String> remedy(String code) {
    if (isPlace(code)) {
      return Optional.empty();
    }
    if (code.startsWith("UM-")) {
      return Optional.of("write UM: its islands are not told apart");
    }
    Optional<Place> now = Subdivisions.formerly(code);
    if (now.isPresent()) {
      return Optional.of("ISO 3166-2 has replaced it: write " + now.get());
    }
    if (code.equals("false") || code.equals("true")) {
      // What YAML 1.1, and so CloudFormation, makes of no, off, n, yes, on and y without quotes.
      return Optional.of(
          code.equals("false")
              ? "write \"NO\" with its quotes if Norway is meant: without them some readers of YAML,"
                  + " CloudFormation's too, take it for the answer no"
              : "write the code with quotes: without them some readers of YAML, CloudFormation's"
                  + " too, take it for the answer yes");
    }
    String upper = code.toUpperCase(Locale.ROOT);
    if (isPlace(upper)) {
      return Optional.of("write " + upper);
    }
    String other = OTHER_CODES.get(upper);
    if (other != null) {
      return Optional.of("write " + other);
    }
    String dashed = upper.replace('_', '-');
    if (isPlace(dashed)) {
      return Optional.of("write " + dashed);
    }
    if (upper.length() == 3) {
      Optional<String> alpha2 =
          List.of(Locale.getISOCountries()).stream()
              .filter(country -> Locale.of("", country).getISO3Country().equals(upper))
              .findFirst();
      if (alpha2.isPresent()) {
        return alpha2.map(country -> "write " + country);
      }
    }
    if (upper.length() > 2 && upper.charAt(2) == '-' && Countries.contain(upper.substring(0, 2))) {
      return Optional.of(
          Suggestion.to(upper, Subdivisions.in(upper.substring(0, 2)))
              .map(nearest ->
                  "ISO 3166-2 has no such subdivision: write "
                      + nearest
                      + ", or "
                      + upper.substring(0, 2)
                      + " for the whole")
              .orElse(
                  "ISO 3166-2 has no such subdivision: write "
                      + upper.substring(0, 2)
                      + " for the whole"));
    }
    return Optional.of(
        "write an ISO 3166-1 alpha-2 code such as US, or an ISO 3166-2 code such as UA-43");
  }

  private static boolean isPlace(String code) {
    return Countries.contain(code) || Subdivisions.contain(code);
  }
}
