package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.SegmentPattern.AnySegments;
import updategateway.policy.catalog.SegmentPattern.Glob;
import updategateway.policy.catalog.SegmentPattern.Literal;
import updategateway.policy.catalog.SegmentPattern.SlashedName;

/** Segments that stand for all segments which the elements of some patterns tell apart. */
final class SampleSegments {
  static final String EXAMPLE = "example";

  /** Limits the samples of two elements with encoded slashes. */
  private static final int MAX_SLASHED_NAMES = 1_000;

  private static final List<String> WORDS = List.of(EXAMPLE, "other", "Other_1", "x-1", "0");

  private SampleSegments() {}

  /** Returns one segment for each set of elements that some candidate matches. */
  static List<String> of(Collection<PathPattern> patterns) {
    Set<SegmentPattern> elements =
        patterns.stream()
            .flatMap(pattern -> pattern.parts().stream())
            .filter(element -> !(element instanceof AnySegments))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> literals =
        elements.stream()
            .filter(Literal.class::isInstance)
            .map(SegmentPattern::toString)
            .collect(Collectors.toSet());
    List<SegmentPattern> wildcards =
        elements.stream().filter(element -> !(element instanceof Literal)).toList();
    Map<Matches, String> samples = new HashMap<>();
    List<String> chosen = new ArrayList<>();
    for (String candidate : candidates(elements)) {
      BitSet matching = new BitSet();
      IntStream.range(0, wildcards.size())
          .filter(i -> wildcards.get(i).matchesSegment(candidate))
          .forEach(matching::set);
      Matches matches = new Matches(matching, literals.contains(candidate) ? candidate : null);
      if (samples.putIfAbsent(matches, candidate) == null) {
        chosen.add(candidate);
      }
    }
    return List.copyOf(chosen);
  }

  /**
   * The elements that match a segment.
   *
   * @param wildcards the positions of those that match several segments
   * @param literal the one that matches no other segment; null for none
   */
  private record Matches(BitSet wildcards, @Nullable String literal) {}

  private static Set<String> candidates(Collection<SegmentPattern> elements) {
    Set<String> candidates = names(elements);
    List<SlashedName> slashed = instances(elements, SlashedName.class);
    for (SlashedName one : slashed) {
      for (SlashedName other : slashed) {
        if (one.names().size() == other.names().size()) {
          candidates.addAll(slashedNames(one.names(), other.names()));
        }
      }
    }
    return candidates;
  }

  /** Returns segments with encoded slashes that match both of two elements, if any do. */
  private static Set<String> slashedNames(List<SegmentPattern> one, List<SegmentPattern> other) {
    Set<String> joined = Set.of("");
    for (int i = 0; i < one.size(); i++) {
      Set<String> names = names(List.of(one.get(i), other.get(i)));
      String slash = i == 0 ? "" : "/";
      joined =
          joined.stream()
              .flatMap(begin -> names.stream().map(name -> begin + slash + name))
              .limit(MAX_SLASHED_NAMES)
              .collect(Collectors.toCollection(LinkedHashSet::new));
    }
    return joined;
  }

  /** Returns names for each element alone, and for each two globs together. */
  private static Set<String> names(Collection<SegmentPattern> elements) {
    Set<String> names = new LinkedHashSet<>(WORDS);
    List<List<String>> globs = instances(elements, Glob.class).stream().map(Glob::texts).toList();
    for (List<String> glob : globs) {
      Stream.concat(Stream.of(EXAMPLE, "Example_", ""), WORDS.stream())
          .map(word -> String.join(word, glob))
          .forEach(names::add);
    }
    instances(elements, Literal.class).forEach(literal -> names.add(literal.text()));
    for (List<String> one : globs) {
      for (List<String> other : globs) {
        String begin = longer(one.getFirst(), other.getFirst()) + middle(one) + middle(other);
        String end = longer(one.getLast(), other.getLast());
        names.add(begin + end);
        names.add(begin + EXAMPLE + end);
      }
    }
    names.remove("");
    return names;
  }

  private static <T> List<T> instances(Collection<SegmentPattern> elements, Class<T> type) {
    return elements.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static String middle(List<String> glob) {
    return String.join("", glob.subList(1, glob.size() - 1));
  }

  private static String longer(String one, String other) {
    return one.length() >= other.length() ? one : other;
  }
}
