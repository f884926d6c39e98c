package updategateway.policydeployer;

import java.time.InstantSource;
import updategateway.policy.document.InvalidDocumentException;
import updategateway.policy.file.PolicyFiles;
import updategateway.policy.set.PolicySet;
import updategateway.policystore.Activation;
import updategateway.policystore.Deployed;
import updategateway.policystore.DynamoDbPolicySets;
import updategateway.policystore.PolicyStoreException;

/**
 * The custom resource "the policy set in force". Creating and updating it put a set in force;
 * CloudFormation's rollback is an update with the old properties. Deleting it changes nothing: a
 * law does not end with a stack, and a gateway that is left running must not begin to serve.
 */
final class PolicyDeployment {
  private final DynamoDbPolicySets store;
  private final InstantSource clock;

  PolicyDeployment(DynamoDbPolicySets store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  ResourceResult carryOut(ResourceRequest request) {
    return switch (request) {
      case ResourceRequest.Put put -> put(put);
      case ResourceRequest.Delete _ -> new ResourceResult.Success(null, false);
    };
  }

  private ResourceResult put(ResourceRequest.Put put) {
    try {
      PolicySet set = PolicyFiles.readDocuments(put.catalog(), put.policies());
      Deployed deployed =
          store.putInForce(
              set,
              new Activation.Request(put.by(), put.stack(), put.requestId(), null),
              clock.instant());
      return new ResourceResult.Success(deployed.inForce(), deployed instanceof Deployed.Activated);
    } catch (InvalidDocumentException e) {
      return new ResourceResult.Failure(
          "The policies have "
              + e.findings().size()
              + " mistakes; the set in force is unchanged.\n"
              + e.getMessage());
    } catch (PolicyStoreException e) {
      return new ResourceResult.Failure("The set in force is unchanged: " + e.getMessage());
    }
  }
}
