package updategateway.gateway.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.PolicyOverview.Entry;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.Route;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.diff.Universe;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/**
 * Evaluator of overviews for one policy set. Products of a route with the same decision share an
 * entry, so that the length of an overview follows from the decisions and not from the products.
 * Immutable.
 */
final class OverviewEvaluator {
  private final Evaluator policy;
  private final Universe vocabulary;
  private final List<Classification> classifications;

  OverviewEvaluator(Evaluator policy) {
    this.policy = policy;
    this.vocabulary = Universe.of(List.of(policy.policySet()));
    this.classifications =
        Stream.concat(
                policy.policySet().catalog().routes().stream().flatMap(this::classifications),
                Stream.of(Classification.UNCLASSIFIED))
            .distinct()
            .toList();
  }

  private Stream<Classification> classifications(Route route) {
    Product product = route.product();
    return product == null
        ? Stream.concat(vocabulary.products().stream(), Stream.of(vocabulary.otherProduct()))
            .map(each -> new Classification(each, route.activity()))
        : Stream.of(new Classification(product, route.activity()));
  }

  /** Returns true if it is that of a policy set. */
  boolean isOf(Evaluator other) {
    return policy == other;
  }

  /** Returns everything that can be requested: each route with each product, and unclassified. */
  List<Classification> classifications() {
    return classifications;
  }

  /** Returns an entry for each route and decision, and one for unclassified paths. */
  List<Entry> entries(Function<Classification, Decision> decide) {
    Map<Activity, List<Entry>> byActivity = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Route route : policy.policySet().catalog().routes()) {
      String path = route.path().toString();
      Product product = route.product();
      if (product != null) {
        Classification only = new Classification(product, route.activity());
        entries.add(entry(path, only, decide.apply(only)));
      } else {
        byActivity
            .computeIfAbsent(route.activity(), activity -> ofEveryProduct(activity, decide))
            .forEach(entry -> entries.add(entry.at(path)));
      }
    }
    entries.add(
        entry(null, Classification.UNCLASSIFIED, decide.apply(Classification.UNCLASSIFIED)));
    return entries;
  }

  static Entry entry(@Nullable String path, Classification classification, Decision decision) {
    return new Entry(
        path, classification.activity(), List.of(classification.product()), false, decision);
  }

  /** Returns one entry for each decision, in the order of first products; others come last. */
  private List<Entry> ofEveryProduct(Activity activity, Function<Classification, Decision> decide) {
    Decision others = decide.apply(new Classification(vocabulary.otherProduct(), activity));
    Map<GroupKey, Group> groups = new LinkedHashMap<>();
    for (Product product : vocabulary.products()) {
      Decision decision = decide.apply(new Classification(product, activity));
      GroupKey key = GroupKey.of(decision);
      if (!key.equals(GroupKey.of(others))) {
        groups
            .computeIfAbsent(key, _ -> new Group(decision, new ArrayList<>()))
            .products()
            .add(product);
      }
    }
    return Stream.concat(
            groups.values().stream()
                .map(group -> new Entry(null, activity, group.products(), false, group.decision())),
            Stream.of(new Entry(null, activity, List.of(), true, others)))
        .toList();
  }

  private record Group(Decision decision, List<Product> products) {}

  /** What an entry says of a decision. */
  private record GroupKey(
      Outcome outcome, @Nullable OutcomeChange change, List<String> reasons, List<String> permits) {
    static GroupKey of(Decision decision) {
      return new GroupKey(
          decision.outcome(),
          decision.change(),
          decision.reasons().stream()
              .map(reason -> reason.policy().id() + "/" + reason.phase().id())
              .toList(),
          decision.permits().stream()
              .map(use -> use.policy().id() + "/" + use.permit().id() + "/" + use.withoutPermits())
              .toList());
    }
  }
}
