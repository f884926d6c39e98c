package updategateway.policy.diff;

import java.util.Collection;
import java.util.List;
import updategateway.policy.model.Product;

/**
 * Some of all products there can be.
 *
 * @param listed in alphabetical order
 * @param allBut whether every product but these is meant
 */
public record ProductSet(List<Product> listed, boolean allBut) {
  public ProductSet {
    listed = listed.stream().sorted().toList();
  }

  /** These, and where the stand-in for all that nobody names is among them, those too. */
  public static ProductSet of(Collection<Product> chosen, Universe vocabulary) {
    boolean allBut = chosen.contains(vocabulary.otherProduct());
    return new ProductSet(
        vocabulary.products().stream()
            .filter(product -> chosen.contains(product) != allBut)
            .toList(),
        allBut);
  }

  /** Whether it is every product there can be. */
  public boolean isEverything() {
    return allBut && listed.isEmpty();
  }

  /** Whether the product is one of them. */
  public boolean contains(Product product) {
    return listed.contains(product) != allBut;
  }
}
