package updategateway.deployer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.source.Document;
import updategateway.store.history.Activation;

/**
 * Request of the custom resource ("Custom resource request objects", AWS CloudFormation User
 * Guide).
 */
sealed interface ResourceRequest {
  /**
   * Create or Update: activate this set. The documents are in the notation of the policy files.
   *
   * @param corrections null if there are none
   * @param request who deploys, from which stack, by which request, and why; CloudFormation may
   *     deliver one request several times
   * @param serviceTimeout how long CloudFormation waits for the response, from {@code sentAt} on
   * @param sentAt when CloudFormation sent the request; null if unknown
   */
  record Put(
      Document catalog,
      List<Document> policies,
      @Nullable Document corrections,
      Activation.Request request,
      Duration serviceTimeout,
      @Nullable Instant sentAt)
      implements ResourceRequest {
    public Put {
      policies = List.copyOf(policies);
    }
  }

  /** Delete: the resource is removed from its stack. */
  record Delete() implements ResourceRequest {}
}
