package updategateway.deployer;

import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Watchdog that executes a request within the time of its invocation and aborts it in time to
 * report the failure. An aborted request takes no effect later: its commit gate is closed, a write
 * that was already sent is waited for, and the abort is recorded in the table.
 */
final class DeadlineRunner {
  private final PolicyDeployment deployment;

  DeadlineRunner(PolicyDeployment deployment) {
    this.deployment = deployment;
  }

  /**
   * Executes a request.
   *
   * @param remaining what is left of the invocation, including the time for the response
   */
  ResourceResult execute(ResourceRequest request, Duration remaining) {
    return switch (request) {
      case ResourceRequest.Put put -> put(put, remaining);
      case ResourceRequest.Delete delete -> deployment.execute(delete, new CommitGate());
    };
  }

  private ResourceResult put(ResourceRequest.Put put, Duration remaining) {
    Duration remainingTime = deployment.remainingTime(put);
    // If CloudFormation no longer waits, the whole invocation is left to record the abort.
    boolean isLimited = remainingTime.isPositive() && remainingTime.compareTo(remaining) < 0;
    DeadlineBudget budget = DeadlineBudget.of(isLimited ? remainingTime : remaining);
    CommitGate gate = new CommitGate();
    BackgroundTask<ResourceResult> work =
        BackgroundTask.start("deployment", () -> deployment.execute(put, gate));
    String cause;
    try {
      ResourceResult result = work.await(budget.work()).orElse(null);
      gate.close();
      if (result == null && gate.mayHaveCommitted()) {
        result = work.await(budget.settling()).orElse(null);
      }
      if (result != null) {
        return result;
      }
      cause =
          "the table did not respond in time, and the deployment was given up after "
              + budget.work().toMillis() / 1_000.0
              + " s";
    } catch (ExecutionException e) {
      cause = "a fault of the deployer's own: " + e.getCause();
    }
    work.interrupt();
    return abort(put, cause, gate, budget.aborting());
  }

  private ResourceResult abort(
      ResourceRequest.Put put, String cause, CommitGate gate, Duration timeout) {
    try {
      return BackgroundTask.start("abort", () -> deployment.abort(put, cause, gate))
          .await(timeout)
          .orElseGet(() -> PolicyDeployment.outcomeUnknown(cause, gate));
    } catch (ExecutionException e) {
      return PolicyDeployment.outcomeUnknown(cause, gate);
    }
  }
}
