package updategateway.cli.policy.explain;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.cli.text.AnsiStyle;
import updategateway.cli.text.InstantText;
import updategateway.cli.text.ListText;
import updategateway.cli.text.PlaceText;
import updategateway.commandline.TextWrap;
import updategateway.place.Place;
import updategateway.policy.decision.Coverage;
import updategateway.policy.decision.DecisionTrace;
import updategateway.policy.decision.EvidenceEvaluation;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.decision.PolicyEvaluation;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.decision.Validity;
import updategateway.policy.model.Correction;
import updategateway.policy.model.Exemption;
import updategateway.policy.model.Interval;
import updategateway.policy.model.Permit;
import updategateway.policy.model.Phase;
import updategateway.policy.model.Policy;
import updategateway.policy.model.PolicyBasis;
import updategateway.policy.model.ProductSelection;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.UndeterminedAction;
import updategateway.policy.set.PolicySet;

/** An explanation for a person: the rules 1 to 5 of a decision, one after the other. */
public final class ExplanationText {
  private final DecisionTrace explanation;
  private final InstantText moments;

  public ExplanationText(DecisionTrace explanation, PolicySet set) {
    this.explanation = explanation;
    this.moments = new InstantText(set);
  }

  /**
   * Prints it.
   *
   * @param lead what was asked, and by which set, a line each
   * @param unfamiliar what the set does not know of it, a line each
   */
  public void print(List<String> lead, List<String> unfamiliar, AnsiStyle style, PrintWriter out) {
    lead.forEach(line -> out.println(TextWrap.of("", line)));
    out.println(TextWrap.of("", request()));
    explanation
        .decision()
        .corrections()
        .forEach(correction -> out.println(TextWrap.of("", correction(correction))));
    unfamiliar.forEach(line -> out.println(style.careful(TextWrap.of("", line))));
    out.println();
    out.println(painted(explanation.decision().outcome(), style, TextWrap.of("", conclusion())));
    for (PolicyEvaluation reading : explanation.policies()) {
      Policy policy = reading.policy();
      out.println();
      out.println(style.strong(TextWrap.of("", "Policy " + policy.id() + ": " + policy.title())));
      out.println(TextWrap.of("  ", policy.authority() + "; " + policy.citation()));
      if (policy.basis() == PolicyBasis.OPERATOR) {
        out.println(TextWrap.of("  ", "It is the operator's own policy, not a law."));
      }
      out.println(TextWrap.of("  1. ", reach(reading)));
      evidence(reading).forEach(line -> out.println(TextWrap.of("     - ", line)));
      out.println(TextWrap.of("  2. ", applies(reading)));
      conditions(reading).forEach(line -> out.println(TextWrap.of("     - ", line)));
      out.println(painted(reading.outcome(), style, TextWrap.of("  3. ", alone(reading))));
    }
    out.println();
    out.println(TextWrap.of("  4. ", strictest()));
    out.println(TextWrap.of("  5. ", next()));
  }

  private static String painted(Outcome outcome, AnsiStyle style, String text) {
    return switch (outcome) {
      case SERVE -> style.good(text);
      case UNDETERMINED -> style.careful(text);
      case REFUSE -> style.bad(text);
    };
  }

  private String request() {
    Request request = explanation.request();
    return "Asked for: "
        + request.activity()
        + " of "
        + request.product()
        + ", at "
        + moments.both(request.time())
        + ", by a client "
        + location(request.location())
        + registrations(request.registrations())
        + ".";
  }

  /** Where a correction puts the client, and whose word it is. */
  static String correction(Correction correction) {
    String until =
        correction.span().until() == null ? "" : ", until " + correction.span().until().instant();
    return "The correction "
        + correction.id()
        + " of "
        + correction.target()
        + " puts it in "
        + PlaceText.name(correction.place())
        + until
        + switch (correction.target()) {
          case Correction.Target.Addresses _ -> ", whatever else says where it is.";
          case Correction.Target.Agent _ -> ", beside all else that says where it is.";
        };
  }

  private static String location(Location location) {
    return switch (location) {
      case Location.Known known -> "located in " + PlaceText.names(known.places());
      case Location.Unknown unknown ->
          "of whom nobody knows where it is"
              + (unknown.perhaps().isEmpty()
                  ? ""
                  : " (perhaps in " + PlaceText.names(unknown.perhaps()) + ")");
    };
  }

  private static String registrations(Registrations registrations) {
    return switch (registrations) {
      case Registrations.Known known ->
          known.places().isEmpty()
              ? ""
              : ", with an account registered in "
                  + PlaceText.names(known.places().stream().sorted().toList());
      case Registrations.Unknown _ -> ", with an account that could not be looked up";
    };
  }

  /** The outcome in a sentence. */
  public String conclusion() {
    List<String> by = explanation.deciding().stream().map(r -> r.policy().id()).toList();
    return switch (explanation.decision().outcome()) {
      case SERVE -> "Served. " + next();
      case REFUSE -> "Refused by " + ListText.and(by) + ". " + next();
      case UNDETERMINED ->
          "Refused as undetermined: nobody knows whether "
              + ListText.or(by)
              + (by.size() == 1 ? " reaches" : " reach")
              + " the client. "
              + next();
    };
  }

  private static String reach(PolicyEvaluation reading) {
    return switch (reading.coverage()) {
      case IN -> "The policy reaches the client.";
      case UNKNOWN -> "The policy may reach the client; nobody knows whether it does.";
      case OUT -> "The policy does not reach the client.";
    };
  }

  private static List<String> evidence(PolicyEvaluation reading) {
    return reading.evidence().stream().map(ExplanationText::evidence).toList();
  }

  static String evidence(EvidenceEvaluation evidence) {
    Place place = evidence.place();
    String by =
        place == null
            ? evidence.basis() == ScopeBasis.LOCATED
                ? "Its location, which nobody knows"
                : "Its account, which could not be looked up"
            : (evidence.basis() == ScopeBasis.LOCATED
                    ? "Its location, "
                    : "Its account, registered in ")
                + PlaceText.name(place);
    return by
        + ": "
        + switch (evidence.finding()) {
          case NOT_A_SUBJECT ->
              "the policy does not go by "
                  + (evidence.basis() == ScopeBasis.LOCATED
                      ? "where a request comes from."
                      : "where an account belongs.");
          case COVERED -> "the policy lists " + listed(evidence) + ".";
          case LEFT_OUT -> "the policy leaves out " + listed(evidence) + ".";
          case NOT_LISTED -> "the policy lists no place that it is in.";
          case PART_NOT_KNOWN ->
              "the policy lists a part of it, "
                  + PlaceText.names(evidence.listed())
                  + ", and nobody knows in which part the client is.";
          case PLACE_NOT_KNOWN -> "it may be in a place that the policy lists.";
        };
  }

  private static String listed(EvidenceEvaluation evidence) {
    return (evidence.isByParts() ? "every part of it, " : "") + PlaceText.names(evidence.listed());
  }

  private static String applies(PolicyEvaluation reading) {
    return reading.applies()
        ? "It applies to what is asked for, at this time."
        : "It does not apply to what is asked for, at this time.";
  }

  private List<String> conditions(PolicyEvaluation reading) {
    List<String> lines = new ArrayList<>();
    lines.add(product(reading));
    if (reading.phases().isEmpty()) {
      lines.add("Phase: none refuses " + explanation.request().activity() + ", at any time.");
    }
    reading.phases().forEach(phase -> lines.add(phase(phase)));
    if (reading.exemptions().isEmpty()) {
      lines.add(
          reading.policy().exemptions().isEmpty()
              ? "Exemption: the policy has none."
              : "Exemption: none of its " + reading.policy().exemptions().size() + " matches.");
    }
    for (Exemption exemption : reading.exemptions()) {
      lines.add(
          "Exemption: "
              + matter(exemption)
              + " is exempt."
              + (exemption.note() == null ? "" : " " + exemption.note()));
    }
    if (reading.permits().isEmpty()) {
      lines.add(
          reading.policy().permits().isEmpty()
              ? "Permit: the policy has none."
              : "Permit: none of its "
                  + reading.policy().permits().size()
                  + " is about what is asked for.");
    }
    reading.permits().forEach(permit -> lines.add(permit(permit)));
    return lines;
  }

  private String product(PolicyEvaluation reading) {
    return switch (reading.policy().products()) {
      case ProductSelection.All _ -> "Product: the policy is about every product.";
      case ProductSelection.Named named ->
          "Product: the policy is about "
              + ListText.and(named.products())
              + (reading.aboutProduct()
                  ? "."
                  : ", not about " + explanation.request().product() + ".");
    };
  }

  private static String matter(Exemption exemption) {
    List<String> parts = new ArrayList<>();
    if (exemption.matter().activities() != null) {
      parts.add(ListText.or(exemption.matter().activities()));
    }
    switch (exemption.matter().products()) {
      case ProductSelection.Named named -> parts.add(ListText.or(named.products()));
      case ProductSelection.All _ -> parts.add("every product");
      case null -> {}
    }
    return String.join(" of ", parts);
  }

  private String phase(PolicyEvaluation.Timed<Phase> phase) {
    return "Phase "
        + phase.what().id()
        + ": refuses it "
        + span(phase.what().span())
        + ", which is "
        + validity(phase.validity())
        + ".";
  }

  private String permit(PolicyEvaluation.Timed<Permit> permit) {
    return "Permit "
        + permit.what().id()
        + " ("
        + permit.what().citation()
        + "): permits it "
        + span(permit.what().span())
        + ", which is "
        + validity(permit.validity())
        + ".";
  }

  private static String validity(Validity validity) {
    return switch (validity) {
      case PENDING -> "not yet";
      case ACTIVE -> "now";
      case EXPIRED -> "over";
    };
  }

  private String span(Interval span) {
    return "from "
        + moments.both(span.from().instant())
        + (span.until() == null
            ? " on"
            : " until, and not including, " + moments.both(span.until().instant()));
  }

  private static String alone(PolicyEvaluation reading) {
    return switch (reading.outcome()) {
      case REFUSE -> "So this policy refuses.";
      case UNDETERMINED ->
          "So this policy makes it undetermined: of clients whom it may reach it says `undetermined:"
              + " refuse`.";
      case SERVE ->
          reading.applies()
                  && reading.coverage() == Coverage.UNKNOWN
                  && reading.policy().undetermined() == UndeterminedAction.SERVE
              ? "So this policy does not refuse: of clients whom it may reach it says `undetermined:"
                  + " serve`."
              : "So this policy does not refuse.";
    };
  }

  private String strictest() {
    List<String> by = explanation.deciding().stream().map(r -> r.policy().id()).toList();
    String outcome =
        switch (explanation.decision().outcome()) {
          case SERVE -> "no policy refuses, so it is served.";
          case UNDETERMINED -> "undetermined, by " + ListText.and(by) + "; it is not served.";
          case REFUSE -> "refused, by " + ListText.and(by) + ".";
        };
    return "Of all policies the strictest counts: " + outcome;
  }

  private String next() {
    OutcomeChange change = explanation.decision().nextChange().orElse(null);
    if (change == null) {
      return "This never changes by itself.";
    }
    return "This holds until, and not including, "
        + moments.both(change.at())
        + "; from then on "
        + switch (change.outcome()) {
          case SERVE -> "it is served.";
          case UNDETERMINED -> "it is undetermined.";
          case REFUSE -> "it is refused.";
        };
  }

  /** The place that an option names, for who writes no more than a code. */
  static @Nullable String code(@Nullable Place place) {
    return place == null ? null : place.code();
  }
}
