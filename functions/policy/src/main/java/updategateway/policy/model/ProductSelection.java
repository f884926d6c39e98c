package updategateway.policy.model;

import java.util.List;

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

  /**
   * Only these.
   *
   * @param products at least one, in the order written
   */
  record Named(List<Product> products) implements ProductSelection {
    /**
     * @throws IllegalArgumentException when the list is empty
     */
    public Named {
      products = List.copyOf(products);
      if (products.isEmpty()) {
        throw new IllegalArgumentException("no product named");
      }
    }

    @Override
    public boolean contains(Product product) {
      return products.contains(product);
    }
  }
}
