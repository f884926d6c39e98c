package updategateway.store.history;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import updategateway.store.dynamodb.CorruptionKind;
import updategateway.store.dynamodb.PolicyStoreException;

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
  /** In one message; all of them are told by {@code scripts/policy history}. */
  private static final int MOST_SAID = 4;

  public HistoryReport {
    entries = List.copyOf(entries);
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean verifies() {
    return findings.isEmpty();
  }

  /**
   * All that was ever put in force, when nothing is wrong.
   *
   * @throws PolicyStoreException.Corrupt when something is; the message says what, and what to
   *     restore
   */
  List<Activation> proven() throws PolicyStoreException.Corrupt {
    if (verifies()) {
      return entries;
    }
    Set<String> remedies = new HashSet<>();
    String said =
        findings.stream()
            .limit(MOST_SAID)
            .map(
                finding -> remedies.add(finding.remedy()) ? finding.toString() : finding.sentence())
            .collect(Collectors.joining("\n"));
    int more = findings.size() - MOST_SAID;
    boolean ofPointer =
        findings.stream().anyMatch(finding -> finding.kind() == HistoryFinding.Kind.POINTER);
    throw new PolicyStoreException.Corrupt(
        ofPointer ? CorruptionKind.POINTER : CorruptionKind.HISTORY,
        asClause(more > 0 ? said + "\nAnd " + more + " more." : said));
  }

  /** So that it can follow a colon and be followed by a full stop. */
  private static String asClause(String sentences) {
    return sentences.substring(0, 1).toLowerCase(Locale.ROOT)
        + sentences.substring(1, sentences.length() - 1);
  }

  /** The last entry that can be read; empty when there is none. */
  public Optional<Activation> head() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
  }
}
