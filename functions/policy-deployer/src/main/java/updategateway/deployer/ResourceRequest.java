package updategateway.deployer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.source.Document;
import updategateway.store.history.Activation;

/**
 * What CloudFormation asks of the custom resource ("Custom resource request objects", AWS
 * CloudFormation User Guide).
 */
sealed interface ResourceRequest {
  /**
   * Create or Update: this set is to be in force.
   *
   * @param catalog in the notation of the files
   * @param policies likewise
   * @param corrections likewise; null when there are none
   * @param request who deploys, from which stack, by which request, and why; CloudFormation may
   *     deliver one request several times
   * @param serviceTimeout how long CloudFormation waits for the answer, from when it sent the
   *     request
   * @param sentAt when that was; null where the request does not tell
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

  /** The resource is taken out of its stack. */
  record Delete() implements ResourceRequest {}
}
