package updategateway.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.policy.testing.SlowTwin;

/**
 * The evaluator set beside the rules read word by word, on random sets and requests around every
 * boundary.
 */
final class EvaluatorTest {
  private static final int SETS = 5_000;
  private static final int REQUESTS_A_SET = 200;

  @Test
  void aMillionRequestsAreDecidedAsTheRulesSay() {
    SplittableRandom random = new SplittableRandom(2024_09_29);
    Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
    int changing = 0;
    for (int s = 0; s < SETS; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet set = sets.policySet();
      Evaluator evaluator = Evaluator.of(set);
      for (int r = 0; r < REQUESTS_A_SET; r++) {
        Request request = sets.request(set);
        Decision decision = evaluator.decide(request);
        SlowTwin.Answer expected = SlowTwin.decide(set, request);
        if (!answer(decision).equals(expected)) {
          assertThat(answer(decision)).as("%s by %s", request, set.policies()).isEqualTo(expected);
        }
        seen.merge(decision.outcome(), 1, Integer::sum);
        changing += decision.nextChange().isPresent() ? 1 : 0;
      }
    }
    // The comparison is worth something only where every outcome is common.
    int all = SETS * REQUESTS_A_SET;
    assertThat(seen)
        .hasSize(3)
        .allSatisfy((outcome, count) -> assertThat(count).isGreaterThan(all / 25));
    assertThat(changing).isGreaterThan(all / 25);
  }

  @Test
  void byManyPoliciesRequestsAreDecidedAsTheRulesSay() {
    SplittableRandom random = new SplittableRandom(512);
    int named = 0;
    for (int s = 0; s < 60; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet set = sets.policySet(20 + random.nextInt(200));
      Evaluator evaluator = Evaluator.of(set);
      for (int r = 0; r < 60; r++) {
        Request request = sets.request(set);
        Decision decision = evaluator.decide(request);
        assertThat(answer(decision)).isEqualTo(SlowTwin.decide(set, request));
        assertThat(decision.reasons().size()).isEqualTo(answer(decision).policies().size());
        assertThat(decision.reasons().isEmpty()).isEqualTo(decision.outcome() == Outcome.SERVE);
        named = Math.max(named, decision.reasons().size());
      }
    }
    assertThat(named).isGreaterThan(40);
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
  void nothingChangesUpToTheNextChange(@ForAll long seed) {
    RandomPolicySets sets = new RandomPolicySets(new SplittableRandom(seed));
    PolicySet set = sets.policySet();
    Evaluator evaluator = Evaluator.of(set);
    Request request = sets.request(set);
    Decision decision = evaluator.decide(request);
    decision
        .nextChange()
        .ifPresent(change -> {
          assertThat(change.at()).isAfter(request.time());
          assertThat(outcome(evaluator, request, change.at().minusMillis(1)))
              .isEqualTo(decision.outcome());
          assertThat(outcome(evaluator, request, change.at()))
              .isEqualTo(change.outcome())
              .isNotEqualTo(decision.outcome());
        });
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
  void whereRegistrationsDoNotMatterNoneChangesTheAnswer(@ForAll long seed) {
    RandomPolicySets sets = new RandomPolicySets(new SplittableRandom(seed));
    PolicySet set = sets.policySet();
    Evaluator evaluator = Evaluator.of(set);
    Request request = sets.request(set);
    Classification asked = new Classification(request.product(), request.activity());
    if (!evaluator.needsRegistrations(request.time(), asked, request.location(), Client.UNKNOWN)) {
      Request unregistered =
          new Request(
              request.time(),
              request.product(),
              request.activity(),
              request.location(),
              Registrations.NONE);
      assertThat(answer(evaluator.decide(request)))
          .isEqualTo(answer(evaluator.decide(unregistered)));
    }
  }

  @Test
  void anAnswerRestsOnPlaceAndTimeAloneExactlyWhenNoRegistrationsChangeIt() {
    SplittableRandom random = new SplittableRandom(451);
    Map<Outcome, Integer> alone = new EnumMap<>(Outcome.class);
    Map<Outcome, Integer> not = new EnumMap<>(Outcome.class);
    for (int s = 0; s < 4_000; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet set = sets.policySet();
      Evaluator evaluator = Evaluator.of(set);
      for (int r = 0; r < 10; r++) {
        Request request = with(sets.request(set), Registrations.NONE);
        SlowTwin.Answer answer = SlowTwin.decide(set, request);
        boolean same =
            RandomPolicySets.everyRegistration()
                .map(registrations -> SlowTwin.decide(set, with(request, registrations)))
                .allMatch(other ->
                    other.outcome() == answer.outcome()
                        && Objects.equals(other.nextChange(), answer.nextChange()));
        Classification asked = new Classification(request.product(), request.activity());
        assertThat(evaluator.isSharedCacheable(request.time(), asked, request.location()))
            .as("%s by %s", request, set.policies())
            .isEqualTo(same);
        (same ? alone : not).merge(answer.outcome(), 1, Integer::sum);
      }
    }
    // Worth something only where both answers are common, and for what is served above all.
    assertThat(alone).hasSize(3).allSatisfy((_, count) -> assertThat(count).isGreaterThan(200));
    assertThat(not.get(Outcome.SERVE)).isGreaterThan(2_000);
  }

  private static Request with(Request request, Registrations registrations) {
    return new Request(
        request.time(), request.product(), request.activity(), request.location(), registrations);
  }

  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void theFirstRefusalIsWhenAnythingIsNotServed(@ForAll long seed) {
    RandomPolicySets sets = new RandomPolicySets(new SplittableRandom(seed));
    PolicySet set = sets.correctedPolicySet();
    Request request = sets.correctedRequest(set);
    Optional<Instant> expected =
        Stream.concat(
                Stream.of(request.time()),
                SlowTwin.allBoundaries(set).stream().filter(request.time()::isBefore))
            .filter(time -> isAnythingRefused(set, request.at(time)))
            .findFirst();
    assertThat(
            Evaluator.of(set)
                .firstRefusal(
                    request.time(), request.location(), request.client(), request.registrations()))
        .isEqualTo(expected);
  }

  private static boolean isAnythingRefused(PolicySet set, Request request) {
    return Stream.of("endpoint-security", "threat-intelligence", "vpn", "never-named")
        .map(Product::new)
        .anyMatch(product ->
            Stream.of("signature-update", "patch-update", "informational", "unclassified")
                .map(Activity::new)
                .anyMatch(activity ->
                    SlowTwin.decide(
                                set,
                                new Request(
                                    request.time(),
                                    product,
                                    activity,
                                    request.location(),
                                    request.registrations(),
                                    request.client()))
                            .outcome()
                        != Outcome.SERVE));
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
  void everyGroundNamesAPhaseInForceThatRefusesTheActivity(@ForAll long seed) {
    RandomPolicySets sets = new RandomPolicySets(new SplittableRandom(seed));
    PolicySet set = sets.policySet();
    Request request = sets.request(set);
    for (RefusalReason ground : Evaluator.of(set).decide(request).reasons()) {
      assertThat(ground.policy().phases()).contains(ground.phase());
      assertThat(ground.phase().span().contains(request.time())).isTrue();
      assertThat(ground.phase().refuses()).contains(request.activity());
      assertThat(ground.policy().scope().subjects()).containsAll(ground.bases());
    }
  }

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void aSourceThatAgreesAndKnowsLessNeverChangesTheDecision(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomPolicySets sets = new RandomPolicySets(random);
    PolicySet set = sets.correctedPolicySet();
    Evaluator evaluator = Evaluator.of(set);
    Request request = sets.correctedRequest(set);
    if (!(request.location() instanceof Location.Known known)) {
      return;
    }
    List<Place> finer = known.places();
    List<Place> coarser = new ArrayList<>(finer);
    finer.forEach(place -> coarser.add(random.nextInt(coarser.size() + 1), country(place)));
    Request alone = located(request, Location.in(finer));
    Request beside = located(request, Location.in(coarser));
    assertThat(SlowTwin.decide(set, beside)).isEqualTo(SlowTwin.decide(set, alone));
    assertThat(answer(evaluator.decide(beside))).isEqualTo(answer(evaluator.decide(alone)));
    // Nor does a claim to be in a country of which a part is known.
    Request claimed = alone;
    for (Place place : finer) {
      if (place.isSubdivision()) {
        claimed = located(claimed, claimed.location().claimed(country(place)));
      }
    }
    assertThat(answer(evaluator.decide(claimed))).isEqualTo(answer(evaluator.decide(alone)));
  }

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void whatCannotBeReliedOnNeverMakesTheDecisionMilder(@ForAll long seed) {
    RandomPolicySets sets = new RandomPolicySets(new SplittableRandom(seed));
    PolicySet set = sets.correctedPolicySet();
    Evaluator evaluator = Evaluator.of(set);
    Request request = sets.correctedRequest(set);
    List<Place> known =
        request.location() instanceof Location.Known places ? places.places() : List.of();
    Outcome alone = evaluator.decide(located(request, Location.in(known))).outcome();
    for (String code : List.of("US", "US-PR", "US-GU", "UA", "UA-30", "UA-43", "DE-BY", "FR")) {
      Place place = Place.parse(code);
      assertThat(evaluator.decide(located(request, Location.in(known, List.of(place)))).outcome())
          .isGreaterThanOrEqualTo(alone);
      assertThat(evaluator.decide(located(request, Location.in(known).claimed(place))).outcome())
          .isGreaterThanOrEqualTo(alone);
    }
  }

  private static Place country(Place place) {
    return place.largest();
  }

  private static Request located(Request request, Location location) {
    return new Request(
        request.time(),
        request.product(),
        request.activity(),
        location,
        request.registrations(),
        request.client());
  }

  private static Outcome outcome(Evaluator evaluator, Request request, Instant time) {
    return evaluator
        .decide(
            new Request(
                time,
                request.product(),
                request.activity(),
                request.location(),
                request.registrations()))
        .outcome();
  }

  private static SlowTwin.Answer answer(Decision decision) {
    return SlowTwin.Answer.of(decision);
  }
}
