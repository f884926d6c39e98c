package updategateway.gateway.response;

import java.util.ArrayList;
import java.util.List;
import updategateway.gateway.decision.DecisionContext;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.place.Place;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.decision.Registrations;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.model.ScopeBasis;

/**
 * The reason of a refusal in a few sentences: what the law or the operator's own policy does not
 * allow, what is known of the client, and the contact for corrections. It contains no advice on
 * circumvention.
 *
 * @param settings who refuses
 * @param id of the decision
 * @param context what the decision rests on
 * @param decision not to serve
 */
record RefusalDetail(
    GatewaySettings settings, String id, DecisionContext context, Decision decision) {
  /** Returns the sentences. */
  String text() {
    List<String> sentences = new ArrayList<>();
    for (PolicyBasis basis : PolicyBasis.values()) {
      List<RefusalReason> reasons = decision.reasons(basis);
      if (!reasons.isEmpty()) {
        sentences.add(sentence(basis, reasons, sentences.isEmpty()));
      }
    }
    return String.join(" ", sentences)
        + " If that is wrong, write to "
        + settings.contact()
        + " and name the decision "
        + id
        + ".";
  }

  /** Returns what policies of one kind do not allow, and why they cover the client. */
  private String sentence(PolicyBasis basis, List<RefusalReason> reasons, boolean isFirst) {
    String forbids =
        basis == PolicyBasis.LAW
            ? "The law does not allow " + settings.operatorName() + " to provide "
            : "By its own policy, " + settings.operatorName() + " does not provide ";
    String what =
        isFirst
            ? "this ("
                + context.classification().activity()
                + " of "
                + context.classification().product()
                + ")"
            : "it";
    String either = isFirst ? "" : " either";
    return decision.outcome() == Outcome.REFUSE
        ? forbids + what + " to you" + either + ": " + known(reasons) + "."
        : forbids
            + what
            + " in some places"
            + either
            + ", and it could not be determined whether you are in one of them: "
            + missing(reasons)
            + ".";
  }

  private String known(List<RefusalReason> reasons) {
    List<String> known = new ArrayList<>();
    if (isCoveredBy(ScopeBasis.LOCATED, reasons)) {
      known.add(
          (context.location().isUnknown()
                  ? "this request may come from "
                  : "this request comes from ")
              + context.region().places());
    }
    if (isCoveredBy(ScopeBasis.REGISTERED, reasons)
        && context.registrations() instanceof Registrations.Known registered) {
      known.add(
          "the account of this agent is registered in "
              + CoverageText.listed(
                  registered.places().stream().sorted().map(Place::code).toList()));
    }
    return String.join(", and ", known);
  }

  private String missing(List<RefusalReason> reasons) {
    List<String> missing = new ArrayList<>();
    if (isCoveredBy(ScopeBasis.LOCATED, reasons)) {
      missing.add(
          context.location().isUnknown()
              ? String.valueOf(context.region().reason())
              : "this request comes from "
                  + context.region().places()
                  + ", but it is not known which part");
    }
    if (isCoveredBy(ScopeBasis.REGISTERED, reasons)) {
      missing.add("it could not be looked up where the account of this agent is registered");
    }
    return String.join(", and ", missing);
  }

  private static boolean isCoveredBy(ScopeBasis subject, List<RefusalReason> reasons) {
    return reasons.stream().anyMatch(reason -> reason.bases().contains(subject));
  }
}
