package updategateway.gateway.response;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import updategateway.gateway.decision.PolicyOverview;
import updategateway.gateway.decision.PolicyOverview.Entry;
import updategateway.gateway.decision.RegionSummary;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.PermitUse;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.model.Product;

/** The body of an overview: {@code /.well-known/update-policy}. */
final class OverviewBody {
  /**
   * Characters of all entries. A body is a text in the function's response, where a character takes
   * at most two bytes: less than half of the megabyte that a load balancer takes.
   */
  private static final int MAX_CHARACTERS = 230_000;

  private OverviewBody() {}

  /** Returns the members; of more entries than the limit allows, the first, and how many. */
  static ProblemDetails of(PolicyOverview overview, RegionSummary region) {
    List<ProblemDetails> kept = new ArrayList<>();
    int left = MAX_CHARACTERS;
    for (Entry entry : overview.entries()) {
      ProblemDetails members = entry(entry);
      left -= members.json().length();
      if (left < 0) {
        break;
      }
      kept.add(members);
    }
    ProblemDetails all =
        new ProblemDetails()
            .add("policySet", overview.policySet())
            .add("time", overview.time())
            .add("region", region.places())
            .add("regionSource", region.source())
            .add("regionReason", region.reason())
            .addAll("entries", kept);
    return kept.size() < overview.entries().size()
        ? all.add("entriesInAll", overview.entries().size())
        : all;
  }

  private static ProblemDetails entry(Entry entry) {
    ProblemDetails members = new ProblemDetails().add("path", entry.path());
    if (entry.isForOthers()) {
      members.add("product", "*");
    } else if (entry.products().size() == 1) {
      members.add("product", entry.products().getFirst());
    } else {
      members.addFirst("products", entry.products(), Product::name);
    }
    return members.add("activity", entry.activity()).addAll(decision(entry.decision()));
  }

  private static ProblemDetails decision(Decision decision) {
    ProblemDetails members = new ProblemDetails().add("outcome", decision.outcome().label());
    decision
        .nextChange()
        .ifPresent(
            change -> members.add("until", change.at()).add("then", change.outcome().label()));
    return members
        .addFirst("policies", decision.reasonsLawFirst(), OverviewBody::reason)
        .addFirst("permits", decision.permits(), OverviewBody::permit);
  }

  private static ProblemDetails reason(RefusalReason reason) {
    return new ProblemDetails()
        .add("policy", reason.policy().id())
        .add("basis", reason.policy().basis().name().toLowerCase(Locale.ROOT))
        .add("citation", reason.policy().citation())
        .add("phase", reason.phase().id())
        .add("effectiveFrom", reason.phase().span().from().instant());
  }

  private static ProblemDetails permit(PermitUse use) {
    return new ProblemDetails()
        .add("policy", use.policy().id())
        .add("permit", use.permit().id())
        .add("citation", use.permit().citation())
        .add("otherwise", use.withoutPermits().label());
  }
}
