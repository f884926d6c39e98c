package updategateway.policy.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import updategateway.policy.source.Diagnostic;
import updategateway.policy.source.Document;
import updategateway.policy.source.Position;

/** Gathers all that is wrong, as it is found. */
final class Diagnostics {
  private final List<Diagnostic> findings = new ArrayList<>();
  private final Set<Position> unreadable = new HashSet<>();
  private int count;

  void add(Position position, String problem, String remedy) {
    count++;
    if (!unreadable.contains(position)) {
      findings.add(new Diagnostic(position, problem, remedy));
    }
  }

  /** What stands there cannot be read; whatever follows from that is no finding of its own. */
  void addUnreadable(Diagnostic finding) {
    count++;
    findings.add(finding);
    unreadable.add(finding.position());
  }

  void add(Document document, String problem, String remedy) {
    add(document.position(), problem, remedy);
  }

  /** How often something was wrong, what follows from what cannot be read included. */
  int count() {
    return count;
  }

  /** By file and line, as a reader goes through them. */
  List<Diagnostic> inOrder() {
    // None is the usual case, and the one that must be quick.
    return findings.isEmpty() ? List.of() : Diagnostic.inOrder(findings);
  }
}
