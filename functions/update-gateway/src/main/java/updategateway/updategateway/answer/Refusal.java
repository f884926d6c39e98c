package updategateway.updategateway.answer;

import updategateway.policy.PolicyBasis;
import updategateway.policy.decision.Outcome;

/** The kind of a refusal, with the texts that depend on nothing else. */
enum Refusal {
  /** A law does not allow it. */
  BY_LAW("refused-by-law", "Unavailable for legal reasons"),
  /** The operator's own policies alone do not allow it. */
  BY_OPERATOR("refused-by-operator", "Unavailable by the operator's own policy"),
  /** It is not known whether a policy covers the client. */
  UNDETERMINED("location-undetermined", "Unavailable: your location could not be determined");

  private final String type;
  private final String title;

  Refusal(String type, String title) {
    this.type = type;
    this.title = title;
  }

  /**
   * Returns the kind of an outcome that is not to serve.
   *
   * @param basis of the policy that is named first
   */
  static Refusal of(Outcome outcome, PolicyBasis basis) {
    if (outcome != Outcome.REFUSE) {
      return UNDETERMINED;
    }
    return basis == PolicyBasis.LAW ? BY_LAW : BY_OPERATOR;
  }

  /** Returns the fragment of the problem's type. */
  String type() {
    return type;
  }

  /** Returns the problem's title (RFC 9457, section 3.1.3). */
  String title() {
    return title;
  }
}
