package updategateway.gateway.decision;

import java.util.ArrayList;
import java.util.List;
import updategateway.policy.model.Correction;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;

/** The evidence that corrections are. */
public final class Corrections {
  private Corrections() {}

  /**
   * Returns a report with corrections applied. The correction of an address replaces all other
   * evidence. The correction of an agent id is added to it; since any client can send the id, it is
   * not trusted if no other source names a place.
   */
  static LocationReport apply(List<Correction> corrections, LocationReport report) {
    if (corrections.isEmpty()) {
      return report;
    }
    List<LocationEvidence> evidence = new ArrayList<>(report.evidence());
    for (Correction correction : corrections) {
      LocationEvidence.Trusted place = place(correction);
      switch (correction.target()) {
        case Correction.Target.Addresses _ -> {
          evidence.clear();
          evidence.add(place);
        }
        case Correction.Target.Agent _ ->
            evidence.add(
                evidence.stream().anyMatch(LocationEvidence.Trusted.class::isInstance)
                    ? place
                    : new LocationEvidence.Untrusted(place, LocationEvidence.Reason.CLAIMED));
      }
    }
    return new LocationReport(evidence, report.address(), report.ignoredHeaders());
  }

  /** Returns a report with what corrections say as further evidence, to compare it. */
  public static LocationReport beside(LocationReport report, List<Correction> corrections) {
    return report.with(corrections.stream().map(Corrections::place).toList());
  }

  private static LocationEvidence.Trusted place(Correction correction) {
    return new LocationEvidence.Trusted(
        correction.place().country(),
        correction.place().subdivision().orElse(null),
        "correction " + correction.id());
  }
}
