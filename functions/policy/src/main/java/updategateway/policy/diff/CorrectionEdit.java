package updategateway.policy.diff;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Correction;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.PolicySet;

/**
 * How one correction differs between two sets.
 *
 * @param before as it is in the one set; null when it is not in it
 * @param after as it is in the other; null when it is not in it
 * @param fields what is written otherwise, where it is in both
 */
public record CorrectionEdit(
    @Nullable Correction before, @Nullable Correction after, List<PolicyEdit.FieldEdit> fields) {
  public CorrectionEdit {
    fields = List.copyOf(fields);
    if (before == null && after == null) {
      throw new IllegalArgumentException("an edit of no correction");
    }
  }

  /** The correction, as it is in the later set where it is in both. */
  public Correction correction() {
    return after != null ? after : Objects.requireNonNull(before);
  }

  /** Every correction that is not the same in both sets, by id. */
  static List<CorrectionEdit> between(PolicySet before, PolicySet after) {
    return BeforeAfter.differing(before.corrections(), after.corrections(), Correction::id).stream()
        .map(pair ->
            new CorrectionEdit(pair.before(), pair.after(), pair.fields(CanonicalForm::correction)))
        .toList();
  }
}
