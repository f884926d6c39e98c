package updategateway.policy.decision;

import java.util.List;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;

/**
 * What rules 1 to 3 say of one policy and one request, with the conditions of each rule.
 *
 * @param policy the policy
 * @param coverage rule 1
 * @param evidence what each piece of evidence says; at least one
 * @param applies rule 2
 * @param aboutProduct whether the policy is about the product
 * @param phases the phases that refuse the activity, and whether each is in force
 * @param exemptions those that match
 * @param permits those that match, and whether each is valid
 * @param outcome rule 3
 */
public record PolicyEvaluation(
    Policy policy,
    Coverage coverage,
    List<EvidenceEvaluation> evidence,
    boolean applies,
    boolean aboutProduct,
    List<Timed<Phase>> phases,
    List<Exemption> exemptions,
    List<Timed<Permit>> permits,
    Outcome outcome) {
  public PolicyEvaluation {
    evidence = List.copyOf(evidence);
    phases = List.copyOf(phases);
    exemptions = List.copyOf(exemptions);
    permits = List.copyOf(permits);
  }

  /** A phase or a permit, and whether it is active. */
  public record Timed<T>(T what, Validity validity) {}

  static PolicyEvaluation of(ActivityRule rule, Request request, List<Evidence> evidence) {
    Policy policy = rule.policy;
    Coverage coverage = rule.scope.coverage(evidence);
    boolean applies = DecisionRules.applies(rule, request.product(), request.time());
    return new PolicyEvaluation(
        policy,
        coverage,
        evidence.stream().map(rule.scope::evaluate).toList(),
        applies,
        policy.products().contains(request.product()),
        rule.phases.stream()
            .map(phase -> new Timed<>(phase, Validity.of(phase.span(), request.time())))
            .toList(),
        policy.exemptions().stream()
            .filter(exemption -> exemption.matter().matches(request.product(), request.activity()))
            .toList(),
        policy.permits().stream()
            .filter(permit -> permit.matter().matches(request.product(), request.activity()))
            .map(permit -> new Timed<>(permit, Validity.of(permit.span(), request.time())))
            .toList(),
        DecisionRules.outcome(policy, applies, coverage));
  }
}
