package updategateway.policy.plan;

import java.util.List;
import updategateway.policy.Activity;
import updategateway.policy.Product;

/**
 * One thing that changes, for every combination of these clients, products and activities.
 *
 * @param clients who is concerned
 * @param products what is asked for
 * @param activities what asking amounts to
 * @param difference what changes, and when
 */
public record Statement(
    List<Client> clients,
    List<Product> products,
    List<Activity> activities,
    Difference difference) {
  public Statement {
    clients = List.copyOf(clients);
    products = List.copyOf(products);
    activities = List.copyOf(activities);
  }
}
