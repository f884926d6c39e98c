package updategateway.policy.decision;

/** Whether a policy is about a client. */
public enum Coverage {
  /** It is not. */
  OUT,
  /** It may be: what is known of the client does not tell. */
  UNKNOWN,
  /** It is. */
  IN
}
