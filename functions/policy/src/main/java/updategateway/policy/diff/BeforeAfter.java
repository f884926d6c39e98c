package updategateway.policy.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import updategateway.policy.source.Document;

/**
 * What bears the same id in two sets.
 *
 * @param before as it is in the one set; null when it is not in it
 * @param after as it is in the other; null when it is not in it
 */
record BeforeAfter<T>(@Nullable T before, @Nullable T after) {
  /** Whatever is not the same in both, by id. */
  static <T> List<BeforeAfter<T>> differing(List<T> before, List<T> after, Function<T, String> id) {
    Map<String, T> old = byId(before, id);
    Map<String, T> now = byId(after, id);
    Set<String> ids = new TreeSet<>(old.keySet());
    ids.addAll(now.keySet());
    List<BeforeAfter<T>> pairs = new ArrayList<>();
    for (String each : ids) {
      BeforeAfter<T> pair = new BeforeAfter<>(old.get(each), now.get(each));
      if (!Objects.equals(pair.before, pair.after)) {
        pairs.add(pair);
      }
    }
    return pairs;
  }

  private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
    Map<String, T> byId = new LinkedHashMap<>();
    all.forEach(each -> byId.put(id.apply(each), each));
    return byId;
  }

  /** What is written otherwise, where it is in both. */
  List<PolicyEdit.FieldEdit> fields(Function<T, Document.Mapping> form) {
    return before == null || after == null
        ? List.of()
        : PolicyEdit.fields(form.apply(before), form.apply(after));
  }
}
