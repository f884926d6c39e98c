package updategateway.store.history;

/** What became of a set that was to be put in force. */
public sealed interface DeploymentResult {
  /** What is in force now. */
  ActiveSet inForce();

  /** It was put in force. */
  record Activated(Activation activation) implements DeploymentResult {
    @Override
    public ActiveSet inForce() {
      return activation.inForce();
    }
  }

  /** It was in force already; nothing was changed. */
  record AlreadyInForce(ActiveSet inForce) implements DeploymentResult {}

  /**
   * This very request was carried out before; nothing was changed. What is in force may be another
   * set by now.
   */
  record AlreadyDone(Activation activation, ActiveSet inForce) implements DeploymentResult {}
}
