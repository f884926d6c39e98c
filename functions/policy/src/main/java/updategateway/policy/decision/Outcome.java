package updategateway.policy.decision;

import java.util.Locale;

/** What becomes of a request, from the mildest to the strictest. */
public enum Outcome {
  /** The artifact is served. */
  SERVE,
  /** Not served: a policy may reach the client, and it is not known whether it does. */
  UNDETERMINED,
  /** Not served: a policy refuses it. */
  REFUSE;

  /** The word for it in logs and answers: {@code serve}, {@code undetermined}, {@code refuse}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
