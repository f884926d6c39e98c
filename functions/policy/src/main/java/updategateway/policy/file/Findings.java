package updategateway.policy.file;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;
import updategateway.policy.document.Document;
import updategateway.policy.document.Finding;
import updategateway.policy.document.Position;

/** Gathers all that is wrong, as it is found. */
final class Findings {
  private final List<Finding> findings = new ArrayList<>();

  void add(Position position, String problem, String remedy) {
    findings.add(new Finding(position, problem, remedy));
  }

  void add(Document document, String problem, String remedy) {
    add(document.position(), problem, remedy);
  }

  void addAll(List<Finding> more) {
    findings.addAll(more);
  }

  int count() {
    return findings.size();
  }

  /** By file and line, as a reader goes through them. */
  List<Finding> inOrder() {
    return findings.stream()
        .sorted(
            comparing((Finding finding) -> finding.position().file())
                .thenComparingInt(finding -> finding.position().line()))
        .toList();
  }
}
