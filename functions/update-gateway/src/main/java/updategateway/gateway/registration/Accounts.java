package updategateway.gateway.registration;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decisionlog.DecisionLine;
import updategateway.gateway.event.Event;
import updategateway.place.Place;
import updategateway.place.Subdivisions;
import updategateway.policy.decision.Registrations;
import updategateway.region.AgentRegistry;

/**
 * Where the accounts of agents belong. Safe for many threads.
 *
 * <p>An account that cannot be looked up, or an id that cannot be read, is an unknown registration:
 * what that gets, each policy says with its {@code undetermined}.
 */
public final class Accounts {
  private final AgentIdSource source;
  private final AgentRegistry agents;

  public Accounts(AgentIdSource source, AgentRegistry agents) {
    this.source = source;
    this.agents = agents;
  }

  /** The account of whoever sent this, not looked up yet. */
  public AccountLookup of(Event.HttpRequest request, DecisionLine line) {
    return new AccountLookup(this, request, line);
  }

  /** Where the account of whoever asks belongs; what was found is told to the line. */
  Registrations registrations(Event.HttpRequest request, DecisionLine line) {
    AgentId id = source.read(request);
    if (id instanceof AgentId.None) {
      return Registrations.NONE;
    }
    return id instanceof AgentId.Named named
        ? registrations(agents.find(named.id()), line)
        : unknown(((AgentId.Unreadable) id).reason(), line);
  }

  /** Whether a request names no account. */
  boolean namesNone(Event.HttpRequest request) {
    return source.read(request) instanceof AgentId.None;
  }

  /** What whoever asks calls itself; null when it does not, or not in one readable way. */
  public @Nullable String agentId(Event.HttpRequest request) {
    return source.read(request) instanceof AgentId.Named named ? named.id() : null;
  }

  private static Registrations registrations(
      AgentRegistry.Registration registration, DecisionLine line) {
    return switch (registration) {
      case AgentRegistry.Unavailable unavailable -> {
        line.agentsUnavailable();
        yield unknown(unavailable.reason(), line);
      }
      case AgentRegistry.Found found -> {
        Set<Place> places = new HashSet<>();
        for (String code : found.places()) {
          Optional<Place> place = place(code);
          if (place.isEmpty()) {
            line.agentsUnavailable();
            yield unknown("the account has a place that is none: " + code, line);
          }
          places.add(place.get());
        }
        if (places.isEmpty()) {
          line.agentAbsent();
        }
        line.registered(places.stream().sorted().toList());
        yield new Registrations.Known(places);
      }
    };
  }

  /** Returns the place with a stored code; empty if there is none, or not any more. */
  private static Optional<Place> place(String code) {
    try {
      Place place = Place.parse(code);
      return place.isSubdivision() && !Subdivisions.contain(place.code())
          ? Subdivisions.formerly(code)
          : Optional.of(place);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Registrations unknown(String reason, DecisionLine line) {
    line.registeredUnknown();
    line.remark(reason);
    return new Registrations.Unknown();
  }
}
