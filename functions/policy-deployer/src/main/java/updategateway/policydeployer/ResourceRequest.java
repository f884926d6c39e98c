package updategateway.policydeployer;

import java.util.List;
import updategateway.policy.document.Document;

/**
 * What CloudFormation asks of the custom resource ("Custom resource request objects", AWS
 * CloudFormation User Guide).
 */
sealed interface ResourceRequest {
  /** Unique to the request; CloudFormation may deliver one several times. */
  String requestId();

  /** The stack's ARN. */
  String stack();

  /**
   * Create or Update: this set is to be in force.
   *
   * @param catalog in the notation of the files
   * @param policies likewise
   * @param by who deploys
   */
  record Put(String requestId, String stack, Document catalog, List<Document> policies, String by)
      implements ResourceRequest {
    public Put {
      policies = List.copyOf(policies);
    }
  }

  /** The resource is taken out of its stack. */
  record Delete(String requestId, String stack) implements ResourceRequest {}
}
