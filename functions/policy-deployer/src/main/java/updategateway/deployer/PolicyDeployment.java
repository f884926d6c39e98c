package updategateway.deployer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.history.ActiveSet;
import updategateway.store.history.DeploymentResult;
import updategateway.store.history.PolicySetRepository;

/**
 * The custom resource "the policy set in force". Creating and updating it put a set in force;
 * CloudFormation's rollback is an update with the old properties. Deleting it changes nothing: a
 * law does not end with a stack, and a gateway that is left running must not begin to serve.
 *
 * <p>A request that fails is given up in the table before the failure is told, so that the same
 * request cannot take effect later, when CloudFormation has rolled back: not by a second delivery,
 * and not by a call that is still on its way.
 */
final class PolicyDeployment {
  private final PolicySetRepository store;
  private final InstantSource clock;

  PolicyDeployment(PolicySetRepository store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Carries out a request, or fails without an effect.
   *
   * @param lastWord asked right before the step that has an effect
   */
  ResourceResult carryOut(ResourceRequest request, CommitGate lastWord) {
    return switch (request) {
      case ResourceRequest.Put put -> put(put, lastWord);
      case ResourceRequest.Delete _ -> new ResourceResult.Success(null, false);
    };
  }

  private ResourceResult put(ResourceRequest.Put put, CommitGate lastWord) {
    try {
      PolicySet set = PolicyFiles.readDocuments(put.catalog(), put.policies(), put.corrections());
      Instant begun = store.begin(put.request().requestId(), sentAt(put));
      Instant end = begun.plus(put.serviceTimeout());
      if (!clock.instant().isBefore(end)) {
        return abort(put, "CloudFormation stopped waiting for this request at " + end, lastWord);
      }
      DeploymentResult deployed =
          store.putInForce(
              set,
              put.request(),
              clock.instant(),
              () -> clock.instant().isBefore(end) && lastWord.getAsBoolean());
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
      return abort(put, String.valueOf(e.getMessage()), lastWord);
    } catch (RuntimeException e) {
      return abort(put, "a fault of the deployer's own: " + e, lastWord);
    }
  }

  /** How much longer CloudFormation waits, as far as the request itself tells; negative if not. */
  Duration remainingTime(ResourceRequest.Put put) {
    return put.serviceTimeout().minus(Duration.between(sentAt(put), clock.instant()));
  }

  /** Never in the future, whatever AWS's clock says. */
  private Instant sentAt(ResourceRequest.Put put) {
    Instant now = clock.instant();
    return put.sentAt() == null || put.sentAt().isAfter(now) ? now : put.sentAt();
  }

  /**
   * Fails a request for good, unless it has taken effect already.
   *
   * @param why as words that can follow a colon
   */
  ResourceResult abort(ResourceRequest.Put put, String why, CommitGate lastWord) {
    lastWord.take();
    try {
      if (store.abandon(put.request().requestId(), clock.instant())) {
        return new ResourceResult.Failure("The set in force is unchanged: " + why + ".");
      }
      ActiveSet inForce = store.inForce().orElse(null);
      return new ResourceResult.Success(inForce, true);
    } catch (PolicyStoreException.Corrupt e) {
      return new ResourceResult.Failure(
          "This request was carried out before, and nobody can tell what is in force since: "
              + e.getMessage()
              + ".");
    } catch (PolicyStoreException e) {
      return outcomeUnknown(why, lastWord);
    }
  }

  /** What can be said when the table does not answer. */
  static ResourceResult outcomeUnknown(String why, CommitGate lastWord) {
    return new ResourceResult.Failure(
        lastWord.mayHaveCommitted()
            ? "Nobody can tell whether the new set is in force, since the table did not answer:"
                + " it or the old one is, whole. CloudFormation's rollback puts the old one in"
                + " force; scripts/policy show tells. "
                + why
                + "."
            : "The set in force is unchanged: " + why + ".");
  }
}
