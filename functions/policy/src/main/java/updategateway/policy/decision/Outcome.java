package updategateway.policy.decision;

import java.util.Locale;

/** What a decision says, from the mildest outcome to the strictest. */
public enum Outcome {
  /** The artifact is served. */
  SERVE,
  /** Not served: it is unknown whether a policy covers the client. */
  UNDETERMINED,
  /** Not served: a policy refuses it. */
  REFUSE;

  /**
   * Returns its name in logs and responses: {@code serve}, {@code undetermined}, {@code refuse}.
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
