package updategateway.policy.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.UndeterminedAction;

/**
 * The decision rules 1 to 5 of the architecture document, in its order, for one question: which
 * client requests which product by which activity. Only the time of the request is open. Immutable.
 */
final class DecisionRules {
  private final List<ActivityRule> policies = new ArrayList<>();
  private final Product product;
  private final ClientEvidence client;

  /**
   * @param ofActivity the policies that can refuse the activity, ordered by id
   * @param from the earliest time of which a rule is asked
   */
  DecisionRules(
      List<ActivityRule> ofActivity, Product product, ClientEvidence client, Instant from) {
    this.product = product;
    this.client = client;
    for (ActivityRule policy : ofActivity) {
      if (policy.concerns(product) && client.mayBeCovered(policy.scope, from)) {
        policies.add(policy);
      }
    }
  }

  /** Rule 1: coverage. Returns whether the policy covers the client. */
  private Coverage coverage(ActivityRule policy, Instant time) {
    return policy.scope.coverage(client.at(time));
  }

  /**
   * Rule 2: applies. Returns true if the policy is about the product, a phase in force refuses the
   * activity, and neither an exemption nor a valid permit matches.
   */
  static boolean applies(ActivityRule policy, Product product, Instant time) {
    return policy.concerns(product)
        && policy.phaseInForce(time) != null
        && !policy.isPermitted(product, time);
  }

  /** Rule 3: one policy. Returns the outcome by a policy alone. */
  static Outcome outcome(Policy policy, boolean applies, Coverage coverage) {
    if (!applies) {
      return Outcome.SERVE;
    }
    return switch (coverage) {
      case IN -> Outcome.REFUSE;
      case UNKNOWN ->
          policy.undetermined() == UndeterminedAction.REFUSE ? Outcome.UNDETERMINED : Outcome.SERVE;
      case OUT -> Outcome.SERVE;
    };
  }

  private Outcome outcome(ActivityRule policy, Instant time) {
    return outcome(policy.policy, applies(policy, product, time), coverage(policy, time));
  }

  /** Rule 4: all policies. Returns the strictest outcome by any policy. */
  Outcome outcome(Instant time) {
    Outcome strictest = Outcome.SERVE;
    for (ActivityRule policy : policies) {
      Outcome outcome = outcome(policy, time);
      if (outcome.compareTo(strictest) > 0) {
        strictest = outcome;
      }
    }
    return strictest;
  }

  /**
   * Rule 5: the next change. Returns the first instant after the time at which the outcome is
   * another; null if there is none.
   */
  @Nullable OutcomeChange nextChange(Instant time) {
    Outcome now = outcome(time);
    for (Instant date = nextDate(time); date != null; date = nextDate(date)) {
      Outcome then = outcome(date);
      if (then != now) {
        return new OutcomeChange(date, then);
      }
    }
    return null;
  }

  /**
   * Returns the first instant after another at which a phase, a permit or a correction begins or
   * ends; null if there is none.
   */
  @Nullable Instant nextDate(Instant after) {
    Instant next = client.nextDate(after);
    for (ActivityRule policy : policies) {
      Instant date = policy.nextDate(after);
      if (date != null && (next == null || date.isBefore(next))) {
        next = date;
      }
    }
    return next;
  }

  /** Returns true if other rules have the same outcome at a time and the same next change. */
  boolean isSame(DecisionRules other, Instant time) {
    return outcome(time) == other.outcome(time)
        && Objects.equals(nextChange(time), other.nextChange(time));
  }

  /** Returns the first instant, from a time on, at which the request is not served. */
  Optional<Instant> firstRefusal(Instant time) {
    return outcome(time) == Outcome.SERVE
        ? Optional.ofNullable(nextChange(time)).map(OutcomeChange::at)
        : Optional.of(time);
  }

  /** Returns the decision at a time, with its reasons. */
  Decision decide(Instant time) {
    Outcome outcome = outcome(time);
    return new Decision(
        outcome,
        outcome == Outcome.SERVE ? List.of() : reasons(outcome, time),
        nextChange(time),
        client.location(time),
        outcome == Outcome.SERVE ? permitsInUse(time) : List.of());
  }

  private List<RefusalReason> reasons(Outcome outcome, Instant time) {
    List<RefusalReason> reasons = new ArrayList<>();
    for (ActivityRule policy : policies) {
      Phase phase = policy.phaseInForce(time);
      if (phase != null && outcome(policy, time) == outcome) {
        reasons.add(new RefusalReason(policy.policy, phase, deciding(policy, time)));
      }
    }
    return reasons;
  }

  /** Returns the evidence by which the policy covers the client, or may. */
  private List<Evidence> deciding(ActivityRule policy, Instant time) {
    Coverage coverage = coverage(policy, time);
    return client.at(time).stream()
        .filter(evidence -> policy.scope.finding(evidence).coverage() == coverage)
        .toList();
  }

  /** Returns the permits of each policy by which the request would not be served without them. */
  private List<PermitUse> permitsInUse(Instant time) {
    List<PermitUse> inUse = new ArrayList<>();
    for (ActivityRule policy : policies) {
      boolean applies = policy.phaseInForce(time) != null;
      Outcome withoutPermits = outcome(policy.policy, applies, coverage(policy, time));
      if (withoutPermits != Outcome.SERVE) {
        for (Permit permit : policy.permits(product, time)) {
          inUse.add(new PermitUse(policy.policy, permit, withoutPermits));
        }
      }
    }
    return inUse;
  }
}
