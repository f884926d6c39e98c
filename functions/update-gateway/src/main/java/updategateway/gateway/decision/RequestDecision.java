package updategateway.gateway.decision;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.event.Rejection;
import updategateway.gateway.registration.RegistrationLookup;
import updategateway.policy.decision.Decision;
import updategateway.policy.set.Digest;

/**
 * What became of a request.
 *
 * @param policySet by which it was decided; null if none was available
 * @param result the result
 * @param registrations of the agent; null if they were not looked up
 */
public record RequestDecision(
    @Nullable Digest policySet, Result result, RegistrationLookup.@Nullable Result registrations) {
  /** The result of a request. */
  public sealed interface Result {
    /** Returns what the result rests on, if the policies were asked. */
    default Optional<DecisionContext> decisionContext() {
      return Optional.empty();
    }
  }

  /** No policy set is available. */
  public record NoPolicySet() implements Result {}

  /**
   * The request is answered without a decision.
   *
   * @param context what was found out before; null if nothing was
   */
  public record Rejected(Rejection rejection, @Nullable DecisionContext context) implements Result {
    @Override
    public Optional<DecisionContext> decisionContext() {
      return Optional.ofNullable(context);
    }
  }

  /** The caller gets an overview of what it may fetch. */
  public record Overview(DecisionContext context, PolicyOverview overview) implements Result {
    @Override
    public Optional<DecisionContext> decisionContext() {
      return Optional.of(context);
    }
  }

  /**
   * The artifact is served or refused.
   *
   * @param isSharedCacheable whether the edge may keep the response for all clients at the place
   */
  public record Decided(DecisionContext context, Decision decision, boolean isSharedCacheable)
      implements Result {
    @Override
    public Optional<DecisionContext> decisionContext() {
      return Optional.of(context);
    }
  }
}
