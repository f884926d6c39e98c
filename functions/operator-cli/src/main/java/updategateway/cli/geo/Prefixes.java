package updategateway.cli.geo;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import updategateway.place.IpAddress;

/**
 * Runs of networks of 48 bits, from which one can be drawn by chance: in all of IPv6 chance would
 * never meet an address that is used.
 */
final class Prefixes {
  private static final int BELOW = 16;

  private long[] firsts = new long[1 << 12];
  private long[] ends = new long[1 << 12];
  private int count;

  /**
   * Adds a run.
   *
   * @param first the upper 64 bits of its first address
   * @param last the upper 64 bits of its last address
   */
  void add(long first, long last) {
    if (count == firsts.length) {
      firsts = Arrays.copyOf(firsts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    firsts[count] = first >>> BELOW;
    ends[count] = (count == 0 ? 0 : ends[count - 1]) + (last >>> BELOW) - (first >>> BELOW) + 1;
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The first address of a network, each as likely as the others. */
  IpAddress draw(RandomGenerator random) {
    long n = random.nextLong(ends[count - 1]);
    int at = Arrays.binarySearch(ends, 0, count, n);
    int run = at >= 0 ? at + 1 : -at - 1;
    long prefix = firsts[run] + n - (run == 0 ? 0 : ends[run - 1]);
    return new IpAddress(true, prefix << BELOW, 0);
  }
}
