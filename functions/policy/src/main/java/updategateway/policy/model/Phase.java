package updategateway.policy.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From an instant on, which activities are refused.
 *
 * @param id kebab-case, unique in its policy
 * @param span when; the phase is in force at its first instant
 * @param refuses at least one activity, in the order written
 * @param note a remark for the reader, or null
 */
public record Phase(String id, Interval span, List<Activity> refuses, @Nullable String note) {
  /**
   * @throws IllegalArgumentException when it refuses nothing
   */
  public Phase {
    refuses = List.copyOf(refuses);
    if (refuses.isEmpty()) {
      throw new IllegalArgumentException("a phase that refuses nothing: " + id);
    }
  }
}
