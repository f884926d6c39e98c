package updategateway.policy.diff;

import java.util.List;
import updategateway.policy.catalog.CatalogDiff;

/**
 * Paths that are something else by the other catalog, and what becomes of requests for them.
 *
 * @param paths which, and what they are
 * @param statements whose outcome differs; empty when the change has no effect on anybody. The
 *     products count only where a path names its product
 */
public record PathChange(CatalogDiff.Reclassified paths, List<PlannedChange> statements) {
  public PathChange {
    statements = List.copyOf(statements);
  }

  /** Whether the product of such a path is named by the path, in either catalog. */
  public boolean isProductNamedByPath() {
    return (paths.before() != null && paths.before().product() == null)
        || (paths.after() != null && paths.after().product() == null);
  }
}
