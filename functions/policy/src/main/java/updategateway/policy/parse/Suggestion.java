package updategateway.policy.parse;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The word that was probably meant: the one with the smallest edit distance, where that is small.
 */
public final class Suggestion {
  private Suggestion() {}

  /** The known word most like the one written; empty when none is much like it. */
  public static Optional<String> to(String written, Collection<String> known) {
    return to(written, known, Math.max(1, (written.length() + 1) / 3));
  }

  /** The known word that is at most two letters away, and one for each three letters written. */
  public static Optional<String> slipOf(String written, Collection<String> known) {
    return to(written, known, Math.min(2, written.length() / 3));
  }

  private static Optional<String> to(String written, Collection<String> known, int most) {
    String lower = written.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(word -> Math.abs(word.length() - written.length()) <= most)
        .filter(word -> distance(lower, word.toLowerCase(Locale.ROOT)) <= most)
        .min(comparingInt(word -> distance(lower, word.toLowerCase(Locale.ROOT))));
  }

  /** Levenshtein's distance, with one row of the table kept. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
