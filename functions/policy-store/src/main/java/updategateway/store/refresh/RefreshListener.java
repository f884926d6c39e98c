package updategateway.store.refresh;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import updategateway.policy.set.Digest;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.FailureCause;

/**
 * Hears what becomes of each refresh. Called by the thread that refreshes, while requests may wait
 * for it: must be quick, must not throw, and be safe for many threads.
 */
@FunctionalInterface
public interface RefreshListener {
  /** What happened. */
  sealed interface Event {}

  /** Another set is in force and is used from now on. */
  record Loaded(Digest digest) implements Event {}

  /**
   * The table could not be read; the old set, where there is one, is kept while it is in age.
   *
   * @param failureCause why, for a machine
   * @param reason why, in words
   * @param age how long ago the old set was last known to be in force; null when there is none
   */
  record Failed(FailureCause failureCause, String reason, @Nullable Duration age)
      implements Event {}

  /**
   * The set in force cannot be used; the old set, where there is one, is kept while it is in age.
   *
   * @param corruptionKind why, for a machine
   * @param reason why, in words
   * @param age how long ago the old set was last known to be in force; null when there is none
   */
  record Rejected(CorruptionKind corruptionKind, String reason, @Nullable Duration age)
      implements Event {}

  void on(Event event);
}
