package updategateway.updategateway.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import updategateway.place.Place;
import updategateway.policy.Subject;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.Registrations;
import updategateway.updategateway.settings.GatewaySettings;

/**
 * Why something is not served, in a few sentences for a person: what the law forbids to whom, what
 * is known of this one, and whom to write to when that is wrong. Of ways round it, nothing.
 *
 * @param settings who refuses
 * @param inquiry what was asked
 * @param decision that it is not served
 */
record Explanation(GatewaySettings settings, Inquiry inquiry, Decision decision) {
  String words() {
    return (decision.outcome() == Outcome.REFUSE ? refused() : undetermined())
        + " If that is wrong, write to "
        + settings.contact()
        + " and name the decision "
        + inquiry.id()
        + ".";
  }

  private String refused() {
    List<String> known = new ArrayList<>();
    if (reachedBy(Subject.LOCATED)) {
      known.add(
          (inquiry.located().isUnknown()
                  ? "this request may come from "
                  : "this request comes from ")
              + inquiry.region().places());
    }
    if (reachedBy(Subject.REGISTERED)
        && inquiry.registrations() instanceof Registrations.Known registered) {
      known.add(
          "the account of this agent is registered in "
              + registered.places().stream()
                  .sorted()
                  .map(Place::code)
                  .collect(Collectors.joining(", ")));
    }
    return "The law does not allow "
        + settings.operatorName()
        + " to provide this ("
        + what()
        + ") to you: "
        + String.join(", and ", known)
        + ".";
  }

  private String undetermined() {
    List<String> missing = new ArrayList<>();
    if (reachedBy(Subject.LOCATED)) {
      missing.add(
          inquiry.located().isUnknown()
              ? String.valueOf(inquiry.region().reason())
              : "this request comes from "
                  + inquiry.region().places()
                  + ", but it is not known which part");
    }
    if (reachedBy(Subject.REGISTERED)) {
      missing.add("it could not be looked up where the account of this agent is registered");
    }
    return "The law does not allow "
        + settings.operatorName()
        + " to provide this ("
        + what()
        + ") in some places, and it could not be determined whether you are in one of them: "
        + String.join(", and ", missing)
        + ".";
  }

  private boolean reachedBy(Subject subject) {
    return decision.grounds().stream().anyMatch(ground -> ground.evidence().contains(subject));
  }

  private String what() {
    return inquiry.asked().activity() + " of " + inquiry.asked().product();
  }
}
