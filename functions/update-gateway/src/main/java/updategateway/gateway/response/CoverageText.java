package updategateway.gateway.response;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.Selector;

/** Whom and what a policy covers, in words, as RFC 7725 (section 3) asks a refusal to say. */
final class CoverageText {
  /** Places, products, activities or exemptions; of more, their number is named. */
  private static final int MAX_LISTED = 10;

  private static final String SEPARATOR = ", ";
  private static final List<ScopeBasis> SUBJECTS = List.of(ScopeBasis.values());

  private CoverageText() {}

  /** {@code anyone located in or registered in US, US-PR, except US-CA}. */
  static String persons(Policy policy) {
    Scope scope = policy.scope();
    StringJoiner how = new StringJoiner(" or ");
    for (ScopeBasis subject : SUBJECTS) {
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
    List<Exemption> exemptions = policy.exemptions();
    for (Exemption exemption : exemptions.subList(0, Math.min(exemptions.size(), MAX_LISTED))) {
      exempt.add(matter(exemption.matter()));
    }
    if (exemptions.size() > MAX_LISTED) {
      exempt.add("and " + (exemptions.size() - MAX_LISTED) + " more");
    }
    return listed(phase.refuses()) + " of " + products(policy.products()) + exempt;
  }

  private static String matter(Selector matter) {
    String activities = matter.activities() == null ? "anything" : listed(matter.activities());
    return matter.products() == null
        ? activities
        : activities + " of " + products(matter.products());
  }

  private static String products(ProductSelection selection) {
    if (!(selection instanceof ProductSelection.Named named)) {
      return "any product";
    }
    return listed(named.products());
  }

  /** Returns the first items, and how many there are besides. */
  static String listed(Collection<?> items) {
    StringJoiner list = new StringJoiner(SEPARATOR);
    Iterator<?> first = items.iterator();
    for (int i = 0; i < Math.min(items.size(), MAX_LISTED); i++) {
      list.add(first.next().toString());
    }
    return items.size() <= MAX_LISTED
        ? list.toString()
        : list + " and " + (items.size() - MAX_LISTED) + " more";
  }
}
