package updategateway.policy.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/**
 * From a path pattern to a product and an activity.
 *
 * @param path which paths
 * @param product the product; null exactly when a segment of the path names it
 * @param activity the activity
 * @param note a remark for the reader, or null
 */
public record Route(
    PathPattern path, @Nullable Product product, Activity activity, @Nullable String note) {
  /**
   * @throws IllegalArgumentException when neither or both of route and path name the product
   */
  public Route {
    if ((product == null) != path.namesProduct()) {
      throw new IllegalArgumentException("a route names its product once: " + path);
    }
  }

  /** Written out, like {@link #hashCode}, for a quick start. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Route same
            && path.equals(same.path)
            && Objects.equals(product, same.product)
            && activity.equals(same.activity)
            && Objects.equals(note, same.note));
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, product, activity, note);
  }

  /** What the path is by this route; empty when the route does not match it. */
  Optional<Classification> classify(List<String> segments) {
    if (product != null) {
      return path.matches(segments)
          ? Optional.of(new Classification(product, activity))
          : Optional.empty();
    }
    return path.productIn(segments).map(named -> new Classification(named, activity));
  }
}
