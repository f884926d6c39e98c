package updategateway.policy.model;

/** By which kind of evidence a policy reaches a client. */
public enum ScopeBasis {
  /** The request comes from a place in scope. */
  LOCATED,
  /** The agent's account belongs to a place in scope, wherever it asks from. */
  REGISTERED
}
