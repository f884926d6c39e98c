package updategateway.policy.catalog;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/**
 * An entry of the catalog: the product and the activity of the paths that match a pattern.
 *
 * @param path the pattern
 * @param product the product; null exactly when a segment of the path names it
 * @param activity the activity
 * @param names the file names that clients with refusals may request
 * @param note a remark for the reader, or null
 */
public record Route(
    PathPattern path,
    @Nullable Product product,
    Activity activity,
    FileNames names,
    @Nullable String note) {
  /**
   * @throws IllegalArgumentException when neither or both of route and path name the product
   */
  public Route {
    if ((product == null) != path.namesProduct()) {
      throw new IllegalArgumentException("a route names its product once: " + path);
    }
  }

  /** A route for portable names. */
  public Route(
      PathPattern path, @Nullable Product product, Activity activity, @Nullable String note) {
    this(path, product, activity, FileNames.PORTABLE, note);
  }

  /** Returns the product and the activity of a path; empty if the route does not match it. */
  public Optional<Classification> classify(List<String> segments) {
    return path.matches(segments) ? Optional.of(classifyMatched(segments)) : Optional.empty();
  }

  /** Returns the product and the activity of a path that the route matches. */
  Classification classifyMatched(List<String> segments) {
    return new Classification(
        product == null ? path.productIn(segments).orElseThrow() : product, activity);
  }
}
