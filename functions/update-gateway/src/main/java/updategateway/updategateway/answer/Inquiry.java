package updategateway.updategateway.answer;

import java.time.Instant;
import java.util.List;
import updategateway.policy.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.CompiledPolicySet;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.region.Located;
import updategateway.region.Whereabouts;

/**
 * A request in the words of the law, with the evidence that it rests on.
 *
 * @param id by which it is found in the log
 * @param time when it was made
 * @param asked what it is for
 * @param located where it comes from, by everybody who is trusted with it
 * @param registrations where the agent's account belongs
 * @param deciding the places that the outcome rests on, where sources name several; empty for all
 */
public record Inquiry(
    String id,
    Instant time,
    Classification asked,
    Located located,
    Registrations registrations,
    List<Place> deciding) {
  public Inquiry {
    deciding = List.copyOf(deciding);
  }

  /** One that is not decided yet. */
  public Inquiry(
      String id, Instant time, Classification asked, Located located, Registrations registrations) {
    this(id, time, asked, located, registrations, List.of());
  }

  /** The location that the policies speak of. */
  public static Location location(Located located) {
    List<Place> named = places(located.named());
    return located.isUnknown() ? new Location.Unknown(named) : Location.in(named);
  }

  private static List<Place> places(List<Whereabouts.Known> named) {
    return named.stream().map(Region::place).distinct().toList();
  }

  /** The request as it is decided. */
  public Request request() {
    return new Request(time, asked.product(), asked.activity(), location(located), registrations);
  }

  /**
   * The same, knowing which of several places decided: those that would have had the same outcome
   * alone. All of them where none would, because the account decided.
   */
  public Inquiry decided(CompiledPolicySet policy, Decision decision) {
    List<Place> named = places(located.named());
    if (named.size() < 2 && !located.isUnknown()) {
      return this;
    }
    List<Place> alike =
        named.stream()
            .filter(place -> outcomeAt(place, policy).outcome() == decision.outcome())
            .toList();
    return new Inquiry(id, time, asked, located, registrations, alike);
  }

  private Decision outcomeAt(Place place, CompiledPolicySet policy) {
    return policy.decide(
        new Request(
            time, asked.product(), asked.activity(), Location.in(place), Registrations.NONE));
  }

  /** Where it comes from, in words. */
  public Region region() {
    return Region.of(located, deciding);
  }
}
