package updategateway.policy.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.decision.Request;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;

final class ExplanationTest {
  @Test
  void anExplanationEndsWhereTheDecisionDoes() {
    SplittableRandom random = new SplittableRandom(791_109);
    Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
    Set<EvidenceReading.Finding> findings = EnumSet.noneOf(EvidenceReading.Finding.class);
    for (int s = 0; s < 2_000; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      boolean corrected = s % 2 == 0;
      PolicySet set = corrected ? sets.correctedPolicySet() : sets.policySet();
      Evaluator compiled = Evaluator.of(set);
      for (int r = 0; r < 50; r++) {
        Request request = corrected ? sets.correctedRequest(set) : sets.request(set);
        Decision decision = compiled.decide(request);
        Explanation explanation = Explanation.of(set, request);
        assertThat(explanation.outcome()).as("%s %s", request, set).isEqualTo(decision.outcome());
        assertThat(explanation.change()).as("%s %s", request, set).isEqualTo(decision.change());
        assertThat(explanation.placement().corrections()).isEqualTo(decision.corrections());
        assertThat(explanation.deciding().stream().map(reading -> reading.policy().id()))
            .containsExactlyElementsOf(
                decision.grounds().stream().map(ground -> ground.policy().id()).toList());
        assertThat(explanation.deciding().stream().map(PolicyReading::phaseInForce))
            .containsExactlyElementsOf(
                decision.grounds().stream().map(RefusalReason::phase).toList());
        explanation
            .policies()
            .forEach(reading ->
                reading.evidence().forEach(evidence -> findings.add(evidence.finding())));
        seen.merge(decision.outcome(), 1, Integer::sum);
      }
    }
    assertThat(seen)
        .hasSize(3)
        .allSatisfy((outcome, count) -> assertThat(count).isGreaterThan(2_000));
    assertThat(findings).containsExactlyInAnyOrder(EvidenceReading.Finding.values());
  }
}
