package updategateway.policystore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import updategateway.policy.set.Digest;

/**
 * One entry of the history: a set was put in force.
 *
 * @param sequence from 1, without gaps
 * @param digest the set
 * @param previous the set in force before; null for the first
 * @param at when
 * @param request who asked for it, and how
 */
public record Activation(
    long sequence, Digest digest, @Nullable Digest previous, Instant at, Request request) {
  /**
   * Who asks for a set to be put in force.
   *
   * @param by a person or a service
   * @param stack the deployment's stack, or what stands for it
   * @param requestId unique to the attempt: the same one again changes nothing
   */
  public record Request(String by, String stack, String requestId) {
    /**
     * @throws IllegalArgumentException when one of them is blank
     */
    public Request {
      if (by.isBlank() || stack.isBlank() || requestId.isBlank()) {
        throw new IllegalArgumentException(
            "an activation names who, from where and by which request");
      }
    }
  }

  InForce inForce() {
    return new InForce(digest, at, request.by(), sequence);
  }
}
