package updategateway.gateway.registration;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.event.Event;
import updategateway.place.Place;
import updategateway.place.Subdivisions;
import updategateway.policy.decision.Registrations;
import updategateway.region.AgentRegistry;

/**
 * Lookup of the places in which the account of an agent is registered. Safe for use by many
 * threads.
 *
 * <p>If the account cannot be looked up or the agent id cannot be read, the registration is
 * unknown; the policies' {@code undetermined} says what that means.
 */
public final class RegistrationLookup {
  private final AgentIdExtractor source;
  private final AgentRegistry agents;

  public RegistrationLookup(AgentIdExtractor source, AgentRegistry agents) {
    this.source = source;
    this.agents = agents;
  }

  /**
   * The result of a lookup.
   *
   * @param registrations the places
   * @param isUnavailable whether the account could not be read
   * @param isAbsent whether the agent named itself and has no account
   * @param note why the registrations are unknown, for the log; null if they are known
   */
  public record Result(
      Registrations registrations, boolean isUnavailable, boolean isAbsent, @Nullable String note) {
    static final Result NO_AGENT = new Result(Registrations.NONE, false, false, null);

    static Result unreadableId(String reason) {
      return new Result(new Registrations.Unknown(), false, false, reason);
    }

    static Result unavailable(String reason) {
      return new Result(new Registrations.Unknown(), true, false, reason);
    }
  }

  /** Returns the lookup for one request, which is made when it first matters. */
  public LazyRegistrations of(Event.HttpRequest request) {
    return new LazyRegistrations(this, request);
  }

  /** Returns the agent id; null if there is none, or not exactly one that can be read. */
  public @Nullable String agentId(Event.HttpRequest request) {
    return source.read(request) instanceof AgentId.Named named ? named.id() : null;
  }

  /** Returns true if a request names no agent. */
  boolean namesNoAgent(Event.HttpRequest request) {
    return source.read(request) instanceof AgentId.None;
  }

  Result lookup(Event.HttpRequest request) {
    AgentId id = source.read(request);
    if (id instanceof AgentId.Named named) {
      return result(agents.find(named.id()));
    }
    return id instanceof AgentId.Unreadable unreadable
        ? Result.unreadableId(unreadable.reason())
        : Result.NO_AGENT;
  }

  private static Result result(AgentRegistry.Registration registration) {
    return switch (registration) {
      case AgentRegistry.Unavailable unavailable -> Result.unavailable(unavailable.reason());
      case AgentRegistry.Found found -> {
        Set<Place> places = new HashSet<>();
        for (String code : found.places()) {
          Optional<Place> place = place(code);
          if (place.isEmpty()) {
            yield Result.unavailable("the account has a place that is none: " + code);
          }
          places.add(place.get());
        }
        yield new Result(new Registrations.Known(places), false, places.isEmpty(), null);
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
}
