package updategateway.policy.source;

import static java.util.Comparator.comparing;

import java.util.Collection;
import java.util.List;

/**
 * One thing that is wrong with what an operator wrote.
 *
 * @param position where
 * @param problem what is wrong, in a sentence's words, no full stop
 * @param remedy what to write instead, likewise
 */
public record Diagnostic(Position position, String problem, String remedy) {
  /** By file and line, as a reader goes through them. */
  public static List<Diagnostic> inOrder(Collection<Diagnostic> findings) {
    return findings.stream()
        .sorted(
            comparing((Diagnostic finding) -> finding.position().file())
                .thenComparingInt(finding -> finding.position().line()))
        .toList();
  }

  /** {@code file:line: path: problem; remedy}. */
  @Override
  public String toString() {
    return position + ": " + problem + "; " + remedy;
  }

  /** As what is allowed: {@code file:line: warning: path: problem; remedy}. */
  public String warning() {
    return as("warning");
  }

  /** As what is worth knowing: {@code file:line: note: path: problem; remedy}. */
  public String note() {
    return as("note");
  }

  private String as(String kind) {
    String place = new Position(position.file(), position.line(), "").toString();
    String path = position.path().isEmpty() ? "" : position.path() + ": ";
    return place + ": " + kind + ": " + path + problem + "; " + remedy;
  }
}
