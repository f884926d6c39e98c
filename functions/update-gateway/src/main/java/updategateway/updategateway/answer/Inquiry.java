package updategateway.updategateway.answer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import updategateway.policy.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.correction.Correction;
import updategateway.policy.decision.CompiledPolicySet;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.decision.Sender;
import updategateway.region.Located;
import updategateway.region.Whereabouts;

/**
 * A request in the words of the law, with the evidence that it rests on.
 *
 * @param id by which it is found in the log
 * @param time when it was made
 * @param asked what it is for
 * @param located where it comes from, by everybody who is trusted with it
 * @param sender who asks, as far as a correction can be about him
 * @param registrations where the agent's account belongs
 * @param deciding the places that the outcome rests on, where sources name several; empty for all
 */
public record Inquiry(
    String id,
    Instant time,
    Classification asked,
    Located located,
    Sender sender,
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
      Located located,
      Sender sender,
      Registrations registrations) {
    this(id, time, asked, located, sender, registrations, List.of());
  }

  /** The same client asking for something else, with what its account is then. */
  public Inquiry about(Classification other, Registrations accounts) {
    return new Inquiry(id, time, other, located, sender, accounts);
  }

  /** The location that the policies speak of. */
  public static Location location(Located located) {
    List<Place> named = places(located.named());
    return located.isUnknown() ? new Location.Unknown(named) : Location.in(named);
  }

  private static List<Place> places(List<Whereabouts.Known> named) {
    return named.size() == 1
        ? List.of(Region.place(named.getFirst()))
        : named.stream().map(Region::place).distinct().toList();
  }

  /** The request as it is decided. */
  public Request request() {
    return new Request(
        time, asked.product(), asked.activity(), location(located), registrations, sender);
  }

  /** The same, knowing which corrections say where it comes from. */
  public Inquiry placed(List<Correction> corrections) {
    return new Inquiry(
        id, time, asked, corrected(located, corrections), sender, registrations, deciding);
  }

  /**
   * An address's correction takes the place of all other evidence. That of an agent's id stands
   * beside it: it is the client's own word, and where nobody else knows a place, only a doubt.
   */
  private static Located corrected(Located located, List<Correction> corrections) {
    List<Whereabouts> evidence = new ArrayList<>(located.evidence());
    for (Correction correction : corrections) {
      Whereabouts.Known place =
          new Whereabouts.Known(
              correction.place().country(),
              correction.place().subdivision().orElse(null),
              "correction " + correction.id());
      switch (correction.target()) {
        case Correction.Target.Addresses _ -> {
          evidence.clear();
          evidence.add(place);
        }
        case Correction.Target.Agent _ ->
            evidence.add(
                evidence.stream().anyMatch(Whereabouts.Known.class::isInstance)
                    ? place
                    : new Whereabouts.Doubtful(place, Whereabouts.Reason.CLAIMED));
      }
    }
    return new Located(evidence, located.address(), located.ignoredHeaders());
  }

  /**
   * The same, knowing by which corrections it was decided, and which of several places decided:
   * those that would have had the same outcome alone. All of them where none would, because the
   * account decided.
   */
  public Inquiry decided(CompiledPolicySet policy, Decision decision) {
    return decision.corrections().isEmpty()
        ? decidedAt(policy, decision)
        : placed(decision.corrections()).decidedAt(policy, decision);
  }

  private Inquiry decidedAt(CompiledPolicySet policy, Decision decision) {
    List<Place> named = places(located.named());
    if (named.size() < 2 && !located.isUnknown()) {
      return this;
    }
    List<Place> alike =
        named.stream()
            .filter(place -> outcomeAt(place, policy).outcome() == decision.outcome())
            .toList();
    return new Inquiry(id, time, asked, located, sender, registrations, alike);
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
