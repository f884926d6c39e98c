package updategateway.policystore;

import java.util.List;
import java.util.Optional;

/**
 * What came of verifying the history.
 *
 * <p>The chain shows any change to an entry but one: whoever can write the table can write a whole
 * new chain that is right in itself. Against that helps only the hash of the last entry, kept
 * somewhere else (a stack's outputs, a mail, a notary), and compared with {@link #head()}.
 *
 * @param entries what can be read of the history, the oldest first
 * @param findings everything that is wrong, in the order of the entries; none when it verifies
 */
public record HistoryReport(List<Activation> entries, List<HistoryFinding> findings) {
  public HistoryReport {
    entries = List.copyOf(entries);
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean verifies() {
    return findings.isEmpty();
  }

  /** The last entry that can be read; empty when there is none. */
  public Optional<Activation> head() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
  }
}
