package updategateway.policy.model;

/** What a policy rests on, and so what a refusal names as its reason. */
public enum PolicyBasis {
  /** A law or an order of an authority. */
  LAW,
  /** The operator's own decision. */
  OPERATOR
}
