package updategateway.policy.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import updategateway.policy.Product;
import updategateway.policy.ProductSelection;

/** All policies that are about one activity, found by product. Immutable once it is filled. */
final class Restrictions {
  /** Numbers the activity. */
  final int number;

  private final List<Restriction> ofAnyProduct = new ArrayList<>();
  private final Map<Product, List<Restriction>> byProduct = new HashMap<>();

  Restrictions(int number) {
    this.number = number;
  }

  void add(Restriction restriction) {
    if (restriction.products() instanceof ProductSelection.Named named) {
      new LinkedHashSet<>(named.products())
          .forEach(product ->
              byProduct.computeIfAbsent(product, _ -> new ArrayList<>()).add(restriction));
    } else {
      ofAnyProduct.add(restriction);
    }
  }

  /** Those about the product that do not exempt it, ordered by policy id. */
  List<Restriction> of(Product product) {
    List<Restriction> all = new ArrayList<>(ofAnyProduct);
    if (all.addAll(byProduct.getOrDefault(product, List.of()))) {
      all.sort((one, other) -> one.policy.id().compareTo(other.policy.id()));
    }
    all.removeIf(restriction -> restriction.exempts(product));
    return all;
  }
}
