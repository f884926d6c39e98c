package updategateway.policy.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Policy;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.PolicySet;
import updategateway.policy.source.Document;

/**
 * How one policy differs between two sets as it is written.
 *
 * @param before as it is in the one set; null when it is not in it
 * @param after as it is in the other; null when it is not in it
 * @param fields what is written otherwise, where it is in both
 */
public record PolicyEdit(@Nullable Policy before, @Nullable Policy after, List<FieldEdit> fields) {
  public PolicyEdit {
    fields = List.copyOf(fields);
    if (before == null && after == null) {
      throw new IllegalArgumentException("an edit of no policy");
    }
  }

  /**
   * One value that is written otherwise.
   *
   * @param path the way to it, such as {@code phases[updates].from}
   * @param before what is written in the one set; null when nothing is
   * @param after what is written in the other; null when nothing is
   */
  public record FieldEdit(String path, @Nullable String before, @Nullable String after) {}

  /** The policy, as it is in the later set where it is in both. */
  public Policy policy() {
    return after != null ? after : Objects.requireNonNull(before);
  }

  /** Every policy that is not the same in both sets, by id. */
  static List<PolicyEdit> between(PolicySet before, PolicySet after) {
    return BeforeAfter.differing(before.policies(), after.policies(), Policy::id).stream()
        .map(
            pair -> new PolicyEdit(pair.before(), pair.after(), pair.fields(CanonicalForm::policy)))
        .toList();
  }

  /** What is written otherwise in two documents. */
  static List<FieldEdit> fields(Document before, Document after) {
    List<FieldEdit> fields = new ArrayList<>();
    compare("", before, after, fields);
    return fields;
  }

  private static void compare(
      String path, @Nullable Document before, @Nullable Document after, List<FieldEdit> edits) {
    if (before instanceof Document.Mapping one
        && after instanceof Document.Mapping other
        && one.get("written").isEmpty()) {
      Set<String> keys = new LinkedHashSet<>();
      one.fields().forEach(field -> keys.add(field.key()));
      other.fields().forEach(field -> keys.add(field.key()));
      for (String key : keys) {
        compare(
            path.isEmpty() ? key : path + "." + key,
            one.get(key).orElse(null),
            other.get(key).orElse(null),
            edits);
      }
      return;
    }
    Map<String, Document> old = named(before);
    Map<String, Document> now = named(after);
    if (!old.isEmpty() && !now.isEmpty()) {
      Set<String> names = new LinkedHashSet<>(old.keySet());
      names.addAll(now.keySet());
      for (String name : names) {
        compare(path + "[" + name + "]", old.get(name), now.get(name), edits);
      }
      if (old.keySet().equals(now.keySet())
          && !List.copyOf(old.keySet()).equals(List.copyOf(now.keySet()))) {
        edits.add(
            new FieldEdit(path, String.join(", ", old.keySet()), String.join(", ", now.keySet())));
      }
      return;
    }
    String was = before == null ? null : written(before);
    String becomes = after == null ? null : written(after);
    if (was == null ? becomes != null : !was.equals(becomes)) {
      edits.add(new FieldEdit(path, was, becomes));
    }
  }

  /** The items of a list of which each has an id, by it; empty for anything else. */
  private static Map<String, Document> named(@Nullable Document document) {
    Map<String, Document> named = new LinkedHashMap<>();
    if (document instanceof Document.Sequence sequence) {
      for (Document item : sequence.items()) {
        if (!(item instanceof Document.Mapping mapping)
            || !(mapping.get("id").orElse(null) instanceof Document.Text id)) {
          return Map.of();
        }
        named.put(id.value(), item);
      }
    }
    return named;
  }

  /** In one line, as an operator writes it; a time by both its halves. */
  private static String written(Document document) {
    return switch (document) {
      case Document.Text text -> text.value();
      case Document.Sequence sequence ->
          "["
              + String.join(", ", sequence.items().stream().map(PolicyEdit::written).toList())
              + "]";
      case Document.Mapping mapping
          when mapping.get("written").orElse(null) instanceof Document.Text written
              && mapping.get("instant").orElse(null) instanceof Document.Text instant ->
          written.value().equals(instant.value())
              ? instant.value()
              : written.value() + " (" + instant.value() + ")";
      case Document.Mapping mapping ->
          "{"
              + String.join(
                  ", ",
                  mapping.fields().stream()
                      .map(field -> field.key() + ": " + written(field.value()))
                      .toList())
              + "}";
    };
  }
}
