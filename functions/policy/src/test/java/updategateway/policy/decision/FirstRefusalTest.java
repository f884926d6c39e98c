package updategateway.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Policy;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;

/** When some policy refuses anything to a client, beside the decisions on every activity. */
final class FirstRefusalTest {
  private static final List<Activity> ACTIVITIES =
      List.of("signature-update", "patch-update", "informational", "unclassified").stream()
          .map(Activity::new)
          .toList();

  @Test
  void somethingIsRefusedAsSoonAsAnyActivityIs() {
    SplittableRandom random = new SplittableRandom(16);
    int now = 0;
    int later = 0;
    for (int s = 0; s < 3_000; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet set = withoutExceptions(sets.policySet());
      for (int r = 0; r < 5; r++) {
        Request request = sets.request(set);
        Optional<Instant> expected =
            decisions(set, request)
                .flatMap(decision -> firstRefusal(decision, request).stream())
                .min(Instant::compareTo);
        assertThat(firstRefusal(set, request))
            .as("%s by %s", request, set.policies())
            .isEqualTo(expected);
        now += expected.filter(request.time()::equals).isPresent() ? 1 : 0;
        later += expected.filter(request.time()::isBefore).isPresent() ? 1 : 0;
      }
    }
    // The comparison is worth something only where all answers are common.
    assertThat(now).isBetween(3_000, 12_000);
    assertThat(later).isGreaterThan(500);
  }

  /** Also with corrections, exemptions and permits. */
  @Test
  void nothingIsRefusedBefore() {
    SplittableRandom random = new SplittableRandom(17);
    int unrefused = 0;
    for (int s = 0; s < 3_000; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      PolicySet set = sets.correctedPolicySet();
      for (int r = 0; r < 5; r++) {
        Request request = sets.correctedRequest(set);
        Instant first = firstRefusal(set, request).orElse(Instant.MAX);
        assertThat(decisions(set, request))
            .as("%s by %s", request, set.policies())
            .allSatisfy(decision ->
                assertThat(firstRefusal(decision, request).orElse(Instant.MAX))
                    .isAfterOrEqualTo(first));
        unrefused += first.isAfter(request.time()) ? 1 : 0;
      }
    }
    assertThat(unrefused).isGreaterThan(3_000);
  }

  private static Optional<Instant> firstRefusal(Decision decision, Request request) {
    return decision.outcome() == Outcome.SERVE
        ? decision.nextChange().map(OutcomeChange::at)
        : Optional.of(request.time());
  }

  private static Optional<Instant> firstRefusal(PolicySet set, Request request) {
    return Evaluator.of(set)
        .firstRefusal(
            request.time(), request.location(), request.client(), request.registrations());
  }

  private static Stream<Decision> decisions(PolicySet set, Request request) {
    Evaluator evaluator = Evaluator.of(set);
    return ACTIVITIES.stream()
        .map(activity ->
            evaluator.decide(
                new Request(
                    request.time(),
                    request.product(),
                    activity,
                    request.location(),
                    request.registrations(),
                    request.client())));
  }

  private static PolicySet withoutExceptions(PolicySet set) {
    return PolicySet.of(
        set.catalog(),
        set.policies().stream().map(FirstRefusalTest::withoutExceptions).toList(),
        set.corrections());
  }

  private static Policy withoutExceptions(Policy policy) {
    return new Policy(
        policy.id(),
        policy.title(),
        policy.authority(),
        policy.citation(),
        policy.reference(),
        policy.basis(),
        policy.scope(),
        new ProductSelection.All(),
        List.of(),
        policy.phases(),
        List.of(),
        policy.undetermined(),
        policy.note());
  }
}
