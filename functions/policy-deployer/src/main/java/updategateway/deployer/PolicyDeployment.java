package updategateway.deployer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.history.DeploymentResult;
import updategateway.store.history.PolicySetRepository;

/**
 * Executor of the custom resource's requests. Create and Update activate a policy set;
 * CloudFormation's rollback is an Update with the old properties. Delete changes nothing, so that a
 * gateway which outlives its stack keeps refusing.
 *
 * <p>A request that fails is recorded as abandoned before the failure is reported. So it cannot
 * take effect after CloudFormation has rolled back: neither by a second delivery nor by a call that
 * has not returned yet.
 */
final class PolicyDeployment {
  private final PolicySetRepository store;
  private final InstantSource clock;

  PolicyDeployment(PolicySetRepository store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Executes a request, or fails without an effect.
   *
   * @param gate passed right before the write that has an effect
   */
  ResourceResult execute(ResourceRequest request, CommitGate gate) {
    return switch (request) {
      case ResourceRequest.Put put -> put(put, gate);
      case ResourceRequest.Delete _ -> new ResourceResult.Success(null, false);
    };
  }

  private ResourceResult put(ResourceRequest.Put put, CommitGate gate) {
    try {
      PolicySet set = PolicyFiles.readDocuments(put.catalog(), put.policies(), put.corrections());
      Instant begun = store.begin(put.request().requestId(), sentAt(put));
      Instant end = begun.plus(put.serviceTimeout());
      if (!clock.instant().isBefore(end)) {
        return abort(put, "CloudFormation stopped waiting for this request at " + end, gate);
      }
      DeploymentResult deployed =
          store.putInForce(
              set,
              put.request(),
              clock.instant(),
              () -> clock.instant().isBefore(end) && gate.tryCommit());
      return new ResourceResult.Success(
          deployed.inForce(), deployed instanceof DeploymentResult.Activated);
    } catch (InvalidPolicyException e) {
      return new ResourceResult.Failure(
          "The policies have "
              + e.findings().size()
              + (e.findings().size() == 1 ? " mistake" : " mistakes")
              + "; the set in force is unchanged.\n"
              + e.getMessage());
    } catch (PolicyStoreException e) {
      return abort(put, String.valueOf(e.getMessage()), gate);
    } catch (RuntimeException e) {
      return abort(put, "a fault of the deployer's own: " + e, gate);
    }
  }

  /**
   * Returns how much longer CloudFormation waits, by the request; negative if it no longer does.
   */
  Duration remainingTime(ResourceRequest.Put put) {
    return put.serviceTimeout().minus(Duration.between(sentAt(put), clock.instant()));
  }

  /** Returns when the request was sent, but never a time in the future: clocks may differ. */
  private Instant sentAt(ResourceRequest.Put put) {
    Instant now = clock.instant();
    return put.sentAt() == null || put.sentAt().isAfter(now) ? now : put.sentAt();
  }

  /**
   * Abandons a request for good, unless it has taken effect already.
   *
   * @param cause a clause that can follow a colon
   */
  ResourceResult abort(ResourceRequest.Put put, String cause, CommitGate gate) {
    gate.close();
    try {
      return store.abandon(put.request().requestId(), clock.instant())
          ? unchanged(cause)
          : new ResourceResult.Success(store.inForce().orElse(null), true);
    } catch (PolicyStoreException.Corrupt e) {
      return new ResourceResult.Failure(
          "This request was carried out before, and what has been in force since is unknown: "
              + e.getMessage()
              + ".");
    } catch (PolicyStoreException e) {
      return outcomeUnknown(cause, gate);
    }
  }

  /** Returns the failure of a request whose result the table cannot tell now. */
  static ResourceResult outcomeUnknown(String cause, CommitGate gate) {
    return gate.mayHaveCommitted()
        ? new ResourceResult.Failure(
            "It is unknown whether the new set is in force, since the table did not respond: it or"
                + " the old one is, whole. CloudFormation's rollback puts the old one in force;"
                + " scripts/policy show tells. "
                + cause
                + ".")
        : unchanged(cause);
  }

  private static ResourceResult unchanged(String cause) {
    return new ResourceResult.Failure("The set in force is unchanged: " + cause + ".");
  }
}
