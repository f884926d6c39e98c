package updategateway.cli.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import updategateway.store.history.Activation;

/**
 * Where a rollback goes that is not told where: one step further back each time.
 *
 * <p>A deployment is a step forward, whatever set it puts in force. A rollback is a return: what
 * was put in force since its target last was is no longer on the way, so that two rollbacks after
 * each other undo two deployments, and do not undo each other. One to a set that is not on the way
 * is a step forward.
 */
final class RollbackTarget {
  private RollbackTarget() {}

  /**
   * The activation whose set a rollback puts in force again; empty when the way back ends with the
   * set in force.
   *
   * @param history the oldest first
   */
  static Optional<Activation> before(List<Activation> history) {
    Deque<Activation> way = new ArrayDeque<>();
    for (Activation activation : history) {
      boolean isReturn =
          activation.request().stack().equals(OutOfBandActivation.ROLLBACK)
              && way.stream().anyMatch(step -> isOf(step, activation));
      if (!isReturn) {
        way.push(activation);
      }
      while (!isOf(way.element(), activation)) {
        way.pop();
      }
    }
    return way.stream().skip(1).findFirst();
  }

  private static boolean isOf(Activation step, Activation activation) {
    return step.digest().equals(activation.digest());
  }
}
