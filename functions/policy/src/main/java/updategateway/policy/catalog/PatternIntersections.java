package updategateway.policy.catalog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.SegmentPattern.AnySegments;

/**
 * Finds every combination of patterns that some path matches, with such a path.
 *
 * <p>Breadth-first search over the states of a nondeterministic automaton. A state is the set of
 * positions at which the patterns may be after some segments; it is extended by each of the {@link
 * SampleSegments}.
 */
final class PatternIntersections {
  /** Limits the time of all searches together. */
  private static final int MAX_STEPS = 2_000_000;

  private final List<PathPattern> patterns;

  /** The number of the first position of each pattern, which has one more position than parts. */
  private final int[] offsets;

  private final List<String> segments;
  private int steps;

  PatternIntersections(List<PathPattern> patterns) {
    this.patterns = List.copyOf(patterns);
    this.offsets = new int[patterns.size() + 1];
    for (int i = 0; i < patterns.size(); i++) {
      offsets[i + 1] = offsets[i] + patterns.get(i).parts().size() + 1;
    }
    this.segments = SampleSegments.of(patterns);
  }

  /** Receives every combination, mostly more than once. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Receives a path.
     *
     * @param matching the indices of the patterns that match the path
     * @param path the segments of one such path
     * @return whether to continue
     */
    boolean visit(BitSet matching, List<String> path);
  }

  /** Visits all combinations; returns false if they are too many and not all were visited. */
  boolean visitAll(Visitor visitor) {
    return search(patterns.size(), null, visitor);
  }

  /**
   * Visits the combinations of a pattern with those before it; returns false if they are too many
   * and not all were visited.
   */
  boolean visitPathsOf(int pattern, Visitor visitor) {
    return search(pattern + 1, pattern, visitor);
  }

  /**
   * The positions of the patterns after some segments.
   *
   * @param positions the numbers of the positions
   * @param path the segments
   */
  private record State(BitSet positions, List<String> path) {}

  /**
   * @param count the number of patterns to regard, from the first
   * @param required the pattern that has to match; null for none
   */
  private boolean search(int count, @Nullable Integer required, Visitor visitor) {
    BitSet start = new BitSet();
    IntStream.range(0, count).forEach(pattern -> addPosition(start, pattern, 0));
    Set<BitSet> seen = new HashSet<>(Set.of(start));
    Deque<State> open = new ArrayDeque<>(List.of(new State(start, List.of())));
    while (!open.isEmpty()) {
      State state = open.remove();
      // Only the last segment of a path can be empty.
      if (canMatch(required, state, "") && !visit(required, next(state, ""), visitor)) {
        return true;
      }
      for (String segment : segments) {
        if (!canMatch(required, state, segment)) {
          continue;
        }
        if (++steps > MAX_STEPS) {
          return false;
        }
        State next = next(state, segment);
        if (!visit(required, next, visitor)) {
          return true;
        }
        if (seen.add(next.positions())) {
          open.add(next);
        }
      }
    }
    return true;
  }

  /** Returns true if the required pattern has a position that takes the segment. */
  private boolean canMatch(@Nullable Integer required, State state, String segment) {
    if (required == null) {
      return true;
    }
    List<SegmentPattern> parts = patterns.get(required).parts();
    return IntStream.range(0, parts.size())
        .filter(part -> state.positions().get(offsets[required] + part))
        .anyMatch(part -> parts.get(part).matchesSegment(segment));
  }

  private State next(State state, String segment) {
    BitSet next = new BitSet();
    forEachPosition(
        state.positions(),
        (pattern, part) -> {
          List<SegmentPattern> parts = patterns.get(pattern).parts();
          if (part < parts.size() && parts.get(part).matchesSegment(segment)) {
            addPosition(next, pattern, parts.get(part) instanceof AnySegments ? part : part + 1);
          }
        });
    List<String> path = new ArrayList<>(state.path());
    path.add(segment);
    return new State(next, path);
  }

  /** Adds a position, and those behind it that no segment is needed for. */
  private void addPosition(BitSet positions, int pattern, int part) {
    List<SegmentPattern> parts = patterns.get(pattern).parts();
    int last = part;
    while (last < parts.size() && parts.get(last) instanceof AnySegments) {
      last++;
    }
    positions.set(offsets[pattern] + part, offsets[pattern] + last + 1);
  }

  /** Visits the patterns that match; returns whether to continue. */
  private boolean visit(@Nullable Integer required, State state, Visitor visitor) {
    BitSet matching = new BitSet();
    forEachPosition(
        state.positions(),
        (pattern, part) -> {
          if (part == patterns.get(pattern).parts().size()) {
            matching.set(pattern);
          }
        });
    return (required != null && !matching.get(required)) || visitor.visit(matching, state.path());
  }

  @FunctionalInterface
  private interface PositionConsumer {
    void accept(int pattern, int part);
  }

  private void forEachPosition(BitSet positions, PositionConsumer consumer) {
    int pattern = 0;
    for (int at = positions.nextSetBit(0); at >= 0; at = positions.nextSetBit(at + 1)) {
      while (at >= offsets[pattern + 1]) {
        pattern++;
      }
      consumer.accept(pattern, at - offsets[pattern]);
    }
  }
}
