package updategateway.updategateway.answer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import updategateway.policy.Matter;
import updategateway.policy.Phase;
import updategateway.policy.Policy;
import updategateway.policy.Product;
import updategateway.policy.ProductSelection;
import updategateway.policy.Scope;

/** Whom and what a policy covers, in words, as RFC 7725 (section 3) asks a refusal to say. */
final class Coverage {
  private Coverage() {}

  /** {@code anyone located in or registered in US, US-PR, except US-CA}. */
  static String persons(Policy policy) {
    Scope scope = policy.scope();
    String how =
        scope.subjects().stream()
            .sorted()
            .map(subject -> subject.name().toLowerCase(Locale.ROOT) + " in")
            .collect(Collectors.joining(" or "));
    String except = scope.except().isEmpty() ? "" : ", except " + listed(scope.except());
    return "anyone " + how + " " + listed(scope.locations()) + except;
  }

  /** {@code patch-update, telemetry of any product, except any activity of threat-intelligence}. */
  static String resources(Policy policy, Phase phase) {
    String exempt =
        policy.exemptions().stream()
            .map(exemption -> matter(exemption.matter()))
            .collect(Collectors.joining("; "));
    return listed(phase.refuses())
        + " of "
        + products(policy.products())
        + (exempt.isEmpty() ? "" : ", except " + exempt);
  }

  private static String matter(Matter matter) {
    String activities = matter.activities() == null ? "anything" : listed(matter.activities());
    return matter.products() == null
        ? activities
        : activities + " of " + products(matter.products());
  }

  private static String products(ProductSelection selection) {
    return selection instanceof ProductSelection.Named named
        ? listed(named.products().stream().map(Product::name).toList())
        : "any product";
  }

  private static String listed(List<?> items) {
    return Stream.of(items.toArray()).map(Object::toString).collect(Collectors.joining(", "));
  }
}
