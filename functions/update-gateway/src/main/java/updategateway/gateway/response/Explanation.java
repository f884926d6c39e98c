package updategateway.gateway.response;

import java.util.ArrayList;
import java.util.List;
import updategateway.gateway.settings.GatewaySettings;
import updategateway.place.Place;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.RefusalReason;
import updategateway.policy.decision.Registrations;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.model.ScopeBasis;

/**
 * The reason of a refusal in a few sentences for a person: what the law or the operator's own
 * policy does not allow, what is known of the client, and whom to write to when that is wrong. It
 * contains no advice on circumvention.
 *
 * @param settings who refuses
 * @param inquiry what was asked
 * @param decision that it is not served
 */
record Explanation(GatewaySettings settings, Inquiry inquiry, Decision decision) {
  String words() {
    List<String> sentences = new ArrayList<>();
    for (PolicyBasis basis : PolicyBasis.values()) {
      List<RefusalReason> grounds = decision.reasons(basis);
      if (!grounds.isEmpty()) {
        sentences.add(sentence(basis, grounds, sentences.isEmpty()));
      }
    }
    return String.join(" ", sentences)
        + " If that is wrong, write to "
        + settings.contact()
        + " and name the decision "
        + inquiry.id()
        + ".";
  }

  /** Returns what policies of one kind do not allow, and why they cover the client. */
  private String sentence(PolicyBasis basis, List<RefusalReason> grounds, boolean isFirst) {
    String forbids =
        basis == PolicyBasis.LAW
            ? "The law does not allow " + settings.operatorName() + " to provide "
            : "By its own policy, " + settings.operatorName() + " does not provide ";
    String what =
        isFirst
            ? "this (" + inquiry.asked().activity() + " of " + inquiry.asked().product() + ")"
            : "it";
    String either = isFirst ? "" : " either";
    return decision.outcome() == Outcome.REFUSE
        ? forbids + what + " to you" + either + ": " + known(grounds) + "."
        : forbids
            + what
            + " in some places"
            + either
            + ", and it could not be determined whether you are in one of them: "
            + missing(grounds)
            + ".";
  }

  private String known(List<RefusalReason> grounds) {
    List<String> known = new ArrayList<>();
    if (isCoveredBy(ScopeBasis.LOCATED, grounds)) {
      known.add(
          (inquiry.located().isUnknown()
                  ? "this request may come from "
                  : "this request comes from ")
              + inquiry.region().places());
    }
    if (isCoveredBy(ScopeBasis.REGISTERED, grounds)
        && inquiry.registrations() instanceof Registrations.Known registered) {
      known.add(
          "the account of this agent is registered in "
              + Coverage.listed(registered.places().stream().sorted().map(Place::code).toList()));
    }
    return String.join(", and ", known);
  }

  private String missing(List<RefusalReason> grounds) {
    List<String> missing = new ArrayList<>();
    if (isCoveredBy(ScopeBasis.LOCATED, grounds)) {
      missing.add(
          inquiry.located().isUnknown()
              ? String.valueOf(inquiry.region().reason())
              : "this request comes from "
                  + inquiry.region().places()
                  + ", but it is not known which part");
    }
    if (isCoveredBy(ScopeBasis.REGISTERED, grounds)) {
      missing.add("it could not be looked up where the account of this agent is registered");
    }
    return String.join(", and ", missing);
  }

  private static boolean isCoveredBy(ScopeBasis subject, List<RefusalReason> grounds) {
    return grounds.stream().anyMatch(ground -> ground.bases().contains(subject));
  }
}
