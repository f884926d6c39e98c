package updategateway.gateway.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    List<LocationEvidence.Trusted> named = new ArrayList<>(report.allPlaces());
    if (!only.isEmpty()) {
      named.removeIf(trusted -> !only.contains(trusted.place()));
    }
    if (named.isEmpty() || (report.isUnknown() && only.isEmpty())) {
      return new RegionSummary("unknown", sources(report.evidence()), reasons(report.evidence()));
    }
    Set<Place> places = new TreeSet<>();
    named.forEach(trusted -> places.add(trusted.place()));
    List<LocationEvidence.Untrusted> doubtful = new ArrayList<>(report.untrusted());
    doubtful.removeIf(untrusted -> !named.contains(untrusted.place()));
    return new RegionSummary(
        String.join(",", places.stream().map(Place::code).toList()),
        sources(named),
        reasons(doubtful));
  }

  private static String sources(List<? extends LocationEvidence> evidence) {
    Set<String> sources = new LinkedHashSet<>();
    evidence.forEach(piece -> sources.add(piece.source()));
    return String.join(",", sources);
  }

  private static @Nullable String reasons(List<? extends LocationEvidence> evidence) {
    Set<String> reasons = new LinkedHashSet<>();
    for (LocationEvidence piece : evidence) {
      piece.uncertainty().ifPresent(reason -> reasons.add(reason.description()));
    }
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }
}
