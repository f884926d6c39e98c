package updategateway.gateway.decision;

import java.time.Instant;
import java.util.List;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.ResolvedLocation;
import updategateway.policy.model.Correction;
import updategateway.region.LocationReport;

/**
 * What a decision rests on.
 *
 * @param time by which it was decided
 * @param classification what was requested
 * @param location where the client is by all sources, with corrections applied
 * @param corrections by which the client was located
 * @param region the location in words: the places that decided, if several are named
 * @param registrations where the agent's account is registered, as far as it was looked up
 */
public record DecisionContext(
    Instant time,
    Classification classification,
    LocationReport location,
    List<Correction> corrections,
    RegionSummary region,
    Registrations registrations) {
  public DecisionContext {
    corrections = List.copyOf(corrections);
  }

  /**
   * Returns the context of a decision. Its region is the places that decided, if several are named:
   * all of them if the request is served or the account decided.
   *
   * @param report where the client is by all sources but corrections
   */
  static DecisionContext of(
      Instant time,
      Classification classification,
      LocationReport report,
      Decision decision,
      Registrations registrations) {
    Location location = decision.resolved().location();
    List<Place> places = places(location);
    boolean isSingle = places.size() < 2 && location instanceof Location.Known;
    List<Place> deciding = decision.outcome() == Outcome.SERVE ? places : decision.decidingPlaces();
    return of(
        time,
        classification,
        report,
        decision.resolved(),
        isSingle ? List.of() : deciding,
        registrations);
  }

  /** Returns the context of an overview, whose region is all places. */
  static DecisionContext ofOverview(
      Instant time, LocationReport report, ResolvedLocation resolved, Registrations registrations) {
    return of(time, Classification.UNCLASSIFIED, report, resolved, List.of(), registrations);
  }

  private static DecisionContext of(
      Instant time,
      Classification classification,
      LocationReport report,
      ResolvedLocation resolved,
      List<Place> deciding,
      Registrations registrations) {
    LocationReport location = Corrections.apply(resolved.corrections(), report);
    boolean several = location.evidence().size() > 1;
    List<Place> named =
        deciding.isEmpty() && several && resolved.location() instanceof Location.Known known
            ? known.places()
            : deciding;
    return new DecisionContext(
        time,
        classification,
        location,
        resolved.corrections(),
        RegionSummary.of(location, named),
        registrations);
  }

  private static List<Place> places(Location location) {
    return location instanceof Location.Known known
        ? known.places()
        : ((Location.Unknown) location).perhaps();
  }
}
