package updategateway.system.cloud;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import updategateway.store.testing.TestTables;

/**
 * Has every test of the process run in the cloud that was asked for, those of the other modules
 * included; where none can be had, skips them all and says why.
 */
public final class CloudExtension implements ExecutionCondition, BeforeAllCallback {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Cloud.CHOSEN instanceof Cloud.None none
        ? ConditionEvaluationResult.disabled(none.reason())
        : ConditionEvaluationResult.enabled("in " + Cloud.CHOSEN);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Cloud.CHOSEN.start(context);
    System.setProperty(TestTables.ENDPOINT_NAME, Cloud.CHOSEN.endpoint().toString());
  }
}
