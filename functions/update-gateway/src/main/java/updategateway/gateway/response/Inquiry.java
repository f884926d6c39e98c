package updategateway.gateway.response;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.decision.ResolvedLocation;
import updategateway.policy.model.Correction;
import updategateway.region.LocationEvidence;
import updategateway.region.LocationReport;

/**
 * A request in the words of the law, with the evidence that it rests on.
 *
 * @param id by which it is found in the log
 * @param time when it was made
 * @param asked what it is for
 * @param located where it comes from, by everybody who is trusted with it
 * @param location the same, as the policies speak of it
 * @param sender who asks, as far as a correction can be about him
 * @param registrations where the agent's account belongs
 * @param deciding the places that the outcome rests on, where sources name several; empty for all
 */
public record Inquiry(
    String id,
    Instant time,
    Classification asked,
    LocationReport located,
    Location location,
    Client sender,
    Registrations registrations,
    List<Place> deciding) {
  public Inquiry {
    deciding = List.copyOf(deciding);
  }

  /** One that is not decided yet. */
  public Inquiry(
      String id,
      Instant time,
      Classification asked,
      LocationReport located,
      Location location,
      Client sender,
      Registrations registrations) {
    this(id, time, asked, located, location, sender, registrations, List.of());
  }

  /** The same client asking for something else. */
  public Inquiry about(Classification other) {
    return new Inquiry(id, time, other, located, location, sender, registrations);
  }

  /** The location that the policies speak of. */
  public static Location location(LocationReport located) {
    List<LocationEvidence> evidence = located.evidence();
    if (evidence.size() == 1 && evidence.getFirst() instanceof LocationEvidence.Trusted only) {
      return Location.in(Region.place(only));
    }
    List<Place> known = new ArrayList<>(evidence.size());
    List<Place> perhaps = new ArrayList<>(evidence.size());
    for (LocationEvidence said : evidence) {
      if (said instanceof LocationEvidence.Trusted place) {
        known.add(Region.place(place));
      } else if (said instanceof LocationEvidence.Untrusted doubtful) {
        perhaps.add(Region.place(doubtful.place()));
      }
    }
    return Location.in(known, perhaps);
  }

  /** The request as it is decided. */
  public Request request() {
    return new Request(time, asked.product(), asked.activity(), location, registrations, sender);
  }

  /** The same, knowing where corrections put it. */
  public Inquiry placed(ResolvedLocation placement) {
    return placement.corrections().isEmpty()
        ? this
        : new Inquiry(
            id,
            time,
            asked,
            corrected(located, placement.corrections()),
            placement.location(),
            sender,
            registrations,
            deciding);
  }

  /**
   * An address's correction takes the place of all other evidence. That of an agent's id stands
   * beside it: it is the client's own word, and where nobody else knows a place, only a doubt.
   */
  private static LocationReport corrected(LocationReport located, List<Correction> corrections) {
    List<LocationEvidence> evidence = new ArrayList<>(located.evidence());
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
    return new LocationReport(evidence, located.address(), located.ignoredHeaders());
  }

  /** All that was said of where a client is, and what corrections say. */
  public static LocationReport beside(LocationReport located, List<Correction> corrections) {
    return located.with(corrections.stream().map(Inquiry::place).toList());
  }

  /** What a correction says, as one source among others. */
  private static LocationEvidence.Trusted place(Correction correction) {
    return new LocationEvidence.Trusted(
        correction.place().country(),
        correction.place().subdivision().orElse(null),
        "correction " + correction.id());
  }

  /**
   * Returns the same with the location by which it was decided, and with those of several places
   * that decided: all of them if it is served or the account decided.
   */
  public Inquiry decided(Decision decision) {
    Inquiry placed = placed(decision.resolved());
    List<Place> named = placed.places();
    if (named.size() < 2 && placed.location instanceof Location.Known) {
      return placed;
    }
    return new Inquiry(
        id,
        time,
        asked,
        placed.located,
        placed.location,
        sender,
        registrations,
        decision.outcome() == Outcome.SERVE ? named : decision.decidingPlaces());
  }

  private List<Place> places() {
    return switch (location) {
      case Location.Known known -> known.places();
      case Location.Unknown unknown -> unknown.perhaps();
    };
  }

  /** Where it comes from, in words. */
  public Region region() {
    boolean several = located.evidence().size() > 1;
    return Region.of(
        located,
        deciding.isEmpty() && several && location instanceof Location.Known known
            ? known.places()
            : deciding);
  }
}
