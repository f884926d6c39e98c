package updategateway.cli.policy;

import org.jspecify.annotations.Nullable;
import updategateway.cli.policy.plan.PlanBaseline;
import updategateway.commandline.TimeOption;
import updategateway.commandline.tables.TableConnection;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.history.ActiveSet;
import updategateway.store.history.PolicySetRepository;

/** What is in force, as something to plan against. */
final class PlanBaselines {
  private PlanBaselines() {}

  static PlanBaseline read(PolicySetRepository sets, TableConnection table)
      throws PolicyStoreException {
    return of(sets, sets.inForce().orElse(null), table);
  }

  static PlanBaseline of(
      PolicySetRepository sets, @Nullable ActiveSet inForce, TableConnection table)
      throws PolicyStoreException {
    return inForce == null
        ? new PlanBaseline(null, table.words() + ": the gateway answers every request with 503")
        : new PlanBaseline(
            sets.read(inForce.digest()),
            "since "
                + TimeOption.shown(inForce.since())
                + ", activation "
                + inForce.sequence()
                + ", by "
                + inForce.by()
                + ", "
                + table.words());
  }
}
