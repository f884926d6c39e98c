package updategateway.deployer;

import java.time.Duration;

/**
 * Division of an invocation's time that leaves enough of it to respond to CloudFormation.
 *
 * @param work how long the deployment may take
 * @param settling how long to wait after that for the result of a write that was sent
 * @param aborting how long recording that the request was aborted may take
 */
record DeadlineBudget(Duration work, Duration settling, Duration aborting) {
  /** For the steps after the work: two calls to DynamoDB with their retries, and the response. */
  private static final Duration RESERVE = Duration.ofSeconds(30);

  /**
   * @param remaining what is left of the invocation and of CloudFormation's time-out
   */
  static DeadlineBudget of(Duration remaining) {
    Duration half = remaining.dividedBy(2);
    Duration reserve = half.compareTo(RESERVE) < 0 ? half : RESERVE;
    return new DeadlineBudget(
        remaining.minus(reserve), reserve.multipliedBy(2).dividedBy(5), reserve.dividedBy(5));
  }
}
