package updategateway.policy.source;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What an operator wrote cannot be used; carries everything that is wrong with it, not only the
 * first.
 */
public final class InvalidDocumentException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Finding> findings;

  /**
   * @param findings at least one, in the order in which they are to be read
   */
  public InvalidDocumentException(List<Finding> findings) {
    super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    this.findings = List.copyOf(findings);
  }

  /** Everything that is wrong. */
  public List<Finding> findings() {
    return findings;
  }
}
