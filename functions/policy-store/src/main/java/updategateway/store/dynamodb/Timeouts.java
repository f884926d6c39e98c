package updategateway.store.dynamodb;

import java.time.Duration;

/**
 * How long to wait for the tables.
 *
 * @param attempt how long one attempt at a call may take
 * @param call how long a call may take with all its attempts; at least one attempt
 * @param attempts how many attempts a call has at most, the first included
 * @param budget how much longer than usual a request may take because the tables do not answer,
 *     where it can be answered without them: half of it for the policy set, half for the agent's
 *     account
 * @param firstLoad how long a request waits where there is no set to decide by
 */
public record Timeouts(
    Duration attempt, Duration call, int attempts, Duration budget, Duration firstLoad) {
  /**
   * Of a front that must answer: two attempts, all in all far below the time-out of the function
   * (10 seconds in the template).
   */
  public static final Timeouts READ =
      new Timeouts(
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          2,
          Duration.ofMillis(400),
          Duration.ofSeconds(6));

  /** Of a deployment, which had rather take long than fail. */
  public static final Timeouts WRITE =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          8,
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  /**
   * @throws IllegalArgumentException when a time is not positive, there is no attempt, or a call is
   *     shorter than an attempt
   */
  public Timeouts {
    if (!attempt.isPositive()
        || call.compareTo(attempt) < 0
        || attempts < 1
        || !budget.isPositive()
        || !firstLoad.isPositive()) {
      throw new IllegalArgumentException(
          "timeouts: "
              + attempt
              + " an attempt, "
              + call
              + " and "
              + attempts
              + " attempts a call, "
              + budget
              + " a request, "
              + firstLoad
              + " the first time");
    }
  }

  /** Half of the budget. */
  public Duration halfBudget() {
    // Dividing a duration gets all of BigDecimal ready, at each start.
    return Duration.ofNanos(budget.toNanos() / 2);
  }
}
