package updategateway.store.history;

/** What became of a set that was to be put in force. */
public sealed interface Deployed {
  /** What is in force now. */
  InForce inForce();

  /** It was put in force. */
  record Activated(Activation activation) implements Deployed {
    @Override
    public InForce inForce() {
      return activation.inForce();
    }
  }

  /** It was in force already; nothing was changed. */
  record AlreadyInForce(InForce inForce) implements Deployed {}

  /**
   * This very request was carried out before; nothing was changed. What is in force may be another
   * set by now.
   */
  record AlreadyDone(Activation activation, InForce inForce) implements Deployed {}
}
