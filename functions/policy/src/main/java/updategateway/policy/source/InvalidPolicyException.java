package updategateway.policy.source;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What an operator wrote cannot be used; carries everything that is wrong with it, not only the
 * first.
 */
public final class InvalidPolicyException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Diagnostic> findings;

  /**
   * @param findings at least one, in the order in which they are to be read
   */
  public InvalidPolicyException(List<Diagnostic> findings) {
    super(findings.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
    this.findings = List.copyOf(findings);
  }

  /** Everything that is wrong. */
  public List<Diagnostic> findings() {
    return findings;
  }
}
