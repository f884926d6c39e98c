package updategateway.store.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import updategateway.store.history.HistoryFinding.Kind;

/** Findings whose advice is worked out after the whole history has been read. */
final class PendingFindings {
  private final List<PendingFinding> findings = new ArrayList<>();

  private record PendingFinding(
      Kind kind, long sequence, String sentence, Supplier<String> remedy) {
    HistoryFinding finding() {
      return new HistoryFinding(kind, sequence, sentence, remedy.get());
    }
  }

  /**
   * Adds a finding.
   *
   * @param remedy called by {@link #toList()}
   */
  void add(Kind kind, long sequence, String sentence, Supplier<String> remedy) {
    findings.add(new PendingFinding(kind, sequence, sentence, remedy));
  }

  /** Returns all findings in the order of the entries. */
  List<HistoryFinding> toList() {
    return findings.stream()
        .map(PendingFinding::finding)
        .sorted(Comparator.comparingLong(HistoryFinding::sequence))
        .toList();
  }
}
