package updategateway.policy.decision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import updategateway.place.CidrBlock;
import updategateway.policy.model.Correction;

/**
 * The corrections around each address of one family. Two ranges are apart, or one holds the other,
 * so that all addresses are cut into stretches with the same ranges around them; finding the one of
 * an address is a search among their beginnings, without allocation. Immutable.
 */
final class CorrectedRanges {
  /** The upper and lower 64 bits of the first address of each stretch, unsigned and ascending. */
  private final long[] high;

  private final long[] low;

  /** Around each stretch, those of the smallest range first. */
  private final List<List<Correction>> around;

  /**
   * @param byRange in any order; those of the other family do not count
   */
  CorrectedRanges(Map<CidrBlock, List<Correction>> byRange, boolean ipv6) {
    List<Range> ranges = new ArrayList<>();
    byRange.forEach((range, corrections) -> {
      if (range.isIpv6() == ipv6) {
        ranges.add(Range.of(range, corrections));
      }
    });
    // The outer of two that begin alike first.
    ranges.sort((one, other) -> {
      int order = compare(one.high, one.low, other.high, other.low);
      return order != 0 ? order : Integer.compare(one.length, other.length);
    });
    Stretches stretches = new Stretches();
    Deque<Range> open = new ArrayDeque<>();
    for (Range range : ranges) {
      while (!open.isEmpty() && open.getLast().endsBefore(range)) {
        stretches.endOf(open.removeLast(), open.peekLast());
      }
      Range outer = open.peekLast();
      if (outer != null) {
        range.around.addAll(outer.around);
      }
      open.addLast(range);
      stretches.begin(range.high, range.low, range.around);
    }
    while (!open.isEmpty()) {
      stretches.endOf(open.removeLast(), open.peekLast());
    }
    this.high = stretches.high.stream().mapToLong(Long::longValue).toArray();
    this.low = stretches.low.stream().mapToLong(Long::longValue).toArray();
    this.around = stretches.around.stream().map(List::copyOf).toList();
  }

  private static int compare(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compareUnsigned(high, otherHigh);
    return order != 0 ? order : Long.compareUnsigned(low, otherLow);
  }

  /** Those around an address, given by its bits; of the smallest range first. */
  List<Correction> around(long highBits, long lowBits) {
    int from = 0;
    int to = high.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (compare(high[middle], low[middle], highBits, lowBits) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from == 0 ? List.of() : around.get(from - 1);
  }

  /** With its first and its last address, and all corrections of it and of those around it. */
  private record Range(
      long high, long low, long lastHigh, long lastLow, int length, List<Correction> around) {
    static Range of(CidrBlock range, List<Correction> corrections) {
      byte[] first = range.network().bytes();
      long high = AddressBits.high(first);
      long low = AddressBits.low(first);
      int free = (range.isIpv6() ? 2 * Long.SIZE : Integer.SIZE) - range.prefixLength();
      return new Range(
          high,
          low,
          high | ones(free - Long.SIZE),
          low | ones(free),
          range.prefixLength(),
          new ArrayList<>(corrections));
    }

    private static long ones(int count) {
      return count <= 0 ? 0 : count >= Long.SIZE ? -1 : (1L << count) - 1;
    }

    boolean endsBefore(Range other) {
      return compare(lastHigh, lastLow, other.high, other.low) < 0;
    }
  }

  /** While they are found, in order. */
  private static final class Stretches {
    final List<Long> high = new ArrayList<>();
    final List<Long> low = new ArrayList<>();
    final List<List<Correction>> around = new ArrayList<>();

    void begin(long highBits, long lowBits, List<Correction> corrections) {
      int last = around.size() - 1;
      if (last >= 0 && high.get(last) == highBits && low.get(last) == lowBits) {
        around.set(last, corrections);
        return;
      }
      high.add(highBits);
      low.add(lowBits);
      around.add(corrections);
    }

    /** Behind the last address of a range there is what is around it, to the end of that. */
    void endOf(Range range, @Nullable Range outer) {
      long nextLow = range.lastLow + 1;
      long nextHigh = nextLow == 0 ? range.lastHigh + 1 : range.lastHigh;
      if (nextLow != 0 || nextHigh != 0) {
        begin(nextHigh, nextLow, outer == null ? List.of() : outer.around);
      }
    }
  }
}
