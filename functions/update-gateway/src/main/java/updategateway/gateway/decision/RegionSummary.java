package updategateway.gateway.decision;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;

/**
 * Where a client is, in words, with the sources that say so.
 *
 * @param places canonical codes joined by commas, or {@code unknown}
 * @param source the names of the sources, joined by commas
 * @param reason why the place is unknown or not trusted, as part of a sentence; null if it is
 *     neither
 */
public record RegionSummary(String places, String source, @Nullable String reason) {
  /**
   * Returns the summary of all trusted sources.
   *
   * @param only the places to name if sources name several; empty for all of them
   */
  static RegionSummary of(LocationReport report, Collection<Place> only) {
    List<LocationEvidence.Trusted> named =
        report.allPlaces().stream()
            .filter(trusted -> only.isEmpty() || only.contains(trusted.place()))
            .toList();
    if (named.isEmpty() || (report.isUnknown() && only.isEmpty())) {
      return new RegionSummary("unknown", sources(report.evidence()), reasons(report.evidence()));
    }
    return new RegionSummary(
        joined(
            named.stream().map(LocationEvidence.Trusted::place).sorted().map(Place::code).toList()),
        sources(named),
        reasons(
            report.untrusted().stream()
                .filter(untrusted -> named.contains(untrusted.place()))
                .toList()));
  }

  private static String sources(List<? extends LocationEvidence> evidence) {
    return joined(evidence.stream().map(LocationEvidence::source).toList());
  }

  private static @Nullable String reasons(List<? extends LocationEvidence> evidence) {
    List<String> reasons =
        evidence.stream()
            .flatMap(piece -> piece.uncertainty().stream())
            .map(LocationEvidence.Reason::description)
            .distinct()
            .toList();
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }

  private static String joined(List<String> texts) {
    return String.join(",", texts.stream().distinct().toList());
  }
}
