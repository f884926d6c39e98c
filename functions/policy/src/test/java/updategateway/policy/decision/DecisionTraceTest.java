package updategateway.policy.decision;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.RandomPolicySets;

final class DecisionTraceTest {
  @Test
  void theConditionsOfEachRuleGiveItsResultAndTheDecision() {
    SplittableRandom random = new SplittableRandom(791_109);
    Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
    Set<EvidenceEvaluation.Finding> findings = EnumSet.noneOf(EvidenceEvaluation.Finding.class);
    for (int s = 0; s < 2_000; s++) {
      RandomPolicySets sets = new RandomPolicySets(random);
      boolean corrected = s % 2 == 0;
      PolicySet set = corrected ? sets.correctedPolicySet() : sets.policySet();
      Evaluator evaluator = Evaluator.of(set);
      for (int r = 0; r < 50; r++) {
        Request request = corrected ? sets.correctedRequest(set) : sets.request(set);
        Decision decision = evaluator.decide(request);
        DecisionTrace trace = evaluator.trace(request);
        assertThat(trace.decision()).isEqualTo(decision);
        assertThat(trace.policies().stream().map(PolicyEvaluation::policy))
            .containsExactlyElementsOf(set.policies());
        assertThat(
                trace.policies().stream()
                    .map(PolicyEvaluation::outcome)
                    .max(naturalOrder())
                    .orElse(Outcome.SERVE))
            .isEqualTo(decision.outcome());
        for (PolicyEvaluation policy : trace.policies()) {
          policy.evidence().forEach(evidence -> findings.add(evidence.finding()));
          assertThat(policy.coverage())
              .isEqualTo(
                  policy.evidence().stream()
                      .map(evidence -> evidence.finding().coverage())
                      .max(naturalOrder())
                      .orElseThrow());
          assertThat(policy.applies())
              .isEqualTo(
                  policy.aboutProduct()
                      && policy.phases().stream().anyMatch(DecisionTraceTest::isActive)
                      && policy.exemptions().isEmpty()
                      && policy.permits().stream().noneMatch(DecisionTraceTest::isActive));
          assertThat(isReason(policy, decision))
              .isEqualTo(
                  decision.outcome() != Outcome.SERVE && policy.outcome() == decision.outcome());
        }
        seen.merge(decision.outcome(), 1, Integer::sum);
      }
    }
    assertThat(seen)
        .hasSize(3)
        .allSatisfy((outcome, count) -> assertThat(count).isGreaterThan(2_000));
    assertThat(findings).containsExactlyInAnyOrder(EvidenceEvaluation.Finding.values());
  }

  private static boolean isActive(PolicyEvaluation.Timed<?> timed) {
    return timed.validity() == Validity.ACTIVE;
  }

  private static boolean isReason(PolicyEvaluation policy, Decision decision) {
    return decision.reasons().stream().anyMatch(reason -> reason.policy().equals(policy.policy()));
  }
}
