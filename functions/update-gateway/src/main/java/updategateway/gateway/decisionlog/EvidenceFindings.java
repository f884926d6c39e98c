package updategateway.gateway.decisionlog;

import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.Corrections;
import updategateway.policy.model.Correction;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;

/**
 * What is remarkable about the sources that say where a client is.
 *
 * @param conflict which sources contradict each other, and what they say; null if none do
 * @param unknownSubdivisions which subdivisions that ISO 3166-2 does not have were reported, by
 *     which source; empty if none were
 */
record EvidenceFindings(@Nullable String conflict, List<String> unknownSubdivisions) {
  EvidenceFindings {
    unknownSubdivisions = List.copyOf(unknownSubdivisions);
  }

  /** Returns the findings on a report and the corrections of it. */
  static EvidenceFindings of(LocationReport report, List<Correction> corrections) {
    LocationReport all = corrections.isEmpty() ? report : Corrections.beside(report, corrections);
    LocationReport conflicting = all.isConflicting() ? all : report;
    return new EvidenceFindings(
        conflicting.isConflicting() ? statements(conflicting) : null,
        report.allPlaces().stream()
            .filter(trusted -> trusted.unassigned() != null)
            .map(trusted ->
                trusted.source() + " says " + trusted.country() + "-" + trusted.unassigned())
            .toList());
  }

  private static String statements(LocationReport report) {
    return String.join(", ", report.allPlaces().stream().map(EvidenceFindings::statement).toList());
  }

  private static String statement(LocationEvidence.Trusted trusted) {
    return trusted.source() + " says " + trusted.code();
  }
}
