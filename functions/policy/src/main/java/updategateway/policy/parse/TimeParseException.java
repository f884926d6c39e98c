package updategateway.policy.parse;

/** A text is not a time, or more than one. */
public final class TimeParseException extends Exception {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final String remedy;

  TimeParseException(String problem, String remedy) {
    super(problem + "; " + remedy);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** What is wrong. */
  String problem() {
    return problem;
  }

  /** What to write instead. */
  String remedy() {
    return remedy;
  }
}
