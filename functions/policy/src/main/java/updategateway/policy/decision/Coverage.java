package updategateway.policy.decision;

/** Whether a policy covers a client, from the weakest to the strongest. */
public enum Coverage {
  /** The client is out of scope. */
  OUT,
  /** The client may be in scope. */
  UNKNOWN,
  /** The client is in scope. */
  IN
}
