package updategateway.policy.testing;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.decision.Coverage;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Interval;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.Selector;
import updategateway.policy.model.UndeterminedAction;
import updategateway.policy.set.PolicySet;

/**
 * The decision rules, read from top to bottom and evaluated word by word: slow, and obviously
 * right. It uses the data of the domain and none of its logic.
 */
public final class SlowTwin {
  private SlowTwin() {}

  /**
   * What the rules say.
   *
   * @param outcome of rule 4
   * @param policies the ids that rule 4 names
   * @param nextChange of rule 5, null for never
   * @param permits of what is served, each valid permit that matches, of each policy that without
   *     any permit would not let it be served, with what it would say
   */
  public record Answer(
      Outcome outcome,
      List<String> policies,
      @Nullable OutcomeChange nextChange,
      List<String> permits) {
    /** What a decision says, in the same words. */
    public static Answer of(Decision decision) {
      return new Answer(
          decision.outcome(),
          decision.reasons().stream().map(reason -> reason.policy().id()).toList(),
          decision.change(),
          decision.permits().stream()
              .map(use -> permit(use.policy(), use.permit(), use.withoutPermits()))
              .toList());
    }
  }

  private static String permit(Policy policy, Permit permit, Outcome otherwise) {
    return policy.id() + "/" + permit.id() + " instead of " + otherwise;
  }

  /** Rules 1 to 5. */
  public static Answer decide(PolicySet set, Request request) {
    Outcome outcome = outcome(set, request);
    Optional<OutcomeChange> change =
        allBoundaries(set).tailSet(request.time()).stream()
            .filter(instant -> instant.isAfter(request.time()))
            .map(instant -> new OutcomeChange(instant, outcome(set, at(request, instant))))
            .filter(later -> later.outcome() != outcome)
            .findFirst();
    List<String> policies =
        set.policies().stream()
            .filter(policy ->
                outcome != Outcome.SERVE && outcome(policy, placed(set, request)) == outcome)
            .map(Policy::id)
            .toList();
    return new Answer(
        outcome,
        policies,
        change.orElse(null),
        outcome == Outcome.SERVE
            ? set.policies().stream()
                .flatMap(policy -> permits(policy, placed(set, request)))
                .toList()
            : List.of());
  }

  private static Stream<String> permits(Policy policy, Request request) {
    Outcome otherwise = outcome(policy.withoutPermits(), request);
    return otherwise == Outcome.SERVE
        ? Stream.empty()
        : policy.permits().stream()
            .filter(permit ->
                holds(permit.span(), request.time())
                    && matches(permit.matter(), request.product(), request.activity()))
            .map(permit -> permit(policy, permit, otherwise));
  }

  /** Every instant at which a phase or a permit begins or ends. */
  public static SortedSet<Instant> boundaries(PolicySet set) {
    return set.policies().stream()
        .flatMap(policy ->
            Stream.concat(
                policy.phases().stream().map(phase -> phase.span()),
                policy.permits().stream().map(permit -> permit.span())))
        .flatMap(span -> Stream.of(span.from(), span.until()))
        .filter(Objects::nonNull)
        .map(time -> time.instant())
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }

  /** Every instant at which a phase, a permit or a correction begins or ends. */
  public static SortedSet<Instant> allBoundaries(PolicySet set) {
    SortedSet<Instant> all = new TreeSet<>(boundaries(set));
    for (Correction correction : set.corrections()) {
      all.add(correction.span().from().instant());
      all.add(Objects.requireNonNull(correction.span().until()).instant());
    }
    return all;
  }

  /**
   * Where the corrections put the client: the smallest range around its address in place of all
   * other evidence, an agent id beside it, unless it names a country of which a part is known for
   * sure.
   */
  public static Location location(PolicySet set, Request request) {
    List<Correction> holding =
        set.corrections().stream()
            .filter(correction -> holds(correction.span(), request.time()))
            .toList();
    Location location =
        holding.stream()
            .filter(correction -> isAbout(correction, request.client().address()))
            .max(Comparator.comparingInt(SlowTwin::length))
            .map(correction -> Location.in(correction.place()))
            .orElse(request.location());
    for (Correction correction : holding) {
      if (correction.target() instanceof Correction.Target.Agent agent
          && agent.agentId().equals(request.client().agentId())) {
        location =
            switch (location) {
              case Location.Known known
                  when known.relied().stream()
                      .anyMatch(place -> SlowPlaces.isPartOf(place, correction.place())) ->
                  known;
              case Location.Known known ->
                  new Location.Known(and(known.places(), correction.place()), known.relied());
              case Location.Unknown unknown ->
                  new Location.Unknown(and(unknown.perhaps(), correction.place()));
            };
      }
    }
    return location;
  }

  private static List<Place> and(List<Place> places, Place place) {
    return Stream.concat(places.stream(), Stream.of(place)).toList();
  }

  private static boolean isAbout(Correction correction, @Nullable InetAddress address) {
    return address != null
        && correction.target() instanceof Correction.Target.Addresses addresses
        && bits(address).length() == bits(addresses.range().network().inetAddress()).length()
        && bits(address)
            .startsWith(
                bits(addresses.range().network().inetAddress()).substring(0, length(correction)));
  }

  private static int length(Correction correction) {
    return correction.target() instanceof Correction.Target.Addresses addresses
        ? addresses.range().prefixLength()
        : 0;
  }

  private static String bits(InetAddress address) {
    StringBuilder bits = new StringBuilder();
    for (byte b : address.getAddress()) {
      bits.append(
          String.format(Locale.ROOT, "%8s", Integer.toBinaryString(b & 0xff)).replace(' ', '0'));
    }
    return bits.toString();
  }

  private static Request at(Request request, Instant time) {
    return new Request(
        time,
        request.product(),
        request.activity(),
        request.location(),
        request.registrations(),
        request.client());
  }

  private static Request placed(PolicySet set, Request request) {
    return new Request(
        request.time(),
        request.product(),
        request.activity(),
        location(set, request),
        request.registrations());
  }

  // 4. Any refusing policy: refuse. Else any undetermined: undetermined. Else serve.
  private static Outcome outcome(PolicySet set, Request request) {
    return set.policies().stream()
        .map(policy -> outcome(policy, placed(set, request)))
        .max(Comparator.naturalOrder())
        .orElse(Outcome.SERVE);
  }

  // 3. Refuses if it applies and reach is in; undetermined if it applies, reach is unknown and it
  // says refuse.
  private static Outcome outcome(Policy policy, Request request) {
    if (!applies(policy, request)) {
      return Outcome.SERVE;
    }
    return switch (reach(policy, request.location(), request.registrations())) {
      case IN -> Outcome.REFUSE;
      case UNKNOWN ->
          policy.undetermined() == UndeterminedAction.REFUSE ? Outcome.UNDETERMINED : Outcome.SERVE;
      case OUT -> Outcome.SERVE;
    };
  }

  // 2. The product is in it, a phase in force refuses the activity, no exemption and no valid
  // permit matches.
  private static boolean applies(Policy policy, Request request) {
    return has(policy.products(), request.product())
        && policy.phases().stream().anyMatch(phase -> refuses(phase, request))
        && policy.exemptions().stream()
            .noneMatch(
                exemption -> matches(exemption.matter(), request.product(), request.activity()))
        && policy.permits().stream()
            .noneMatch(permit ->
                holds(permit.span(), request.time())
                    && matches(permit.matter(), request.product(), request.activity()));
  }

  private static boolean refuses(Phase phase, Request request) {
    return holds(phase.span(), request.time())
        && phase.refuses().stream()
            .anyMatch(activity -> activity.name().equals(request.activity().name()));
  }

  private static boolean holds(Interval span, Instant time) {
    boolean begun = span.from().instant().compareTo(time) <= 0;
    boolean ended = span.until() != null && span.until().instant().compareTo(time) <= 0;
    return begun && !ended;
  }

  private static boolean matches(Selector matter, Product product, Activity activity) {
    boolean productFits = matter.products() == null || has(matter.products(), product);
    boolean activityFits =
        matter.activities() == null
            || matter.activities().stream().anyMatch(a -> a.name().equals(activity.name()));
    return productFits && activityFits;
  }

  private static boolean has(ProductSelection products, Product product) {
    return switch (products) {
      case ProductSelection.All _ -> true;
      case ProductSelection.Named named ->
          named.products().stream().anyMatch(p -> p.name().equals(product.name()));
    };
  }

  // 1. In by any place of the location or by any registration; else unknown by location or by a
  // registration (unknown, or in a subdivision that does not exist); else out.
  private static Coverage reach(Policy policy, Location location, Registrations registrations) {
    boolean byLocation = policy.scope().subjects().contains(ScopeBasis.LOCATED);
    boolean byRegistration = policy.scope().subjects().contains(ScopeBasis.REGISTERED);
    List<Place> located =
        !byLocation
            ? List.of()
            : switch (location) {
              case Location.Known known -> known.places();
              case Location.Unknown unknown -> unknown.perhaps();
            };
    List<Place> registered =
        byRegistration && registrations instanceof Registrations.Known known
            ? known.places()
            : List.of();
    if (Stream.concat(located.stream(), registered.stream())
        .anyMatch(place -> inScope(policy, place))) {
      return Coverage.IN;
    }
    boolean locationUnknown =
        (byLocation && location instanceof Location.Unknown)
            || located.stream().anyMatch(place -> listsPartOf(policy, place));
    boolean registrationUnknown =
        (byRegistration && registrations instanceof Registrations.Unknown)
            || registered.stream()
                .anyMatch(place -> !SlowPlaces.exists(place) && listsPartOf(policy, place));
    return locationUnknown || registrationUnknown ? Coverage.UNKNOWN : Coverage.OUT;
  }

  // A subdivision that does not exist is an unknown one.
  private static boolean listsPartOf(Policy policy, Place place) {
    Place whole = SlowPlaces.exists(place) ? place : place.largest();
    return policy.scope().locations().stream()
        .anyMatch(listed -> SlowPlaces.isPartOf(listed, whole));
  }

  private static boolean inScope(Policy policy, Place place) {
    return covered(policy.scope().locations(), place) && !covered(policy.scope().except(), place);
  }

  // A place covers its parts, by whichever of its codes it is listed; and all parts cover the
  // whole.
  private static boolean covered(List<Place> places, Place place) {
    Place at = SlowPlaces.exists(place) ? place : place.largest();
    return places.stream().anyMatch(listed -> SlowPlaces.covers(listed, at))
        || (places.stream().anyMatch(listed -> SlowPlaces.isPartOf(listed, at))
            && SlowPlaces.partsOf(at).stream().allMatch(part -> covered(places, part)));
  }
}
