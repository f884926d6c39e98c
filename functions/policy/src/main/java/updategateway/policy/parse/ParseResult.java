package updategateway.policy.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.Diagnostic;

/**
 * What there is to say of an operator's files.
 *
 * @param set what they make; null when anything is wrong with them, or they need not be a whole set
 * @param mistakes everything that is wrong, file by file
 * @param doubts what is allowed and probably not meant, likewise, of whatever could be read
 * @param notes what codes of places reach and do not reach, where that may surprise; nothing is
 *     wrong
 */
public record ParseResult(
    @Nullable PolicySet set,
    List<Diagnostic> mistakes,
    List<Diagnostic> doubts,
    List<Diagnostic> notes) {
  public ParseResult {
    mistakes = List.copyOf(mistakes);
    doubts = List.copyOf(doubts);
    notes = List.copyOf(notes);
  }
}
