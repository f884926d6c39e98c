package updategateway.gateway.registration;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.event.Event;
import updategateway.policy.decision.Registrations;

/**
 * The registrations of the agent that sent one request. They are looked up when they first matter
 * and not again, so that an unreachable table delays a request once, and one request is decided by
 * one reading of the account. For use by one thread.
 */
public final class LazyRegistrations implements Supplier<Registrations> {
  private final RegistrationLookup lookup;
  private final Event.HttpRequest request;
  private RegistrationLookup.@Nullable Result result;

  LazyRegistrations(RegistrationLookup lookup, Event.HttpRequest request) {
    this.lookup = lookup;
    this.request = request;
  }

  /** Returns the registrations, and looks them up if that has not been done. */
  @Override
  public Registrations get() {
    RegistrationLookup.Result known = result;
    if (known == null) {
      known = lookup.lookup(request);
      result = known;
    }
    return known.registrations();
  }

  /** Returns the registrations as far as they are known without a lookup. */
  public Registrations withoutLookup() {
    RegistrationLookup.Result known = result;
    if (known != null) {
      return known.registrations();
    }
    return lookup.namesNoAgent(request) ? Registrations.NONE : new Registrations.Unknown();
  }

  /** Returns the result of the lookup if it was made. */
  public Optional<RegistrationLookup.Result> ifResolved() {
    return Optional.ofNullable(result);
  }
}
