package updategateway.policy.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exemption or a permit is about. It matches when each list it has contains the product or
 * the activity asked for; a list it does not have is no condition.
 *
 * @param products which products, or null for no condition
 * @param activities which activities, at least one, or null for no condition
 */
public record Selector(@Nullable ProductSelection products, @Nullable List<Activity> activities) {
  /**
   * @throws IllegalArgumentException when there is a list of activities and it is empty
   */
  public Selector {
    if (activities != null) {
      activities = List.copyOf(activities);
      if (activities.isEmpty()) {
        throw new IllegalArgumentException("no activity named");
      }
    }
  }

  /** Whether each list it has contains the product or the activity. */
  public boolean matches(Product product, Activity activity) {
    return (products == null || products.contains(product))
        && (activities == null || activities.contains(activity));
  }
}
