package updategateway.cli.policy;

import org.jspecify.annotations.Nullable;
import updategateway.cli.policy.plan.Base;
import updategateway.commandline.Times;
import updategateway.commandline.tables.ChosenTable;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.history.ActiveSet;
import updategateway.store.history.PolicySetRepository;

/** What is in force, as something to plan against. */
final class InForceBase {
  private InForceBase() {}

  static Base read(PolicySetRepository sets, ChosenTable table) throws PolicyStoreException {
    return of(sets, sets.inForce().orElse(null), table);
  }

  static Base of(PolicySetRepository sets, @Nullable ActiveSet inForce, ChosenTable table)
      throws PolicyStoreException {
    return inForce == null
        ? new Base(null, table.words() + ": the gateway answers every request with 503")
        : new Base(
            sets.read(inForce.digest()),
            "since "
                + Times.shown(inForce.since())
                + ", activation "
                + inForce.sequence()
                + ", by "
                + inForce.by()
                + ", "
                + table.words());
  }
}
