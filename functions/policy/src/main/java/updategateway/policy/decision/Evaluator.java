package updategateway.policy.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.Route;
import updategateway.policy.catalog.RouteMatcher;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.set.PolicySet;

/**
 * A policy set made ready to decide. A decision is a pure function of the set and the request: no
 * clock, no input, no output. Safe for use by any number of threads.
 *
 * <p>Two questions that differ only in what no policy mentions have the same answers: a country
 * that no scope names, a product that no rule about the activity names. Each class of questions has
 * a number and one {@link Timeline}, made when it is first asked, out of what all products share
 * and what is different for this one; a request is a look-up and a search on it, however many
 * policies there are. A client with several pieces of evidence gets the strictest of their
 * timelines, and that is kept too. What is kept is bounded, and what is forgotten is made again as
 * quickly.
 */
public final class Evaluator {
  private static final int PLACE_BITS = 20;
  private static final int NAME_BITS = 21;

  private final PolicySet policySet;
  private final RouteMatcher catalog;
  private final PlaceClasses places;

  /** By activity, of those that a policy refuses at some time. */
  private final Map<String, Restrictions> restrictions;

  private final CorrectionIndex corrections;
  private final LiftedPolicies lifted;
  private final Timelines byQuestion = new Timelines();
  private final Timelines byPair = new Timelines();

  private Evaluator(PolicySet policySet) {
    this.policySet = policySet;
    this.corrections = new CorrectionIndex(policySet.corrections());
    this.lifted = new LiftedPolicies(policySet.policies());
    Map<String, Restrictions> byActivity = new HashMap<>();
    Set<Product> named = new HashSet<>();
    Set<Place> placesNamed = new HashSet<>();
    for (Policy policy : policySet.policies()) {
      policy.phases().stream()
          .flatMap(phase -> phase.refuses().stream())
          .distinct()
          .forEach(activity ->
              byActivity
                  .computeIfAbsent(activity.name(), _ -> new Restrictions(byActivity.size() + 1))
                  .add(new Restriction(policy, activity)));
      productSelections(policy).forEach(selection -> addNamed(selection, named));
      Scope scope = policy.scope();
      placesNamed.addAll(scope.locations());
      placesNamed.addAll(scope.except());
    }
    byActivity.values().forEach(Restrictions::makeReady);
    // As it is: to find something in what Map.copyOf makes takes a division.
    this.restrictions = byActivity;
    this.places = new PlaceClasses(placesNamed);
    if (named.size() >= 1 << NAME_BITS || byActivity.size() >= 1 << NAME_BITS) {
      throw new IllegalArgumentException("more than two million products or activities");
    }
    policySet.catalog().routes().stream()
        .map(Route::product)
        .forEach(product -> addIfPresent(product, named));
    this.catalog = RouteMatcher.of(policySet.catalog());
  }

  /** Makes a policy set ready. */
  public static Evaluator of(PolicySet policySet) {
    return new Evaluator(policySet);
  }

  /** The set that it decides by. */
  public PolicySet policySet() {
    return policySet;
  }

  /**
   * What a path is, by the set's catalog.
   *
   * @param segments the decoded segments of an absolute path, as {@link RouteMatcher#classify}
   *     takes them
   */
  public Classification classify(List<String> segments) {
    return catalog.classify(segments);
  }

  /** Whether the catalog has a route for a path with an encoded slash. */
  public boolean allowsEncodedSlash(List<String> segments) {
    return catalog.match(segments).isPresent();
  }

  /**
   * Whether no policy refuses anything to a client, now or later, and no correction is about it;
   * false where that is not certain.
   */
  public boolean isUncovered(
      Instant time, Location location, Client sender, Registrations registrations) {
    return (corrections.isEmpty() || corrections.about(sender).isEmpty())
        && Uncovered.is(policySet.policies(), time, location, registrations);
  }

  /** Serve, refuse or undetermined. */
  public Decision decide(Request request) {
    // By parts: a request that is handed on as a whole is one that must be allocated.
    Decision decision =
        corrections.isEmpty()
            ? decideAt(
                request.time(),
                request.product(),
                request.activity(),
                request.location(),
                request.registrations())
            : decideBesideCorrections(
                request.time(),
                request.product(),
                request.activity(),
                request.location(),
                request.registrations(),
                request.sender());
    return !mayRestOnPermits(decision)
        ? decision
        : withPermits(
            decision,
            request.time(),
            request.product(),
            request.activity(),
            place(request.time(), request.location(), request.sender()).location(),
            request.registrations());
  }

  /** Returns true if a permit may have let the request through; most sets have none. */
  private boolean mayRestOnPermits(Decision decision) {
    return !lifted.isEmpty() && decision.outcome() == Outcome.SERVE;
  }

  private Decision withPermits(
      Decision decision,
      Instant time,
      Product product,
      Activity activity,
      Location location,
      Registrations registrations) {
    return decision.with(
        lifted.inUse(new Request(time, product, activity, location, registrations)));
  }

  /**
   * The same for what a path is, with registrations that are asked for only where they could change
   * anything in the answer: see {@link #dependsOnRegistrations(Instant, Classification, Location,
   * Client)}.
   *
   * @param located where it comes from, by all evidence but corrections
   * @param registrations asked once, or not at all
   */
  public Decision decide(
      Instant time,
      Classification asked,
      Location located,
      Client sender,
      Supplier<Registrations> registrations) {
    List<Correction> about = corrections.isEmpty() ? List.of() : corrections.about(sender);
    if (!about.isEmpty()) {
      Registrations asNeeded =
          dependsOnRegistrations(time, asked, located, sender)
              ? registrations.get()
              : Registrations.NONE;
      Decision decision =
          decideCorrected(time, asked.product(), asked.activity(), located, asNeeded, about);
      return !mayRestOnPermits(decision)
          ? decision
          : withPermits(
              decision,
              time,
              asked.product(),
              asked.activity(),
              CorrectionIndex.at(time, about, located).location(),
              asNeeded);
    }
    long epochMilli = time.toEpochMilli();
    Restrictions ofActivity = restrictions.get(asked.activity().name());
    if (ofActivity == null) {
      return Timeline.SERVED.at(epochMilli);
    }
    ProductClass products = ofActivity.of(asked.product());
    Timeline here = located(ofActivity, products, located);
    Registrations asNeeded =
        epochMilli < here.registrationsMatterUntil ? registrations.get() : Registrations.NONE;
    Decision decision = withRegistrations(here, ofActivity, products, asNeeded).at(epochMilli);
    return !mayRestOnPermits(decision)
        ? decision
        : withPermits(decision, time, asked.product(), asked.activity(), located, asNeeded);
  }

  private Decision decideBesideCorrections(
      Instant time,
      Product product,
      Activity activity,
      Location located,
      Registrations registrations,
      Client sender) {
    List<Correction> about = corrections.about(sender);
    return about.isEmpty()
        ? decideAt(time, product, activity, located, registrations)
        : decideCorrected(time, product, activity, located, registrations, about);
  }

  /** Where no correction is to be thought of. */
  private Decision decideAt(
      Instant time,
      Product product,
      Activity activity,
      Location location,
      Registrations registrations) {
    return timeline(product, activity, location, registrations).at(time.toEpochMilli());
  }

  /**
   * Between two instants at which a correction begins or ends, the client is in one place: the
   * decision there is what it is for anybody at the place, and the first that differs is the next
   * change.
   */
  private Decision decideCorrected(
      Instant time,
      Product product,
      Activity activity,
      Location located,
      Registrations registrations,
      List<Correction> about) {
    ResolvedLocation placement = CorrectionIndex.at(time, about, located);
    Decision now = decideAt(time, product, activity, placement.location(), registrations);
    OutcomeChange change = now.change();
    for (Instant boundary : CorrectionIndex.boundariesAfter(time, about)) {
      if (change != null && change.at().isBefore(boundary)) {
        break;
      }
      Location location = CorrectionIndex.at(boundary, about, located).location();
      Decision then = decideAt(boundary, product, activity, location, registrations);
      if (then.outcome() != now.outcome()) {
        change = new OutcomeChange(boundary, then.outcome());
        break;
      }
      change = then.change();
    }
    return new Decision(now.outcome(), now.grounds(), change, placement.corrections(), List.of());
  }

  /**
   * Where a client is at an instant, with the corrections that hold then.
   *
   * @param located where all other evidence puts it
   */
  public ResolvedLocation place(Instant time, Location located, Client sender) {
    return corrections.isEmpty()
        ? new ResolvedLocation(located, List.of())
        : CorrectionIndex.at(time, corrections.about(sender), located);
  }

  /** Whether anybody at all is placed by a correction, so that it matters who sends a request. */
  public boolean hasCorrections() {
    return !corrections.isEmpty();
  }

  /**
   * The decisions on one question over all of time, in order; neighbours differ in outcome or in
   * grounds.
   */
  public List<DecisionInterval> stretches(
      Classification asked, Location location, Registrations registrations) {
    return timeline(asked.product(), asked.activity(), location, registrations).stretches();
  }

  /**
   * Likewise, for a sender whom corrections may be about; where one begins or ends, a stretch ends
   * in any case.
   *
   * @param located where all other evidence puts him
   */
  public List<DecisionInterval> stretches(
      Classification asked, Location located, Registrations registrations, Client sender) {
    List<Correction> about = corrections.about(sender);
    if (about.isEmpty()) {
      return stretches(asked, located, registrations);
    }
    List<DecisionInterval> all = new ArrayList<>();
    List<Instant> boundaries = new ArrayList<>();
    boundaries.add(Instant.MIN);
    boundaries.addAll(CorrectionIndex.boundariesAfter(Instant.MIN, about));
    for (int i = 0; i < boundaries.size(); i++) {
      Instant from = boundaries.get(i);
      Instant until = i + 1 < boundaries.size() ? boundaries.get(i + 1) : Instant.MAX;
      Location there = CorrectionIndex.at(from, about, located).location();
      List<DecisionInterval> uncorrected = stretches(asked, there, registrations);
      for (int s = 0; s < uncorrected.size(); s++) {
        DecisionInterval stretch = uncorrected.get(s);
        boolean over = s + 1 < uncorrected.size() && !from.isBefore(uncorrected.get(s + 1).from());
        if (!over && stretch.from().isBefore(until)) {
          all.add(
              stretch.from().isBefore(from)
                  ? new DecisionInterval(from, stretch.decision())
                  : stretch);
        }
      }
    }
    return List.copyOf(all);
  }

  /**
   * Whether a registration could change anything in the answer, now or later: its outcome, its
   * grounds or its next change. Where it could not, nobody need look one up. For a location of
   * several places it may be said that it could where it could not.
   */
  public boolean dependsOnRegistrations(Instant time, Classification asked, Location location) {
    Restrictions ofActivity = restrictions.get(asked.activity().name());
    return ofActivity != null
        && time.toEpochMilli()
            < located(ofActivity, ofActivity.of(asked.product()), location)
                .registrationsMatterUntil;
  }

  /**
   * Likewise, for a sender whom corrections may be about.
   *
   * @param located where all other evidence puts him
   */
  public boolean dependsOnRegistrations(
      Instant time, Classification asked, Location located, Client sender) {
    if (corrections.isEmpty()) {
      return dependsOnRegistrations(time, asked, located);
    }
    List<Correction> about = corrections.about(sender);
    if (about.isEmpty()) {
      return dependsOnRegistrations(time, asked, located);
    }
    return dependsOnRegistrations(time, asked, CorrectionIndex.at(time, about, located).location())
        || CorrectionIndex.boundariesAfter(time, about).stream()
            .anyMatch(boundary ->
                dependsOnRegistrations(
                    boundary, asked, CorrectionIndex.at(boundary, about, located).location()));
  }

  /**
   * Whether the outcome, and the next change with what it changes to, rest on place and time alone:
   * exactly when no registrations whatsoever, nor that they cannot be asked for, would make another
   * of either, and at no place where a correction puts somebody now or later is either another.
   * Such an answer is the same for everybody at the place.
   */
  public boolean restsOnPlaceAndTimeAlone(Instant time, Classification asked, Location location) {
    return noRegistrationMatters(time, asked, location)
        && noCorrectionMatters(time, asked, location);
  }

  private boolean noCorrectionMatters(Instant time, Classification asked, Location location) {
    Restrictions ofActivity = restrictions.get(asked.activity().name());
    if (ofActivity == null || corrections.isEmpty()) {
      return true;
    }
    long epochMilli = time.toEpochMilli();
    ProductClass products = ofActivity.of(asked.product());
    Timeline here = located(ofActivity, products, location);
    return corrections.placesFrom(time).stream()
        .map(place -> one(ofActivity, products, ScopeBasis.LOCATED, place))
        .allMatch(
            there -> here.isAsStrictAs(there, epochMilli) && there.isAsStrictAs(here, epochMilli));
  }

  private boolean noRegistrationMatters(Instant time, Classification asked, Location location) {
    Restrictions ofActivity = restrictions.get(asked.activity().name());
    if (ofActivity == null) {
      return true;
    }
    ProductClass products = ofActivity.of(asked.product());
    return located(ofActivity, products, location)
        .isAsStrictAs(anyRegistration(ofActivity, products), time.toEpochMilli());
  }

  private Timeline timeline(
      Product product, Activity activity, Location location, Registrations registrations) {
    Restrictions ofActivity = restrictions.get(activity.name());
    if (ofActivity == null) {
      return Timeline.SERVED;
    }
    ProductClass products = ofActivity.of(product);
    Timeline here = located(ofActivity, products, location);
    return withRegistrations(here, ofActivity, products, registrations);
  }

  private Timeline withRegistrations(
      Timeline here, Restrictions ofActivity, ProductClass products, Registrations registrations) {
    if (!(registrations instanceof Registrations.Known known)) {
      return strictest(here, one(ofActivity, products, ScopeBasis.REGISTERED, null));
    }
    Timeline strictest = here;
    // By index: an iterator would be the only thing that deciding allocates.
    List<Place> all = known.places();
    for (int i = 0; i < all.size(); i++) {
      strictest =
          strictest(strictest, one(ofActivity, products, ScopeBasis.REGISTERED, all.get(i)));
    }
    return strictest;
  }

  private Timeline located(Restrictions ofActivity, ProductClass products, Location location) {
    if (location instanceof Location.Known known) {
      List<Place> all = known.places();
      Timeline strictest = one(ofActivity, products, ScopeBasis.LOCATED, all.getFirst());
      for (int i = 1; i < all.size(); i++) {
        strictest = both(strictest, one(ofActivity, products, ScopeBasis.LOCATED, all.get(i)));
      }
      return strictest;
    }
    List<Place> perhaps = ((Location.Unknown) location).perhaps();
    Timeline strictest = one(ofActivity, products, ScopeBasis.LOCATED, null);
    for (int i = 0; i < perhaps.size(); i++) {
      strictest = both(strictest, one(ofActivity, products, ScopeBasis.LOCATED, perhaps.get(i)));
    }
    return strictest;
  }

  /** By one piece of evidence. */
  private Timeline one(
      Restrictions ofActivity, ProductClass products, ScopeBasis subject, @Nullable Place place) {
    int placeClass = place == null ? PlaceClasses.UNKNOWN : places.of(place);
    Timeline known = byQuestion.get(number(subject, placeClass, products, ofActivity));
    return known == null
        ? make(ofActivity, products, subject, placeClass, new Evidence(subject, place)::reach)
        : known;
  }

  /** At each instant the strictest that a registration, or not knowing any, can make of it. */
  private Timeline anyRegistration(Restrictions ofActivity, ProductClass products) {
    int anywhere = PlaceClasses.ANYWHERE;
    Timeline known = byQuestion.get(number(ScopeBasis.REGISTERED, anywhere, products, ofActivity));
    return known == null
        ? make(
            ofActivity,
            products,
            ScopeBasis.REGISTERED,
            anywhere,
            Evaluator::reachOfAnyRegistration)
        : known;
  }

  /** What a scope contains is covered by one of its own places, so that these speak for all. */
  private static Coverage reachOfAnyRegistration(Scope scope) {
    if (!scope.subjects().contains(ScopeBasis.REGISTERED)) {
      return Coverage.OUT;
    }
    return scope.locations().stream().anyMatch(scope::contains) ? Coverage.IN : Coverage.UNKNOWN;
  }

  /** One for all questions that no rule tells apart. */
  private static long number(
      ScopeBasis subject, int placeClass, ProductClass products, Restrictions ofActivity) {
    long number = subject == ScopeBasis.LOCATED ? 0 : 1;
    number = (number << PLACE_BITS) | placeClass;
    number = (number << NAME_BITS) | products.number;
    return (number << NAME_BITS) | ofActivity.number;
  }

  private Timeline make(
      Restrictions ofActivity,
      ProductClass products,
      ScopeBasis subject,
      int placeClass,
      Function<Scope, Coverage> reach) {
    Reached reached = ofActivity.reached(subject, placeClass, reach);
    long number = number(subject, placeClass, products, ofActivity);
    if (products.own.isEmpty() && reached.placeClass != placeClass) {
      // The same policies reach another place: the timeline is the one of both.
      long same = number(subject, reached.placeClass, products, ofActivity);
      Timeline known = byQuestion.get(same);
      return byQuestion.keep(
          number,
          known == null
              ? byQuestion.keep(
                  same, reached.timeline(byQuestion.nextId(), products, subject, reach))
              : known);
    }
    return byQuestion.keep(number, reached.timeline(byQuestion.nextId(), products, subject, reach));
  }

  /** The stricter of two, where what it says of registrations does not matter any more. */
  private Timeline strictest(Timeline one, Timeline other) {
    return other.isServed() ? one : one.isServed() ? other : both(one, other);
  }

  private Timeline both(Timeline one, Timeline other) {
    if (one == other) {
      return one;
    }
    if (one.id == 0 || other.id == 0) {
      return Timeline.strictest(0, one, other);
    }
    long pair =
        ((long) Math.min(one.id, other.id) << Integer.SIZE)
            | Integer.toUnsignedLong(Math.max(one.id, other.id));
    Timeline known = byPair.get(pair);
    return known == null
        // A pair's id is negative, so that it is never that of a single piece of evidence.
        ? byPair.keep(pair, Timeline.strictest(-byPair.nextId(), one, other))
        : known;
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

  private static void addIfPresent(@Nullable Product product, Set<Product> products) {
    if (product != null) {
      products.add(product);
    }
  }
}
