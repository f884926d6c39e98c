package updategateway.policy.model;

import org.jspecify.annotations.Nullable;

/**
 * What is distributed, as a policy names it: a kebab-case word.
 *
 * @param name lower-case letters and digits in groups joined by single hyphens
 */
public record Product(String name) implements Comparable<Product> {
  /** The product of a path that no route of the catalog matches. */
  public static final Product UNCLASSIFIED = new Product("unclassified");

  /**
   * @throws IllegalArgumentException when the name is not kebab-case
   */
  public Product {
    if (!KebabCase.matches(name)) {
      throw new IllegalArgumentException("not kebab-case: " + name);
    }
  }

  /** Written out, like {@link #hashCode}: what Java makes for a record takes long to get ready. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Product same && name.equals(same.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public int compareTo(Product other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
