package updategateway.gateway.decision;

import updategateway.policy.decision.Location;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;

/** The location of a client as policies use it. */
public final class ClientLocation {
  private ClientLocation() {}

  /** Returns the location that a report gives. */
  public static Location of(LocationReport report) {
    return Location.in(
        report.known().stream().map(LocationEvidence.Trusted::place).toList(),
        report.untrusted().stream().map(untrusted -> untrusted.place().place()).toList());
  }
}
