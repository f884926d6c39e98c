package updategateway.policy.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import updategateway.policy.correction.Correction;
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
    Map<String, Correction> old = byId(before);
    Map<String, Correction> now = byId(after);
    Set<String> ids = new TreeSet<>(old.keySet());
    ids.addAll(now.keySet());
    List<CorrectionEdit> edits = new ArrayList<>();
    for (String id : ids) {
      Correction was = old.get(id);
      Correction becomes = now.get(id);
      if (!Objects.equals(was, becomes)) {
        edits.add(
            new CorrectionEdit(
                was,
                becomes,
                was == null || becomes == null
                    ? List.of()
                    : PolicyEdit.fields(
                        CanonicalForm.correction(was), CanonicalForm.correction(becomes))));
      }
    }
    return edits;
  }

  private static Map<String, Correction> byId(PolicySet set) {
    Map<String, Correction> corrections = new LinkedHashMap<>();
    set.corrections().forEach(correction -> corrections.put(correction.id(), correction));
    return corrections;
  }
}
