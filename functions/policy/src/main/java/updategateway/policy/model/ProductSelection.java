package updategateway.policy.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The products that a rule speaks of: all of them, or those it names. */
public sealed interface ProductSelection {
  /** Whether the product is one of them. */
  boolean contains(Product product);

  /** Every product, named anywhere or not; written {@code ["*"]}. */
  record All() implements ProductSelection {
    @Override
    public boolean contains(Product product) {
      return true;
    }
  }

  /** The products of a list, which may be long. */
  final class Named implements ProductSelection {
    private final List<Product> products;
    private final Set<Product> set;

    /**
     * @param products at least one, in the order written
     * @throws IllegalArgumentException if the list is empty
     */
    public Named(List<Product> products) {
      this.products = List.copyOf(products);
      this.set = new HashSet<>(products);
      if (products.isEmpty()) {
        throw new IllegalArgumentException("no product named");
      }
    }

    /** Returns the products in the order written. */
    public List<Product> products() {
      return products;
    }

    @Override
    public boolean contains(Product product) {
      return set.contains(product);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Named named && products.equals(named.products);
    }

    @Override
    public int hashCode() {
      return products.hashCode();
    }

    @Override
    public String toString() {
      return products.toString();
    }
  }
}
