package updategateway.policy.model;

/** What a policy says of a client whom it may or may not reach. */
public enum UndeterminedAction {
  /** Not served. */
  REFUSE,
  /** Served, as if the policy did not reach it. */
  SERVE
}
