package updategateway.policy.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import updategateway.place.Place;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Interval;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.policy.testing.SlowTwin;

/** A plan beside the outcomes of both sets, as the rules say them word by word. */
final class PlanTest {
  private static final int PAIRS = 1_000;
  private static final int REQUESTS_A_PAIR = 100;

  @Test
  void whatAPlanStatesIsExactlyWhatDiffers() {
    SplittableRandom random = new SplittableRandom(52_434);
    int differing = 0;
    int alike = 0;
    for (int i = 0; i < PAIRS; i++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet before = sets.policySet();
      PolicySet after = random.nextBoolean() ? sets.policySet() : edited(before, sets, random);
      Plan plan = Plan.of(random.nextInt(8) == 0 ? null : before, after);
      PolicySet base =
          plan.before() == null ? PolicySet.of(new Catalog(List.of()), List.of()) : before;
      for (int r = 0; r < REQUESTS_A_PAIR; r++) {
        Request request = sets.request(random.nextBoolean() ? before : after);
        Outcome was = SlowTwin.decide(base, request).outcome();
        Outcome becomes = SlowTwin.decide(after, request).outcome();
        if (isOfOnePiece(request)) {
          List<PlannedChange> stated = stated(plan, request, base);
          if (was == becomes) {
            assertThat(stated).as("%s %s", request, plan).isEmpty();
            alike++;
          } else {
            assertThat(stated).as("%s %s", request, plan).hasSize(1);
            assertThat(stated.getFirst().difference().before()).isEqualTo(was);
            assertThat(stated.getFirst().difference().after()).isEqualTo(becomes);
            assertThat(stated.getFirst().bases()).isNotEmpty();
            differing++;
          }
        } else if (was != becomes) {
          // Of several pieces the strictest counts: one at least is in the plan.
          assertThat(
                  pieces(request).stream().anyMatch(piece -> !stated(plan, piece, base).isEmpty()))
              .as("%s %s", request, plan)
              .isTrue();
        }
      }
    }
    assertThat(differing).isGreaterThan(PAIRS * REQUESTS_A_PAIR / 40);
    assertThat(alike).isGreaterThan(PAIRS * REQUESTS_A_PAIR / 40);
  }

  @Test
  void whatAnEditedCorrectionOpensAndClosesIsExactlyWhatDiffers() {
    SplittableRandom random = new SplittableRandom(198_41);
    int opened = 0;
    int closed = 0;
    int alike = 0;
    for (int i = 0; i < 600; i++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet one = sets.correctedPolicySet();
      PolicySet other = corrected(one, sets, random);
      boolean swapped = random.nextBoolean();
      PolicySet before = swapped ? other : one;
      PolicySet after = swapped ? one : other;
      Plan plan = Plan.of(before, after);
      assertThat(plan.corrections()).hasSize(before.equals(after) ? 0 : 1);
      assertThat(plan.statements()).isEmpty();
      for (CorrectionEffect effect : plan.effects()) {
        assertThat(effect.corrections())
            .containsExactly(plan.corrections().getFirst().correction().id());
        for (Request witness : witnesses(effect)) {
          OutcomeDelta difference = effect.statement().difference();
          assertThat(SlowTwin.decide(before, witness).outcome()).isEqualTo(difference.before());
          assertThat(SlowTwin.decide(after, witness).outcome()).isEqualTo(difference.after());
        }
      }
      for (int r = 0; r < 60; r++) {
        Request any = sets.correctedRequest(one);
        Request request =
            plan.corrections().isEmpty() || random.nextBoolean()
                ? any
                : ofWhomItNames(plan.corrections().getFirst().correction(), any, random);
        Outcome was = SlowTwin.decide(before, request).outcome();
        Outcome becomes = SlowTwin.decide(after, request).outcome();
        List<CorrectionEffect> naming =
            plan.effects().stream().filter(effect -> names(effect, request)).toList();
        // Whom corrections of both kinds name is in no statement.
        boolean knownByOne =
            request.client().address() == null || request.client().agentId() == null;
        if (was != becomes && knownByOne) {
          boolean opens = becomes.compareTo(was) < 0;
          assertThat(naming)
              .as("%s %s", request, plan)
              .anyMatch(effect -> effect.statement().difference().opens() == opens);
          opened += opens ? 1 : 0;
          closed += opens ? 0 : 1;
        } else if (was == becomes) {
          alike++;
        }
        if (knownByOne
            && isOfOnePiece(request)
            && request.registrations().equals(Registrations.NONE)) {
          List<OutcomeDelta> stated =
              naming.stream()
                  .map(CorrectionEffect::statement)
                  .filter(statement -> concerns(statement, request, before, after))
                  .map(PlannedChange::difference)
                  .toList();
          if (was == becomes) {
            assertThat(stated).as("%s %s", request, plan).isEmpty();
          } else {
            assertThat(stated).as("%s %s", request, plan).hasSize(1);
            assertThat(stated.getFirst().before()).isEqualTo(was);
            assertThat(stated.getFirst().after()).isEqualTo(becomes);
          }
        }
      }
    }
    assertThat(opened).isGreaterThan(200);
    assertThat(closed).isGreaterThan(200);
    assertThat(alike).isGreaterThan(10_000);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void aNewCorrectionOfAnAgentOpensNothing(@ForAll long seed) {
    PolicySet set = new RandomPolicySets(new SplittableRandom(seed)).correctedPolicySet();
    for (Correction correction : set.corrections()) {
      if (correction.target() instanceof Correction.Target.Agent) {
        Plan plan = Plan.of(without(set, correction), set);
        assertThat(plan.effects()).noneMatch(effect -> effect.statement().difference().opens());
      }
    }
  }

  /** The set with one correction taken out, or put elsewhere, on somebody else or for shorter. */
  private static PolicySet corrected(
      PolicySet set, RandomPolicySets sets, SplittableRandom random) {
    List<Correction> others = sets.correctedPolicySet().corrections();
    Correction edited = set.corrections().get(random.nextInt(set.corrections().size()));
    Correction other = others.get(random.nextInt(others.size()));
    PolicySet without = without(set, edited);
    List<Correction> corrections = new ArrayList<>(without.corrections());
    Interval span = edited.span();
    LegalInstant shorter = LegalInstant.of(span.from().instant().plusSeconds(600));
    boolean free = corrections.stream().noneMatch(c -> c.target().equals(other.target()));
    switch (random.nextInt(4)) {
      case 0 -> corrections.add(with(edited, edited.target(), other.place(), span));
      case 1 ->
          corrections.add(
              with(edited, edited.target(), edited.place(), new Interval(span.from(), shorter)));
      case 2 -> {
        if (free) {
          corrections.add(with(edited, other.target(), edited.place(), span));
        }
      }
      default -> {}
    }
    return PolicySet.of(set.catalog(), set.policies(), corrections);
  }

  private static Correction with(
      Correction correction, Correction.Target target, Place place, Interval span) {
    return new Correction(
        correction.id(),
        target,
        place,
        correction.because(),
        correction.approvedBy(),
        span,
        correction.note());
  }

  private static PolicySet without(PolicySet set, Correction correction) {
    return PolicySet.of(
        set.catalog(),
        set.policies(),
        set.corrections().stream().filter(c -> !c.equals(correction)).toList());
  }

  /** A request of each client of whom it is stated, at the stated beginning. */
  private static List<Request> witnesses(CorrectionEffect effect) {
    PlannedChange statement = effect.statement();
    Client sender =
        switch (effect.target()) {
          case Correction.Target.Addresses addresses ->
              new Client(
                  addresses.range().firstNotIn(effect.except()).orElseThrow().inetAddress(), null);
          case Correction.Target.Agent agent -> new Client(null, agent.agentId());
        };
    Product product =
        statement.products().allBut()
            ? new Product("never-named")
            : statement.products().listed().getFirst();
    return statement.clients().stream()
        .map(client ->
            new Request(
                statement.difference().from(),
                product,
                statement.activities().getFirst(),
                client.location(),
                Registrations.NONE,
                sender))
        .toList();
  }

  /** The same of somebody whom the correction names, while it holds or a little beside. */
  private static Request ofWhomItNames(
      Correction correction, Request request, SplittableRandom random) {
    return new Request(
        correction.span().from().instant().plusSeconds(random.nextLong(-60, 7_200)),
        request.product(),
        request.activity(),
        request.location(),
        random.nextBoolean() ? Registrations.NONE : request.registrations(),
        switch (correction.target()) {
          case Correction.Target.Addresses addresses ->
              new Client(addresses.range().network().inetAddress(), null);
          case Correction.Target.Agent agent -> new Client(null, agent.agentId());
        });
  }

  private static boolean names(CorrectionEffect effect, Request request) {
    Client sender = request.client();
    InetAddress address = sender.address();
    return switch (effect.target()) {
      case Correction.Target.Addresses addresses ->
          address != null
              && addresses.range().contains(address)
              && effect.except().stream().noneMatch(range -> range.contains(address));
      case Correction.Target.Agent agent -> agent.agentId().equals(sender.agentId());
    };
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void theSameSetChangesNothing(@ForAll long seed) {
    PolicySet set = new RandomPolicySets(new SplittableRandom(seed)).policySet();
    Plan plan = Plan.of(set, set);
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.allStatements()).isEmpty();
    assertThat(plan.policies()).isEmpty();
    assertThat(plan.routes()).isEmpty();
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void neighboursSayDifferentThings(@ForAll long seed) {
    RandomPolicySets sets = new RandomPolicySets(new SplittableRandom(seed));
    for (PlannedChange statement : Plan.of(sets.policySet(), sets.policySet()).statements()) {
      Instant until = statement.difference().until();
      if (until != null) {
        assertThat(statement.difference().from()).isBefore(until);
      }
      assertThat(statement.difference().before()).isNotEqualTo(statement.difference().after());
    }
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void everyPolicyThatIsWrittenOtherwiseIsNamedWithWhatIs(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomPolicySets sets = new RandomPolicySets(random);
    PolicySet before = sets.policySet();
    PolicySet after = edited(before, sets, random);
    Map<String, Policy> old = byId(before);
    Map<String, Policy> now = byId(after);
    Map<String, PolicyEdit> edits =
        Plan.of(before, after).policies().stream()
            .collect(Collectors.toMap(edit -> edit.policy().id(), Function.identity()));
    for (String id : List.of("policy-0", "policy-1", "policy-2", "policy-3", "policy-4")) {
      @Nullable Policy was = old.get(id);
      @Nullable Policy becomes = now.get(id);
      if (was == null ? becomes == null : was.equals(becomes)) {
        assertThat(edits).doesNotContainKey(id);
      } else {
        assertThat(edits).containsKey(id);
        assertThat(edits.get(id))
            .matches(edit -> edit.fields().isEmpty() == (was == null || becomes == null));
      }
    }
  }

  @Test
  void policiesThatNameEveryCountryCanBePlannedToo() {
    SplittableRandom random = new SplittableRandom(1);
    Policy any = new RandomPolicySets(random).policySet().policies().getFirst();
    List<Place> everywhere =
        Stream.of(Locale.getISOCountries()).map(Place::parse).distinct().toList();
    Policy all =
        new Policy(
            any.id(),
            any.title(),
            any.authority(),
            any.citation(),
            null,
            any.basis(),
            new Scope(everywhere, List.of(Place.parse("DE")), Set.of(ScopeBasis.values()), null),
            new ProductSelection.All(),
            List.of(),
            any.phases(),
            List.of(),
            any.undetermined(),
            null);
    Plan plan = Plan.of(null, PolicySet.of(new Catalog(List.of()), List.of(all)));
    List<ClientGroup> clients =
        plan.statements().stream().flatMap(statement -> statement.clients().stream()).toList();
    assertThat(clients)
        .contains(
            new ClientGroup.Located(Place.parse("FR")),
            new ClientGroup.Registered(Place.parse("FR"), Place.parse("DE")))
        .doesNotContain(new ClientGroup.Located(Place.parse("DE")));
  }

  /** The set with one policy put in another's place, taken out or added. */
  private static PolicySet edited(PolicySet set, RandomPolicySets sets, SplittableRandom random) {
    List<Policy> policies = new ArrayList<>(set.policies());
    List<Policy> others = sets.policySet().policies();
    if (!others.isEmpty()) {
      Policy other = others.get(random.nextInt(others.size()));
      policies.removeIf(policy -> policy.id().equals(other.id()));
      if (random.nextInt(4) > 0) {
        policies.add(other);
      }
    }
    return PolicySet.of(set.catalog(), policies);
  }

  private static Map<String, Policy> byId(PolicySet set) {
    return set.policies().stream().collect(Collectors.toMap(Policy::id, Function.identity()));
  }

  private static boolean isOfOnePiece(Request request) {
    return pieces(request).size() == 1;
  }

  /** Requests with one piece of evidence each, the others taken away. */
  private static List<Request> pieces(Request request) {
    List<Request> pieces = new ArrayList<>();
    switch (request.location()) {
      case Location.Unknown unknown -> {
        pieces.add(with(request, new Location.Unknown(), Registrations.NONE));
        unknown
            .perhaps()
            .forEach(place -> pieces.add(with(request, Location.in(place), Registrations.NONE)));
      }
      case Location.Known known ->
          known
              .places()
              .forEach(place -> pieces.add(with(request, Location.in(place), Registrations.NONE)));
    }
    Location nowhereNamed = Location.in(Place.parse("AQ"));
    switch (request.registrations()) {
      case Registrations.Unknown unknown -> pieces.add(with(request, nowhereNamed, unknown));
      case Registrations.Known known ->
          known
              .places()
              .forEach(place ->
                  pieces.add(with(request, nowhereNamed, new Registrations.Known(Set.of(place)))));
    }
    return pieces;
  }

  private static Request with(Request request, Location location, Registrations registrations) {
    return new Request(
        request.time(), request.product(), request.activity(), location, registrations);
  }

  private static List<PlannedChange> stated(Plan plan, Request request, PolicySet base) {
    return plan.statements().stream()
        .filter(statement -> concerns(statement, request, base, plan.after()))
        .toList();
  }

  private static boolean concerns(PlannedChange statement, Request request, PolicySet... sets) {
    return statement.activities().contains(request.activity())
        && statement.products().contains(request.product())
        && !request.time().isBefore(statement.difference().from())
        && statement.difference().reaches(request.time())
        && statement.clients().stream().anyMatch(client -> is(client, request, sets));
  }

  private static boolean is(ClientGroup client, Request request, PolicySet... sets) {
    boolean registered =
        request.registrations() instanceof Registrations.Unknown
            || !request.registrations().equals(Registrations.NONE);
    Place place =
        !registered && request.location() instanceof Location.Known known
            ? known.places().getFirst()
            : null;
    return switch (client) {
      case ClientGroup.Located located -> place != null && located.place().covers(place);
      case ClientGroup.LocatedSomewhereIn in ->
          place != null
              && in.country().covers(place)
              && !namedIn(place, sets).isEmpty()
              && namedIn(place, sets).equals(namedIn(in.country(), sets));
      case ClientGroup.LocatedInAnotherPart in ->
          place != null
              && place.isPartOf(in.country())
              && in.named().stream().noneMatch(named -> named.covers(place) || place.covers(named));
      case ClientGroup.LocatedElsewhere _ ->
          place != null && named(sets).noneMatch(named -> named.largest().equals(place.largest()));
      case ClientGroup.LocatedNowhereKnown _ ->
          !registered && request.location() instanceof Location.Unknown;
      case ClientGroup.Registered in ->
          request.registrations() instanceof Registrations.Known known
              && known.places().stream()
                  .anyMatch(account -> in.place().equals(named(account, sets)));
      case ClientGroup.RegisteredNowhereKnown _ ->
          request.registrations() instanceof Registrations.Unknown;
    };
  }

  private static Stream<Place> named(PolicySet... sets) {
    return Stream.of(sets)
        .flatMap(set -> set.policies().stream())
        .map(Policy::scope)
        .flatMap(scope -> Stream.concat(scope.locations().stream(), scope.except().stream()))
        .map(Place::canonical);
  }

  private static Set<Place> namedIn(Place place, PolicySet... sets) {
    return named(sets).filter(named -> named.isPartOf(place)).collect(Collectors.toSet());
  }

  /**
   * Returns the smallest place around an account's that a policy about accounts names, or its
   * country.
   */
  private static Place named(Place account, PolicySet... sets) {
    Place place = account.canonical();
    while (place.parent().isPresent() && !isNamedForAccounts(place, sets)) {
      place = place.parent().orElseThrow();
    }
    return place;
  }

  private static boolean isNamedForAccounts(Place place, PolicySet... sets) {
    return Stream.of(sets)
        .flatMap(set -> set.policies().stream())
        .map(Policy::scope)
        .filter(scope -> scope.subjects().contains(ScopeBasis.REGISTERED))
        .flatMap(scope -> Stream.concat(scope.locations().stream(), scope.except().stream()))
        .anyMatch(place::isSame);
  }
}
