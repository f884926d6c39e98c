package updategateway.policy.decision;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.Activity;
import updategateway.policy.Exemption;
import updategateway.policy.OnUndetermined;
import updategateway.policy.Permit;
import updategateway.policy.Phase;
import updategateway.policy.Place;
import updategateway.policy.Policy;
import updategateway.policy.Product;
import updategateway.policy.ProductSelection;
import updategateway.policy.Scope;
import updategateway.policy.Span;
import updategateway.policy.Subject;
import updategateway.policy.catalog.Classification;
import updategateway.policy.set.PolicySet;

/**
 * A policy set made ready to decide. A decision is a pure function of the set and the request: no
 * clock, no input, no output. Safe for use by any number of threads.
 *
 * <p>Two questions that differ only in what no policy mentions have the same answers: a country
 * that no scope names, a product that no rule names. Each class of questions has one {@link
 * Timeline}, made when it is first asked; a request is a search on it. A client with several pieces
 * of evidence gets the strictest of their timelines.
 */
public final class CompiledPolicySet {
  /** Bounds the memory that a caller can make us use by asking for ever new combinations. */
  private static final int MOST_TIMELINES = 1 << 16;

  /** Stands for every product that no rule names; its name cannot be in a file. */
  private static final @Nullable Product NO_NAMED_PRODUCT = null;

  private final PolicySet policySet;
  private final Map<Activity, List<Policy>> policiesByActivity;
  private final Set<Product> namedProducts;
  private final Set<Place> namedPlaces;
  private final Set<String> namedCountries;
  private final Map<Question, Timeline> timelines = new ConcurrentHashMap<>();

  private CompiledPolicySet(PolicySet policySet) {
    this.policySet = policySet;
    Map<Activity, List<Policy>> byActivity = new HashMap<>();
    Set<Product> products = new HashSet<>();
    Set<Place> places = new HashSet<>();
    for (Policy policy : policySet.policies()) {
      policy.phases().stream()
          .flatMap(phase -> phase.refuses().stream())
          .distinct()
          .forEach(
              activity -> byActivity.computeIfAbsent(activity, _ -> new ArrayList<>()).add(policy));
      productSelections(policy).forEach(selection -> addNamed(selection, products));
      Scope scope = policy.scope();
      places.addAll(scope.locations());
      places.addAll(scope.except());
    }
    byActivity.replaceAll((_, policies) -> List.copyOf(policies));
    this.policiesByActivity = Map.copyOf(byActivity);
    this.namedProducts = Set.copyOf(products);
    this.namedPlaces = Set.copyOf(places);
    this.namedCountries = places.stream().map(Place::country).collect(toUnmodifiableSet());
  }

  /** Makes a policy set ready. */
  public static CompiledPolicySet of(PolicySet policySet) {
    return new CompiledPolicySet(policySet);
  }

  /** The set that it decides by. */
  public PolicySet policySet() {
    return policySet;
  }

  /**
   * What a path is, by the set's catalog.
   *
   * @param segments the decoded segments of an absolute path, as {@link
   *     updategateway.policy.catalog.Catalog#classify} takes them
   */
  public Classification classify(List<String> segments) {
    return policySet.catalog().classify(segments);
  }

  /** Serve, refuse or undetermined. */
  public Decision decide(Request request) {
    Timeline timeline =
        timeline(
            new Classification(request.product(), request.activity()),
            request.location(),
            request.registrations());
    return timeline.at(request.time().toEpochMilli());
  }

  /**
   * The decisions on one question over all of time, in order; neighbours differ in outcome or in
   * grounds.
   */
  public List<Stretch> stretches(
      Classification asked, Location location, Registrations registrations) {
    return timeline(asked, location, registrations).stretches();
  }

  private Timeline timeline(Classification asked, Location location, Registrations registrations) {
    return Timeline.strictest(
        Stream.concat(Evidence.of(location).stream(), Evidence.of(registrations).stream())
            .map(evidence -> timeline(evidence, asked.product(), asked.activity()))
            .toList());
  }

  /**
   * Whether a registration could change anything in the answer, now or later: its outcome, its
   * grounds or its next change. Where it could not, nobody need look one up.
   */
  public boolean dependsOnRegistrations(Instant time, Classification asked, Location location) {
    List<Evidence> located = Evidence.of(location);
    return candidates(asked.product(), asked.activity())
        .filter(policy -> policy.scope().subjects().contains(Subject.REGISTERED))
        .filter(
            policy -> located.stream().noneMatch(piece -> piece.reach(policy.scope()) == Reach.IN))
        .flatMap(policy -> policy.phases().stream())
        .filter(phase -> phase.refuses().contains(asked.activity()))
        .map(phase -> phase.span().until())
        .anyMatch(until -> until == null || time.isBefore(until.instant()));
  }

  /**
   * Whether the outcome, and the next change with what it changes to, rest on place and time alone:
   * exactly when no registrations whatsoever, nor that they cannot be asked for, would make another
   * of either. Such an answer is the same for everybody at the place.
   */
  public boolean restsOnPlaceAndTimeAlone(Instant time, Classification asked, Location location) {
    return timeline(asked, location, Registrations.NONE)
        .isAsStrictAs(anyRegistration(asked.product(), asked.activity()), time.toEpochMilli());
  }

  /**
   * At each instant the strictest that a registration can make of it. A registration that a scope
   * contains is covered by one of the scope's own places, so that these speak for all.
   */
  private Timeline anyRegistration(Product product, Activity activity) {
    Question question = question(Subject.REGISTERED, "anywhere", product, activity);
    Timeline known = timelines.get(question);
    return known != null
        ? known
        : keep(
            question,
            Timeline.strictest(
                Stream.concat(
                        Stream.of(new Evidence(Subject.REGISTERED, null)),
                        namedPlaces.stream().map(place -> new Evidence(Subject.REGISTERED, place)))
                    .map(evidence -> timeline(evidence, product, activity))
                    .toList()));
  }

  private Timeline timeline(Evidence evidence, Product product, Activity activity) {
    Question question =
        question(evidence.subject(), placeClass(evidence.place()), product, activity);
    Timeline known = timelines.get(question);
    return known != null ? known : keep(question, make(evidence, product, activity));
  }

  private Question question(
      Subject subject, String placeClass, Product product, Activity activity) {
    return new Question(
        subject,
        placeClass,
        namedProducts.contains(product) ? product : NO_NAMED_PRODUCT,
        policiesByActivity.containsKey(activity) ? activity : null);
  }

  private Timeline keep(Question question, Timeline made) {
    if (timelines.size() < MOST_TIMELINES) {
      timelines.put(question, made);
    }
    return made;
  }

  /** A word for all places that no scope tells apart. */
  private String placeClass(@Nullable Place place) {
    if (place == null) {
      return "unknown";
    }
    if (!namedCountries.contains(place.country())) {
      return "elsewhere";
    }
    return place.isSubdivision() && !namedPlaces.contains(place)
        ? place.country() + "-elsewhere"
        : place.code();
  }

  private Timeline make(Evidence evidence, Product product, Activity activity) {
    List<Policy> reaching =
        candidates(product, activity)
            .filter(policy -> evidence.reach(policy.scope()) != Reach.OUT)
            .toList();
    Set<Long> boundaries = new HashSet<>();
    for (Policy policy : reaching) {
      policy.phases().forEach(phase -> addBounds(phase.span(), boundaries));
      policy.permits().forEach(permit -> addBounds(permit.span(), boundaries));
    }
    return Timeline.of(boundaries, t -> verdict(reaching, evidence, product, activity, t));
  }

  /**
   * The policies that refuse the activity for the product at some time, as far as they are not
   * exempt from it.
   */
  private Stream<Policy> candidates(Product product, Activity activity) {
    return policiesByActivity.getOrDefault(activity, List.of()).stream()
        .filter(policy -> policy.products().contains(product))
        .filter(policy ->
            policy.exemptions().stream()
                .map(Exemption::matter)
                .noneMatch(matter -> matter.matches(product, activity)));
  }

  private static Timeline.Verdict verdict(
      List<Policy> policies,
      Evidence evidence,
      Product product,
      Activity activity,
      long epochMilli) {
    List<Ground> refusing = new ArrayList<>();
    List<Ground> undetermined = new ArrayList<>();
    for (Policy policy : policies) {
      Phase phase = phaseInForce(policy, activity, epochMilli);
      if (phase == null || isPermitted(policy, product, activity, epochMilli)) {
        continue;
      }
      Ground ground = new Ground(policy, phase, EnumSet.of(evidence.subject()));
      switch (evidence.reach(policy.scope())) {
        case IN -> refusing.add(ground);
        case UNKNOWN -> {
          if (policy.undetermined() == OnUndetermined.REFUSE) {
            undetermined.add(ground);
          }
        }
        case OUT -> {}
      }
    }
    if (!refusing.isEmpty()) {
      return new Timeline.Verdict(Outcome.REFUSE, List.copyOf(refusing));
    }
    return undetermined.isEmpty()
        ? new Timeline.Verdict(Outcome.SERVE, List.of())
        : new Timeline.Verdict(Outcome.UNDETERMINED, List.copyOf(undetermined));
  }

  private static @Nullable Phase phaseInForce(Policy policy, Activity activity, long epochMilli) {
    Phase earliest = null;
    for (Phase phase : policy.phases()) {
      if (phase.refuses().contains(activity)
          && contains(phase.span(), epochMilli)
          && (earliest == null
              || phase.span().from().instant().isBefore(earliest.span().from().instant()))) {
        earliest = phase;
      }
    }
    return earliest;
  }

  private static boolean isPermitted(
      Policy policy, Product product, Activity activity, long epochMilli) {
    for (Permit permit : policy.permits()) {
      if (contains(permit.span(), epochMilli) && permit.matter().matches(product, activity)) {
        return true;
      }
    }
    return false;
  }

  /** As {@link Span#contains}, for the beginning of time too, which is no instant. */
  private static boolean contains(Span span, long epochMilli) {
    return epochMilli != Long.MIN_VALUE && span.contains(Instant.ofEpochMilli(epochMilli));
  }

  private static void addBounds(Span span, Set<Long> boundaries) {
    boundaries.add(span.from().instant().toEpochMilli());
    if (span.until() != null) {
      boundaries.add(span.until().instant().toEpochMilli());
    }
  }

  private static Stream<ProductSelection> productSelections(Policy policy) {
    return Stream.of(
            Stream.of(policy.products()),
            policy.exemptions().stream().map(exemption -> exemption.matter().products()),
            policy.permits().stream().map(permit -> permit.matter().products()))
        .flatMap(selections -> selections)
        .filter(selection -> selection != null);
  }

  private static void addNamed(ProductSelection selection, Set<Product> products) {
    if (selection instanceof ProductSelection.Named named) {
      products.addAll(named.products());
    }
  }

  /** A class of questions with the same answers; null for whatever no policy names. */
  private record Question(
      Subject subject, String placeClass, @Nullable Product product, @Nullable Activity activity) {}
}
