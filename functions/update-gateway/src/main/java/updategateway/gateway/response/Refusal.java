package updategateway.gateway.response;

import updategateway.policy.decision.Outcome;
import updategateway.policy.model.PolicyBasis;

/** The kind of a refusal, with the texts that depend on nothing else. */
enum Refusal {
  /** A law does not allow it. */
  BY_LAW(ProblemCode.REFUSED, "refused-by-law", "Unavailable for legal reasons"),
  /** The operator's own policies alone do not allow it. */
  BY_OPERATOR(
      ProblemCode.REFUSED, "refused-by-operator", "Unavailable by the operator's own policy"),
  /** It is not known whether a policy covers the client. */
  UNDETERMINED(
      ProblemCode.UNDETERMINED,
      "location-undetermined",
      "Unavailable: your location could not be determined");

  private final ProblemCode code;
  private final String type;
  private final String title;

  Refusal(ProblemCode code, String type, String title) {
    this.code = code;
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

  /** Returns the problem's code. */
  ProblemCode code() {
    return code;
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
