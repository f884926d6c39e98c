package updategateway.policy.document;

/**
 * One thing that is wrong with what an operator wrote.
 *
 * @param position where
 * @param problem what is wrong, in a sentence's words, no full stop
 * @param remedy what to write instead, likewise
 */
public record Finding(Position position, String problem, String remedy) {
  /** {@code file:line: path: problem; remedy}. */
  @Override
  public String toString() {
    return position + ": " + problem + "; " + remedy;
  }
}
