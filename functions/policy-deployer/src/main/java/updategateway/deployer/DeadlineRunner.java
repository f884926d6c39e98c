package updategateway.deployer;

import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Carries a request out while the time lasts, and gives it up in time to say so. What was given up
 * takes no effect later: the work must ask before its last step, and is told no; what it had sent
 * by then is waited for, as long as its own time limit lasts; and the table is told that the
 * request is void.
 */
final class DeadlineRunner {
  private final PolicyDeployment deployment;

  DeadlineRunner(PolicyDeployment deployment) {
    this.deployment = deployment;
  }

  /**
   * @param remaining what is left of the invocation, with the time for the answer
   */
  ResourceResult carryOut(ResourceRequest request, Duration remaining) {
    return switch (request) {
      case ResourceRequest.Put put -> put(put, remaining);
      case ResourceRequest.Delete delete -> deployment.carryOut(delete, new CommitGate());
    };
  }

  private ResourceResult put(ResourceRequest.Put put, Duration remaining) {
    Duration remainingTime = deployment.remainingTime(put);
    // Where nobody waits any more, there is all the time to note that the request is void.
    boolean isHurried = remainingTime.isPositive() && remainingTime.compareTo(remaining) < 0;
    DeadlineBudget budget = DeadlineBudget.of(isHurried ? remainingTime : remaining);
    CommitGate lastWord = new CommitGate();
    BackgroundTask<ResourceResult> work =
        BackgroundTask.start("deployment", () -> deployment.carryOut(put, lastWord));
    String why;
    try {
      ResourceResult result = work.await(budget.work()).orElse(null);
      lastWord.take();
      if (result == null && lastWord.mayHaveCommitted()) {
        result = work.await(budget.settling()).orElse(null);
      }
      if (result != null) {
        return result;
      }
      why =
          "the table did not answer in time, and the deployment was given up after "
              + seconds(budget.work());
    } catch (ExecutionException e) {
      why = "a fault of the deployer's own: " + e.getCause();
    }
    work.interrupt();
    return givenUp(put, why, lastWord, budget.givingUp());
  }

  private ResourceResult givenUp(
      ResourceRequest.Put put, String why, CommitGate lastWord, Duration longest) {
    try {
      return BackgroundTask.start("giving up", () -> deployment.abort(put, why, lastWord))
          .await(longest)
          .orElseGet(() -> PolicyDeployment.outcomeUnknown(why, lastWord));
    } catch (ExecutionException e) {
      return PolicyDeployment.outcomeUnknown(why, lastWord);
    }
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1_000.0 + " s";
  }
}
