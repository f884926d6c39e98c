package updategateway.policy.diff;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.CatalogDiff;
import updategateway.policy.catalog.Route;
import updategateway.policy.set.PolicySet;

/**
 * What would change if a policy set were put in force: for every kind of client, product and
 * activity that either set tells apart, and over all of time; then for every path that the catalogs
 * classify otherwise; and what is written otherwise, whether it changes an outcome or not.
 *
 * @param before the set in force; null when there is none, and so nothing is served at all
 * @param after the set to put in force
 * @param policies which policies come, go or are written otherwise
 * @param routes which routes come, go, move or have another note; empty when nothing is in force
 * @param corrections which corrections come, go or are written otherwise
 * @param effects what these open and close to whom they name; against no set at all, to whom they
 *     make a difference
 * @param statements what changes for the same product and activity, in the order of time; against
 *     no set at all, what is not served
 * @param paths what changes since paths are something else; null when the catalogs are too large to
 *     compare path by path
 */
public record Plan(
    @Nullable PolicySet before,
    PolicySet after,
    List<PolicyEdit> policies,
    List<RouteEdit> routes,
    List<CorrectionEdit> corrections,
    List<CorrectionEffect> effects,
    List<PlannedChange> statements,
    @Nullable List<PathChange> paths) {
  public Plan {
    policies = List.copyOf(policies);
    routes = List.copyOf(routes);
    corrections = List.copyOf(corrections);
    effects = List.copyOf(effects);
    statements = List.copyOf(statements);
    paths = paths == null ? null : List.copyOf(paths);
  }

  /** Compares two sets; null for the first when none is in force. */
  public static Plan of(@Nullable PolicySet before, PolicySet after) {
    PolicySet base = before == null ? PolicySet.of(new Catalog(List.of()), List.of()) : before;
    PolicySetComparator comparison = new PolicySetComparator(base, after);
    List<CorrectionEdit> corrections = CorrectionEdit.between(base, after);
    return new Plan(
        before,
        after,
        PolicyEdit.between(base, after),
        before == null ? List.of() : RouteEdit.between(base.catalog(), after.catalog()),
        corrections,
        CorrectionEffect.between(base, after, corrections),
        comparison.ofPolicies(),
        before == null ? List.of() : paths(base, after, comparison).orElse(null));
  }

  private static Optional<List<PathChange>> paths(
      PolicySet before, PolicySet after, PolicySetComparator comparison) {
    return CatalogDiff.compare(before.catalog(), after.catalog())
        .map(all ->
            all.stream()
                .map(paths ->
                    new PathChange(
                        paths,
                        comparison.ofPaths(
                            paths.before(),
                            isNamedByPath(paths.routeBefore()),
                            paths.after(),
                            isNamedByPath(paths.routeAfter()))))
                .toList());
  }

  private static boolean isNamedByPath(@Nullable Route route) {
    return route != null && route.product() == null;
  }

  /** Whether the two sets are the same. */
  public boolean isEmpty() {
    return before != null && before.digest().equals(after.digest());
  }

  /** All statements, of policies, of paths and of what corrections change. */
  public List<PlannedChange> allStatements() {
    return Stream.of(
            statements.stream(),
            (paths == null ? List.<PathChange>of() : paths)
                .stream().flatMap(change -> change.statements().stream()),
            effects.stream().map(CorrectionEffect::statement))
        .flatMap(all -> all)
        .toList();
  }
}
