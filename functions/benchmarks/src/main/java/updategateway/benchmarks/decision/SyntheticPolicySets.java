package updategateway.benchmarks.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.place.Place;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.Interval;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.Selector;
import updategateway.policy.model.UndeterminedAction;
import updategateway.policy.set.PolicySet;

/** Policy sets of many policies and routes. */
final class SyntheticPolicySets {
  /** When the first phase begins; the phases of all policies begin within 110 days after it. */
  static final Instant EPOCH = Instant.parse("2024-07-20T04:00:00Z");

  private static final List<String> COUNTRIES =
      List.of("US", "CA", "DE", "FR", "GB", "JP", "UA", "RU", "IR", "KP", "CU", "SY", "BY", "CN");

  private SyntheticPolicySets() {}

  /**
   * Returns a set of policies, with as many routes.
   *
   * @param common how many of the policies refuse {@code signature-update}; each of the others
   *     refuses an activity of its own
   */
  static PolicySet set(int policies, int common) {
    List<Policy> all = new ArrayList<>();
    for (int i = 0; i < policies; i++) {
      boolean isCommon = i % (policies / common) == 0;
      all.add(policy(i, isCommon ? "signature-update" : "activity-" + i));
    }
    return PolicySet.of(catalog(policies), all);
  }

  private static Policy policy(int number, String activity) {
    return new Policy(
        "policy-" + number,
        "A determination",
        "An authority",
        "A citation",
        null,
        PolicyBasis.LAW,
        new Scope(
            List.of(Place.parse(COUNTRIES.get(number % COUNTRIES.size())), Place.parse("UA-43")),
            number % 3 == 0 ? List.of(Place.parse("US-PR")) : List.of(),
            Set.of(ScopeBasis.LOCATED, ScopeBasis.REGISTERED),
            null),
        new ProductSelection.All(),
        List.of(
            new Exemption(
                new Selector(
                    new ProductSelection.Named(List.of(new Product("threat-intelligence"))), null),
                null)),
        List.of(
            phase("agreements", number % 50, "new-agreement"),
            phase("updates", 60 + number % 50, activity)),
        number % 4 == 0
            ? List.of(
                new Permit(
                    "permit",
                    new Interval(time(200), time(300)),
                    new Selector(null, null),
                    "A licence",
                    null))
            : List.of(),
        UndeterminedAction.REFUSE,
        null);
  }

  private static Phase phase(String id, int day, String activity) {
    return new Phase(id, new Interval(time(day), null), List.of(new Activity(activity)), null);
  }

  private static LegalInstant time(int day) {
    return LegalInstant.of(EPOCH.plusSeconds(day * 86_400L));
  }

  /** Returns a catalog with a folder per product, globs, and wildcards before and after them. */
  private static Catalog catalog(int routes) {
    List<Route> all = new ArrayList<>();
    all.add(route("/**/telemetry/**", "product-0", "telemetry"));
    all.add(route("/products/{product}/patches/**", null, "patch-update"));
    for (int i = 0; all.size() < routes - 1; i++) {
      String product = "product-" + i;
      all.add(
          switch (i % 4) {
            case 0 -> route("/bases/p" + i + "/**", product, "signature-update");
            case 1 -> route("/diffs/*.diff" + i, product, "signature-update");
            case 2 -> route("/licences/p" + i + "/*/v*.key", product, "licensing");
            default -> route("/**/agreement-" + i + ".txt", product, "new-agreement");
          });
    }
    all.add(route("/bases/**", "product-0", "signature-update"));
    return new Catalog(all);
  }

  private static Route route(String path, @Nullable String product, String activity) {
    return new Route(
        PathPattern.parse(path),
        product == null ? null : new Product(product),
        new Activity(activity),
        null);
  }
}
