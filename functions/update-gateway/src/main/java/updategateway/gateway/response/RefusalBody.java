package updategateway.gateway.response;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.decision.DecisionContext;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.place.Place;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.decision.Registrations;
import updategateway.policy.model.InstantFormat;
import updategateway.policy.model.Policy;

/**
 * The body of a refusal.
 *
 * @param settings who refuses
 * @param id of the decision
 * @param context what the decision rests on
 * @param decision not to serve
 */
record RefusalBody(
    GatewaySettings settings, String id, DecisionContext context, Decision decision) {
  /** Unavailable For Legal Reasons (RFC 7725). */
  static final int STATUS = 451;

  /** Refusing policies that are described in full after the first; of the others only the id. */
  private static final int MAX_OTHERS = 3;

  private static final int MAX_REFERENCE_LENGTH = 1_000;

  /** Returns its members. If policies of both kinds refuse, those of law come first. */
  ProblemDetails details() {
    List<RefusalReason> reasons = decision.reasonsLawFirst();
    RefusalReason first = reasons.getFirst();
    Refusal refusal = Refusal.of(decision.outcome(), first.policy().basis());
    ProblemDetails details =
        new ProblemDetails()
            .add("title", refusal.title())
            .add("code", refusal.code())
            .add("status", STATUS)
            .addWhole("detail", new RefusalDetail(settings, id, context, decision).text())
            .add("operator", settings.operatorName())
            .addAll(reason(first));
    registered(context.registrations(), details);
    return details
        .add("activity", context.classification().activity())
        .add("product", context.classification().product())
        .add("region", context.region().places())
        .add("regionSource", context.region().source())
        .add("regionReason", context.region().reason())
        .add("until", endOfRefusal(decision.change()))
        .add("contact", settings.contact())
        .addFirst("policies", reasons, reason -> reason.policy().id())
        .addAll(
            "alsoBy", reasons.stream().skip(1).limit(MAX_OTHERS).map(RefusalBody::reason).toList())
        .add("type", problemType(refusal.type()))
        .add("instance", "/decisions/" + id);
  }

  /** Returns a page of the operator, with the kind of problem as its fragment. */
  private String problemType(String kind) {
    String operator = settings.operatorUrl().toString();
    int fragment = operator.indexOf('#');
    return (fragment < 0 ? operator : operator.substring(0, fragment)) + "#" + kind;
  }

  private static ProblemDetails reason(RefusalReason reason) {
    Policy policy = reason.policy();
    return new ProblemDetails()
        .add("basis", policy.basis().name().toLowerCase(Locale.ROOT))
        .add("authority", policy.authority())
        .add("citation", policy.citation())
        .add("reference", reference(policy))
        .add("policy", policy.id())
        .add("policyTitle", policy.title())
        .add("phase", reason.phase().id())
        .add("effectiveFrom", InstantFormat.format(reason.phase().span().from().instant()))
        .add("effectiveFromAsWritten", reason.phase().span().from().written())
        .add("persons", CoverageText.persons(policy))
        .add("resources", CoverageText.resources(policy, reason.phase()))
        .addFirst(
            "evidence",
            List.copyOf(reason.bases()),
            basis -> basis.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Returns the policy's web address; null if it is too long to be sent, since a part is useless.
   */
  private static @Nullable URI reference(Policy policy) {
    URI reference = policy.reference();
    return reference == null || reference.toString().length() > MAX_REFERENCE_LENGTH
        ? null
        : reference;
  }

  private static void registered(Registrations registrations, ProblemDetails details) {
    if (registrations instanceof Registrations.Known known) {
      details.addFirst("registered", known.places().stream().sorted().toList(), Place::code);
    } else {
      details.add("registered", "unknown");
    }
  }

  /** Returns when a refusal is known to end; null if that is not known. */
  private static @Nullable String endOfRefusal(@Nullable OutcomeChange change) {
    return change == null || change.outcome() != Outcome.SERVE
        ? null
        : InstantFormat.format(change.at());
  }
}
