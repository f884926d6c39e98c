package updategateway.policystore;

import updategateway.policy.set.Digest;

/** Hears what becomes of each refresh. Called by whichever thread refreshes; must not throw. */
@FunctionalInterface
public interface RefreshListener {
  /** What happened. */
  sealed interface Event {}

  /** Another set is in force and is used from now on. */
  record Loaded(Digest digest) implements Event {}

  /** The table could not be read; the old set, where there is one, is kept while it is in age. */
  record Failed(String reason) implements Event {}

  /**
   * The set in force cannot be used; the old set, where there is one, is kept while it is in age.
   */
  record Rejected(String reason) implements Event {}

  void on(Event event);
}
