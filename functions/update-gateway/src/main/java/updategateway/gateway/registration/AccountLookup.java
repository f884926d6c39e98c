package updategateway.gateway.registration;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decisionlog.DecisionLine;
import updategateway.gateway.event.Event;
import updategateway.policy.decision.Registrations;

/**
 * The account of whoever sent one request: looked up when it first matters, and not again, so that
 * a table that does not answer is waited for once, and one request is decided by one account. For
 * one thread.
 */
public final class AccountLookup implements Supplier<Registrations> {
  private final Accounts accounts;
  private final Event.HttpRequest request;
  private final DecisionLine line;
  private @Nullable Registrations found;

  AccountLookup(Accounts accounts, Event.HttpRequest request, DecisionLine line) {
    this.accounts = accounts;
    this.request = request;
    this.line = line;
  }

  /** Where the account belongs; what was found is told to the line. */
  @Override
  public Registrations get() {
    Registrations known = found;
    if (known == null) {
      known = accounts.registrations(request, line);
      found = known;
    }
    return known;
  }

  /** The same as far as it is known without a look-up. */
  public Registrations withoutLookup() {
    Registrations known = found;
    if (known != null) {
      return known;
    }
    return accounts.namesNone(request) ? Registrations.NONE : new Registrations.Unknown();
  }

  /** The same where it has mattered; none where it has not. */
  public Registrations askedSoFar() {
    Registrations known = found;
    return known == null ? Registrations.NONE : known;
  }
}
