package updategateway.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import updategateway.policy.catalog.Classification;
import updategateway.policy.model.Correction;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;
import updategateway.policy.testing.SlowTwin;

/** Corrections beside the rules read word by word. */
final class CorrectedDecisionsTest {
  private static final int SETS = 400;
  private static final int REQUESTS_A_SET = 100;

  @Test
  void correctedRequestsAreDecidedAsTheRulesSay() {
    SplittableRandom random = new SplittableRandom(180);
    Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
    int corrected = 0;
    int changed = 0;
    int changedLater = 0;
    for (int s = 0; s < SETS; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet set = sets.correctedPolicySet();
      Evaluator evaluator = Evaluator.of(set);
      for (int r = 0; r < REQUESTS_A_SET; r++) {
        Request request = sets.correctedRequest(set);
        Decision decision = evaluator.decide(request);
        SlowTwin.Answer expected = SlowTwin.decide(set, request);
        if (!answer(decision).equals(expected)) {
          assertThat(answer(decision))
              .as("%s by %s and %s", request, set.policies(), set.corrections())
              .isEqualTo(expected);
        }
        ResolvedLocation placement =
            evaluator.resolve(request.time(), request.location(), request.client());
        assertThat(placement.location()).isEqualTo(SlowTwin.location(set, request));
        assertThat(decision.corrections()).isEqualTo(placement.corrections());
        Decision uncorrected = evaluator.decide(from(request, Client.UNKNOWN));
        seen.merge(decision.outcome(), 1, Integer::sum);
        corrected += decision.corrections().isEmpty() ? 0 : 1;
        changed += decision.outcome() == uncorrected.outcome() ? 0 : 1;
        changedLater += Objects.equals(decision.change(), uncorrected.change()) ? 0 : 1;
      }
    }
    // The comparison is worth something only where corrections change much.
    int all = SETS * REQUESTS_A_SET;
    assertThat(seen).hasSize(3);
    assertThat(corrected).isGreaterThan(all / 20);
    assertThat(changed).isGreaterThan(all / 150);
    assertThat(changedLater).isGreaterThan(all / 50);
  }

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void whatAnAgentCallsItselfNeverMakesTheAnswerMilder(@ForAll long seed) {
    RandomPolicySets sets = new RandomPolicySets(new SplittableRandom(seed));
    PolicySet set = sets.correctedPolicySet();
    Evaluator evaluator = Evaluator.of(set);
    Request request = sets.correctedRequest(set);
    Outcome silent =
        evaluator.decide(from(request, new Client(request.client().address(), null))).outcome();
    for (String agentId : List.of("agent-1", "agent-2", "anything")) {
      assertThat(
              evaluator
                  .decide(from(request, new Client(request.client().address(), agentId)))
                  .outcome())
          .isGreaterThanOrEqualTo(silent);
    }
  }

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void aRegistrationThatCannotMatterNeedNotBeLookedUp(@ForAll long seed) {
    RandomPolicySets sets = new RandomPolicySets(new SplittableRandom(seed));
    PolicySet set = sets.correctedPolicySet();
    Evaluator evaluator = Evaluator.of(set);
    Request request = sets.correctedRequest(set);
    if (!evaluator.needsRegistrations(
        request.time(), asked(request), request.location(), request.client())) {
      Request unregistered =
          new Request(
              request.time(),
              request.product(),
              request.activity(),
              request.location(),
              Registrations.NONE,
              request.client());
      assertThat(answer(evaluator.decide(request)))
          .isEqualTo(answer(evaluator.decide(unregistered)));
    }
  }

  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
  void registrationsAreAskedForOnceWhereTheyMatterAndTheDecisionIsTheSame(
      @ForAll long seed, @ForAll boolean corrected) {
    RandomPolicySets sets = new RandomPolicySets(new SplittableRandom(seed));
    PolicySet set = corrected ? sets.correctedPolicySet() : sets.policySet();
    Evaluator evaluator = Evaluator.of(set);
    Request request = corrected ? sets.correctedRequest(set) : sets.request(set);
    AtomicInteger times = new AtomicInteger();
    Decision decision =
        evaluator.decide(
            request.time(),
            asked(request),
            request.location(),
            request.client(),
            () -> {
              times.incrementAndGet();
              return request.registrations();
            });
    assertThat(answer(decision)).isEqualTo(answer(evaluator.decide(request)));
    assertThat(times)
        .hasValue(
            evaluator.needsRegistrations(
                    request.time(), asked(request), request.location(), request.client())
                ? 1
                : 0);
  }

  @Test
  void whatIsTheSameForEverybodyIsTheSameForWhomACorrectionIsAbout() {
    SplittableRandom random = new SplittableRandom(451);
    int shared = 0;
    int corrected = 0;
    for (int s = 0; s < 1_000; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet set = sets.correctedPolicySet();
      Evaluator evaluator = Evaluator.of(set);
      for (int r = 0; r < 10; r++) {
        Request request = sets.correctedRequest(set);
        if (!evaluator.isSharedCacheable(request.time(), asked(request), request.location())) {
          continue;
        }
        shared++;
        SlowTwin.Answer theirs = SlowTwin.decide(set, with(request, Client.UNKNOWN));
        for (int i = 0; i < 5; i++) {
          Client sender = sets.correctedRequest(set).client();
          SlowTwin.Answer own = SlowTwin.decide(set, with(request, sender));
          assertThat(own.outcome()).isEqualTo(theirs.outcome());
          assertThat(own.nextChange()).isEqualTo(theirs.nextChange());
          corrected +=
              SlowTwin.location(set, with(request, sender)).equals(request.location()) ? 0 : 1;
        }
      }
    }
    assertThat(shared).isGreaterThan(300);
    assertThat(corrected).isGreaterThan(100);
  }

  @Test
  void theSmallestRangeThatHoldsCountsAndAnEndedOneNoMore() {
    PolicySet set = new RandomPolicySets(new SplittableRandom(7)).correctedPolicySet();
    Evaluator evaluator = Evaluator.of(set);
    for (Correction correction : set.corrections()) {
      if (!(correction.target() instanceof Correction.Target.Addresses addresses)
          || correction.span().until() == null) {
        continue;
      }
      Client sender = new Client(addresses.range().network().inetAddress(), null);
      Location nowhere = new Location.Unknown();
      assertThat(
              evaluator.resolve(correction.span().from().instant(), nowhere, sender).corrections())
          .hasSize(1);
      assertThat(
              evaluator.resolve(correction.span().until().instant(), nowhere, sender).corrections())
          .doesNotContain(correction);
      assertThat(
              evaluator
                  .resolve(
                      correction.span().from().instant(),
                      nowhere,
                      new Client(other(addresses.range().isIpv6()), null))
                  .corrections())
          .isEmpty();
    }
  }

  private static @Nullable InetAddress other(boolean ipv6) {
    return InetAddress.ofLiteral(ipv6 ? "2a00::" : "9.9.9.9");
  }

  private static Classification asked(Request request) {
    return new Classification(request.product(), request.activity());
  }

  private static Request from(Request request, Client sender) {
    return new Request(
        request.time(),
        request.product(),
        request.activity(),
        request.location(),
        request.registrations(),
        sender);
  }

  private static Request with(Request request, Client sender) {
    return new Request(
        request.time(),
        request.product(),
        request.activity(),
        request.location(),
        Registrations.NONE,
        sender);
  }

  private static SlowTwin.Answer answer(Decision decision) {
    return SlowTwin.Answer.of(decision);
  }
}
