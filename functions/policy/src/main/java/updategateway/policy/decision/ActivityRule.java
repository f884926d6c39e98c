package updategateway.policy.decision;

import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.Interval;
import updategateway.policy.model.LegalInstant;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.Product;
import updategateway.policy.model.ProductSelection;

/** One policy as far as it concerns one activity. Immutable. */
final class ActivityRule {
  final Policy policy;
  final ScopeCoverage scope;
  final Activity activity;

  /** The phases that refuse the activity. */
  final List<Phase> phases;

  /** When a phase or a permit of the policy begins or ends. */
  private final NavigableSet<Instant> dates = new TreeSet<>();

  ActivityRule(Policy policy, ScopeCoverage scope, Activity activity) {
    this.policy = policy;
    this.scope = scope;
    this.activity = activity;
    this.phases =
        policy.phases().stream().filter(phase -> phase.refuses().contains(activity)).toList();
    Stream.concat(
            phases.stream().map(Phase::span),
            policy.permits().stream().map(permit -> permit.span()))
        .forEach(this::addDates);
  }

  private void addDates(Interval interval) {
    dates.add(interval.from().instant());
    LegalInstant until = interval.until();
    if (until != null) {
      dates.add(until.instant());
    }
  }

  /** Returns true if the policy is about the product and no exemption matches. */
  boolean concerns(Product product) {
    if (!policy.products().contains(product)) {
      return false;
    }
    for (Exemption exemption : policy.exemptions()) {
      if (exemption.matter().matches(product, activity)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the phase in force that refuses the activity; of several, the one that began first. */
  @Nullable Phase phaseInForce(Instant time) {
    Phase first = null;
    for (Phase phase : phases) {
      if (phase.span().contains(time)
          && (first == null
              || phase.span().from().instant().isBefore(first.span().from().instant()))) {
        first = phase;
      }
    }
    return first;
  }

  /** Returns true if some phase that refuses the activity has not ended. */
  boolean endsAfter(Instant time) {
    for (Phase phase : phases) {
      LegalInstant until = phase.span().until();
      if (until == null || time.isBefore(until.instant())) {
        return true;
      }
    }
    return false;
  }

  /** Returns true if a permit is valid and matches. */
  boolean isPermitted(Product product, Instant time) {
    for (Permit permit : policy.permits()) {
      if (permits(permit, product, time)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the permits that are valid and match, as they are written. */
  List<Permit> permits(Product product, Instant time) {
    return policy.permits().stream().filter(permit -> permits(permit, product, time)).toList();
  }

  private boolean permits(Permit permit, Product product, Instant time) {
    return permit.span().contains(time) && permit.matter().matches(product, activity);
  }

  /** Returns products of which one is refused whenever the policy refuses any. */
  Stream<Product> representativeProducts() {
    return switch (policy.products()) {
      case ProductSelection.Named named -> named.products().stream();
      case ProductSelection.All _ -> Stream.of(unnamedProduct());
    };
  }

  /** Returns a product that no exemption and no permit names. */
  private Product unnamedProduct() {
    Set<Product> named =
        Stream.concat(
                policy.exemptions().stream().map(exemption -> exemption.matter().products()),
                policy.permits().stream().map(permit -> permit.matter().products()))
            .filter(ProductSelection.Named.class::isInstance)
            .map(ProductSelection.Named.class::cast)
            .flatMap(selection -> selection.products().stream())
            .collect(Collectors.toSet());
    return Stream.iterate("another-product", name -> name + "-still")
        .map(Product::new)
        .filter(product -> !named.contains(product))
        .findFirst()
        .orElseThrow();
  }

  /** Returns when the first phase or permit after an instant begins or ends; null if none does. */
  @Nullable Instant nextDate(Instant after) {
    return dates.higher(after);
  }
}
