package updategateway.policy.decision;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Correction;

/**
 * What is known of one client at any time. It changes where a correction of its place begins or
 * ends. Immutable.
 */
final class ClientEvidence {
  private final Location located;
  private final Registrations registrations;
  private final List<Correction> corrections;

  /** The evidence where no correction matches the client; null otherwise. */
  private final @Nullable List<Evidence> constant;

  /**
   * @param located where the client is by all evidence but corrections
   * @param corrections those that match the client at some time
   */
  ClientEvidence(Location located, Registrations registrations, List<Correction> corrections) {
    this.located = located;
    this.registrations = registrations;
    this.corrections = corrections;
    this.constant = corrections.isEmpty() ? Evidence.of(located, registrations) : null;
  }

  /** Returns where the client is. */
  ResolvedLocation location(Instant time) {
    return CorrectionIndex.resolve(time, corrections, located);
  }

  /** Returns all that is known of the client. */
  List<Evidence> at(Instant time) {
    return constant == null ? Evidence.of(location(time).location(), registrations) : constant;
  }

  /** Returns true if the policy covers the client, or may, at the instant or later. */
  boolean mayBeCovered(ScopeCoverage scope, Instant from) {
    for (Instant time = from; time != null; time = nextDate(time)) {
      if (scope.coverage(at(time)) != Coverage.OUT) {
        return true;
      }
    }
    return false;
  }

  /** Returns when the first correction after an instant begins or ends; null if none does. */
  @Nullable Instant nextDate(Instant after) {
    return corrections.isEmpty() ? null : CorrectionIndex.nextDate(after, corrections);
  }
}
