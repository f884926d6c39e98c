package updategateway.policy.explanation;

import static java.util.Comparator.comparingInt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.decision.Coverage;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.UndeterminedAction;

/**
 * Rules 1 to 3 of a decision, read for one policy and one request.
 *
 * @param policy the policy
 * @param evidence what each piece of evidence says; at least one
 * @param aboutProduct whether the policy is about the product
 * @param phases the phases that refuse the activity, and whether each is in force
 * @param exemptions those that match
 * @param permits those that match what is asked for, and whether each is valid
 */
public record PolicyReading(
    Policy policy,
    List<EvidenceReading> evidence,
    boolean aboutProduct,
    List<Dated<Phase>> phases,
    List<Exemption> exemptions,
    List<Dated<Permit>> permits) {
  public PolicyReading {
    evidence = List.copyOf(evidence);
    phases = List.copyOf(phases);
    exemptions = List.copyOf(exemptions);
    permits = List.copyOf(permits);
  }

  /** Something dated, and whether it holds. */
  public record Dated<T>(T what, Validity validity) {}

  static PolicyReading of(Policy policy, Request request) {
    Instant time = request.time();
    return new PolicyReading(
        policy,
        evidence(policy.scope(), request),
        policy.products().contains(request.product()),
        policy.phases().stream()
            .filter(phase -> phase.refuses().contains(request.activity()))
            .map(phase -> new Dated<>(phase, Validity.of(phase.span(), time)))
            .toList(),
        policy.exemptions().stream()
            .filter(exemption -> exemption.matter().matches(request.product(), request.activity()))
            .toList(),
        policy.permits().stream()
            .filter(permit -> permit.matter().matches(request.product(), request.activity()))
            .map(permit -> new Dated<>(permit, Validity.of(permit.span(), time)))
            .toList());
  }

  private static List<EvidenceReading> evidence(Scope scope, Request request) {
    List<EvidenceReading> readings = new ArrayList<>();
    switch (request.location()) {
      case Location.Known known ->
          known
              .places()
              .forEach(place -> readings.add(EvidenceReading.of(scope, ScopeBasis.LOCATED, place)));
      case Location.Unknown unknown -> {
        readings.add(EvidenceReading.of(scope, ScopeBasis.LOCATED, null));
        unknown
            .perhaps()
            .forEach(place -> readings.add(EvidenceReading.of(scope, ScopeBasis.LOCATED, place)));
      }
    }
    switch (request.registrations()) {
      case Registrations.Known known ->
          known.places().stream()
              .sorted()
              .forEach(
                  place -> readings.add(EvidenceReading.of(scope, ScopeBasis.REGISTERED, place)));
      case Registrations.Unknown _ ->
          readings.add(EvidenceReading.of(scope, ScopeBasis.REGISTERED, null));
    }
    return readings;
  }

  /** Rule 1: whether the policy reaches the client, by the strongest piece of evidence. */
  public Coverage reach() {
    return evidence.stream()
        .map(reading -> reading.finding().reach())
        .max(comparingInt(Coverage::ordinal))
        .orElse(Coverage.OUT);
  }

  /** Rule 2: whether the policy applies to what is asked for, at this time. */
  public boolean applies() {
    return aboutProduct && phaseInForce() != null && exemptions.isEmpty() && !isPermitted();
  }

  /** The phase in force that refuses the activity; of several, the one that began first. */
  public @Nullable Phase phaseInForce() {
    Phase earliest = null;
    for (Dated<Phase> phase : phases) {
      if (phase.validity() == Validity.NOW
          && (earliest == null
              || phase.what().span().from().instant().isBefore(earliest.span().from().instant()))) {
        earliest = phase.what();
      }
    }
    return earliest;
  }

  private boolean isPermitted() {
    return permits.stream().anyMatch(permit -> permit.validity() == Validity.NOW);
  }

  /** Rule 3: what the policy says by itself. */
  public Outcome outcome() {
    if (!applies()) {
      return Outcome.SERVE;
    }
    return switch (reach()) {
      case IN -> Outcome.REFUSE;
      case UNKNOWN ->
          policy.undetermined() == UndeterminedAction.REFUSE ? Outcome.UNDETERMINED : Outcome.SERVE;
      case OUT -> Outcome.SERVE;
    };
  }
}
