package updategateway.updategateway.answer;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import updategateway.policy.Exemption;
import updategateway.policy.Matter;
import updategateway.policy.Phase;
import updategateway.policy.Policy;
import updategateway.policy.Product;
import updategateway.policy.ProductSelection;
import updategateway.policy.Scope;
import updategateway.policy.Subject;

/** Whom and what a policy covers, in words, as RFC 7725 (section 3) asks a refusal to say. */
final class Coverage {
  private static final String SEPARATOR = ", ";
  private static final List<Subject> SUBJECTS = List.of(Subject.values());

  private Coverage() {}

  /** {@code anyone located in or registered in US, US-PR, except US-CA}. */
  static String persons(Policy policy) {
    Scope scope = policy.scope();
    StringJoiner how = new StringJoiner(" or ");
    for (Subject subject : SUBJECTS) {
      if (scope.subjects().contains(subject)) {
        how.add(subject.name().toLowerCase(Locale.ROOT) + " in");
      }
    }
    String except = scope.except().isEmpty() ? "" : ", except " + listed(scope.except());
    return "anyone " + how + " " + listed(scope.locations()) + except;
  }

  /** {@code patch-update, telemetry of any product, except any activity of threat-intelligence}. */
  static String resources(Policy policy, Phase phase) {
    StringJoiner exempt = new StringJoiner("; ", ", except ", "").setEmptyValue("");
    for (Exemption exemption : policy.exemptions()) {
      exempt.add(matter(exemption.matter()));
    }
    return listed(phase.refuses()) + " of " + products(policy.products()) + exempt;
  }

  private static String matter(Matter matter) {
    String activities = matter.activities() == null ? "anything" : listed(matter.activities());
    return matter.products() == null
        ? activities
        : activities + " of " + products(matter.products());
  }

  private static String products(ProductSelection selection) {
    if (!(selection instanceof ProductSelection.Named named)) {
      return "any product";
    }
    StringJoiner names = new StringJoiner(SEPARATOR);
    for (Product product : named.products()) {
      names.add(product.name());
    }
    return names.toString();
  }

  private static String listed(Iterable<?> items) {
    StringJoiner list = new StringJoiner(SEPARATOR);
    for (Object item : items) {
      list.add(item.toString());
    }
    return list.toString();
  }
}
