package updategateway.policy.catalog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Goes through every combination of patterns that some path matches.
 *
 * <p>Paths are endless, but patterns tell only so many kinds of segments apart, and after any
 * segments only so many things are still possible: every pattern's places at which it may be.
 * Walking from each such state with one segment of each kind reaches every combination, with a path
 * that shows it.
 */
final class PatternIntersections {
  /** Beyond so many steps the answer would take longer than it is worth. */
  private static final int MOST_STEPS = 2_000_000;

  private static final int NONE = -1;

  /** Of two parts with encoded slashes; the first ones tell them apart, more only takes longer. */
  private static final int MOST_SLASHED_NAMES = 1_000;

  private static final List<String> WORDS = List.of("example", "other", "Other_1", "x-1", "0");

  private final List<PathPattern> patterns;

  /** Of each pattern, the number of its first place; a pattern has one more place than parts. */
  private final int[] offsets;

  private final List<String> segments;
  private int steps;

  /**
   * @param patterns each once
   */
  PatternIntersections(List<PathPattern> patterns) {
    this.patterns = List.copyOf(patterns);
    this.offsets = new int[patterns.size() + 1];
    for (int i = 0; i < patterns.size(); i++) {
      offsets[i + 1] = offsets[i] + patterns.get(i).length() + 1;
    }
    this.segments = segments(patterns);
  }

  /** Is shown every combination, mostly more than once. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Looks at a path.
     *
     * @param matching the numbers of the patterns that match the path
     * @param path the segments of one such path
     * @return whether to go on
     */
    boolean visit(BitSet matching, List<String> path);
  }

  /** Goes through all; false when they are too many, and not all were shown. */
  boolean walk(Visitor visitor) {
    return walk(patterns.size(), NONE, visitor);
  }

  /**
   * Goes through the paths that one pattern matches, with that pattern and those before it; false
   * when they are too many, and not all were shown.
   */
  boolean walk(int required, Visitor visitor) {
    return walk(required + 1, required, visitor);
  }

  private boolean walk(int count, int required, Visitor visitor) {
    BitSet start = new BitSet();
    for (int i = 0; i < count; i++) {
      add(start, i, 0);
    }
    Set<BitSet> seen = new HashSet<>();
    seen.add(start);
    Deque<Walked> open = new ArrayDeque<>();
    open.add(new Walked(start, List.of()));
    while (!open.isEmpty()) {
      Walked walked = open.remove();
      if (goesOn(required, walked, "") && !show(required, step(walked, ""), visitor)) {
        return true;
      }
      for (String segment : segments) {
        if (!goesOn(required, walked, segment)) {
          continue;
        }
        if (++steps > MOST_STEPS) {
          return false;
        }
        Walked next = step(walked, segment);
        if (!show(required, next, visitor)) {
          return true;
        }
        if (seen.add(next.places())) {
          open.add(next);
        }
      }
    }
    return true;
  }

  /** Whether the pattern may still match after another segment. */
  private boolean goesOn(int required, Walked walked, String segment) {
    if (required == NONE) {
      return true;
    }
    PathPattern pattern = patterns.get(required);
    int begin = offsets[required];
    for (int at = walked.places().nextSetBit(begin);
        at >= 0 && at < begin + pattern.length();
        at = walked.places().nextSetBit(at + 1)) {
      if (pattern.fits(at - begin, segment)) {
        return true;
      }
    }
    return false;
  }

  /** Where each pattern may be after some segments of a path. */
  private record Walked(BitSet places, List<String> path) {}

  private Walked step(Walked walked, String segment) {
    BitSet next = new BitSet();
    int pattern = 0;
    for (int at = walked.places().nextSetBit(0); at >= 0; at = walked.places().nextSetBit(at + 1)) {
      while (at >= offsets[pattern + 1]) {
        pattern++;
      }
      int part = at - offsets[pattern];
      PathPattern tried = patterns.get(pattern);
      if (part == tried.length()) {
        continue;
      }
      if (tried.fits(part, segment)) {
        add(next, pattern, tried.isAnySegments(part) ? part : part + 1);
      }
    }
    List<String> path = new ArrayList<>(walked.path());
    path.add(segment);
    return new Walked(next, path);
  }

  /** A run of any number of segments may also be over at once. */
  private void add(BitSet places, int pattern, int part) {
    places.set(offsets[pattern] + part);
    PathPattern tried = patterns.get(pattern);
    for (int p = part; p < tried.length() && tried.isAnySegments(p); p++) {
      places.set(offsets[pattern] + p + 1);
    }
  }

  /** Whether to go on. */
  private boolean show(int required, Walked walked, Visitor visitor) {
    if (required != NONE && !walked.places().get(offsets[required + 1] - 1)) {
      return true;
    }
    BitSet matching = new BitSet();
    int pattern = 0;
    BitSet places = walked.places();
    for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
      while (at >= offsets[pattern + 1]) {
        pattern++;
      }
      if (at == offsets[pattern + 1] - 1) {
        matching.set(pattern);
      }
    }
    return visitor.visit(matching, walked.path());
  }

  /** One segment of each kind that the patterns tell apart. */
  private static List<String> segments(List<PathPattern> patterns) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (PathPattern pattern : patterns) {
      for (int i = 0; i < pattern.length(); i++) {
        if (!pattern.isAnySegments(i)) {
          parts.putIfAbsent(pattern.part(i), new Part(pattern, i));
        }
      }
    }
    List<Part> several = parts.values().stream().filter(part -> !part.isLiteral()).toList();
    Map<String, Integer> literals = new HashMap<>();
    parts.forEach((written, part) -> {
      if (part.isLiteral()) {
        literals.put(written, several.size() + literals.size());
      }
    });
    Map<BitSet, String> byKind = new HashMap<>();
    Set<String> chosen = new LinkedHashSet<>();
    for (String candidate : candidates(parts.keySet())) {
      BitSet kind = new BitSet();
      int n = 0;
      for (Part part : several) {
        kind.set(n++, part.pattern().fits(part.index(), candidate));
      }
      Integer literal = literals.get(candidate);
      if (literal != null) {
        kind.set(literal);
      }
      if (byKind.putIfAbsent(kind, candidate) == null) {
        chosen.add(candidate);
      }
    }
    return List.copyOf(chosen);
  }

  private record Part(PathPattern pattern, int index) {
    /** Whether it fits the segment that is written, and no other. */
    boolean isLiteral() {
      return pattern.parts().get(index) instanceof PathPattern.Literal;
    }
  }

  private static Set<String> candidates(Collection<String> parts) {
    Map<Boolean, List<String>> byKind =
        parts.stream().collect(Collectors.partitioningBy(SlashedName::isWritten));
    Set<String> candidates = names(byKind.getOrDefault(false, List.of()));
    List<List<String>> slashed =
        byKind.getOrDefault(true, List.of()).stream()
            .map(part -> SlashedName.of(part).names())
            .map(names -> names.stream().map(Object::toString).toList())
            .toList();
    for (List<String> one : slashed) {
      for (List<String> other : slashed) {
        if (one.size() == other.size()) {
          candidates.addAll(slashedNames(one, other));
        }
      }
    }
    return candidates;
  }

  /** Segments with encoded slashes that fit both of two parts, if any do. */
  private static Set<String> slashedNames(List<String> one, List<String> other) {
    Set<String> joined = Set.of("");
    for (int i = 0; i < one.size(); i++) {
      Set<String> names = names(List.of(one.get(i), other.get(i)));
      String slash = i == 0 ? "" : "/";
      joined =
          joined.stream()
              .flatMap(begin -> names.stream().map(name -> begin + slash + name))
              .limit(MOST_SLASHED_NAMES)
              .collect(Collectors.toCollection(LinkedHashSet::new));
    }
    return joined;
  }

  private static Set<String> names(Collection<String> parts) {
    Set<String> candidates = new LinkedHashSet<>(WORDS);
    List<List<String>> globs =
        parts.stream()
            .filter(part -> part.contains("*"))
            .map(part -> List.of(part.split("\\*", -1)))
            .toList();
    for (List<String> glob : globs) {
      candidates.add(String.join("example", glob));
      candidates.add(String.join("Example_", glob));
      candidates.add(String.join("", glob));
      WORDS.forEach(word -> candidates.add(String.join(word, glob)));
    }
    parts.stream()
        .filter(part -> !part.contains("*") && !part.equals("{product}"))
        .forEach(candidates::add);
    for (List<String> one : globs) {
      for (List<String> other : globs) {
        String begin = longer(one.getFirst(), other.getFirst());
        String end = longer(one.getLast(), other.getLast());
        String middle = middle(one) + middle(other);
        candidates.add(begin + middle + end);
        candidates.add(begin + middle + "example" + end);
      }
    }
    candidates.remove("");
    return candidates;
  }

  private static String middle(List<String> glob) {
    return String.join("", glob.subList(1, glob.size() - 1));
  }

  private static String longer(String one, String other) {
    return one.length() >= other.length() ? one : other;
  }
}
