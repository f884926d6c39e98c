package updategateway.deployer;

import java.time.Duration;

/**
 * How the time of one invocation is spent, so that CloudFormation is answered before Lambda ends
 * it.
 *
 * @param work until when the deployment may go on
 * @param settling how long the result of what was sent is waited for after that
 * @param givingUp how long noting that the request was given up may take
 */
record DeadlineBudget(Duration work, Duration settling, Duration givingUp) {
  /** What the three last steps need: two calls to DynamoDB with their retries, and the answer. */
  private static final Duration RESERVE = Duration.ofSeconds(30);

  /**
   * @param remaining what is left of the invocation, and of CloudFormation waits
   */
  static DeadlineBudget of(Duration remaining) {
    Duration half = remaining.dividedBy(2);
    Duration reserve = half.compareTo(RESERVE) < 0 ? half : RESERVE;
    return new DeadlineBudget(
        remaining.minus(reserve), reserve.multipliedBy(2).dividedBy(5), reserve.dividedBy(5));
  }
}
