package updategateway.gateway.response;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;

/**
 * Where a client is, in words, and who says so.
 *
 * @param places canonical codes joined by commas, or {@code unknown}
 * @param source the names of the sources that say so, joined by commas
 * @param reason why the place is unknown or doubted, in a sentence's words; null where it is
 *     neither
 */
public record Region(String places, String source, @Nullable String reason) {
  /**
   * The region by all that trusted sources say.
   *
   * @param only the places to speak of, where sources name several; empty for all of them
   */
  static Region of(LocationReport located, Collection<Place> only) {
    if (only.isEmpty()
        && located.evidence().size() == 1
        && located.evidence().getFirst() instanceof LocationEvidence.Trusted known) {
      return new Region(place(known).code(), known.source(), null);
    }
    List<LocationEvidence.Trusted> named =
        located.allPlaces().stream()
            .filter(known -> only.isEmpty() || only.contains(place(known)))
            .toList();
    boolean doubted = located.isUnknown();
    if (named.isEmpty() || (doubted && only.isEmpty())) {
      return new Region("unknown", sources(located.evidence()), reasons(located.evidence()));
    }
    return new Region(
        joined(named.stream().map(Region::place).sorted().map(Place::code).toList()),
        sources(named),
        reasons(
            located.evidence().stream()
                .filter(LocationEvidence.Untrusted.class::isInstance)
                .filter(doubtful -> named.contains(((LocationEvidence.Untrusted) doubtful).place()))
                .toList()));
  }

  static Place place(LocationEvidence.Trusted known) {
    return known.place();
  }

  private static String sources(List<? extends LocationEvidence> evidence) {
    return joined(evidence.stream().map(LocationEvidence::source).toList());
  }

  private static @Nullable String reasons(List<LocationEvidence> evidence) {
    List<String> words =
        evidence.stream()
            .flatMap(whereabouts -> whereabouts.uncertainty().stream())
            .map(LocationEvidence.Reason::description)
            .distinct()
            .toList();
    return words.isEmpty() ? null : String.join("; ", words);
  }

  private static String joined(List<String> words) {
    return String.join(",", words.stream().distinct().toList());
  }
}
