package updategateway.policy.decision;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The timelines that were asked for, each by a number that stands for its question. Safe for many
 * threads; finding one neither locks nor allocates.
 *
 * <p>An open hash table, because the maps of the JDK have no {@code long} for a key.
 */
final class Timelines {
  private static final int FEWEST = 64;

  /**
   * In the size of a reference. Bounds the memory that callers can make us use by asking for ever
   * new combinations: beyond that all are forgotten, and what is asked again is made again.
   */
  private static final long MOST_WORDS = 1L << 22;

  private static final int WORDS_OF_AN_ENTRY = 8;

  private final AtomicInteger lastId = new AtomicInteger();
  private volatile @Nullable Entry[] entries = new Entry[FEWEST];
  private int size;
  private long words;

  /**
   * An id for a new timeline, unlike any before, forgotten ones included; 0 when there are no more:
   * then it cannot be kept.
   */
  int nextId() {
    int before = lastId.getAndUpdate(id -> id == Integer.MAX_VALUE ? id : id + 1);
    return before == Integer.MAX_VALUE ? 0 : before + 1;
  }

  /** The timeline kept by this key, which is not 0; null when there is none. */
  @Nullable Timeline get(long key) {
    @Nullable Entry[] table = entries;
    int mask = table.length - 1;
    int at = hash(key) & mask;
    Entry entry = table[at];
    while (entry != null) {
      if (entry.key == key) {
        return entry.timeline;
      }
      at = (at + 1) & mask;
      entry = table[at];
    }
    return null;
  }

  /** Keeps a timeline with an id; gives back the one that is kept, maybe from another thread. */
  synchronized Timeline keep(long key, Timeline timeline) {
    Timeline earlier = get(key);
    if (earlier != null || timeline.id == 0) {
      return earlier == null ? timeline : earlier;
    }
    words += timeline.words() + WORDS_OF_AN_ENTRY;
    if (words > MOST_WORDS) {
      entries = new Entry[FEWEST];
      size = 0;
      words = timeline.words() + WORDS_OF_AN_ENTRY;
    }
    @Nullable Entry[] table = entries;
    if (2 * (size + 1) > table.length) {
      table = new Entry[2 * table.length];
      for (Entry entry : entries) {
        if (entry != null) {
          put(entry, table);
        }
      }
    }
    put(new Entry(key, timeline), table);
    size++;
    // Readers of the same table may miss the new entry for a while, and then come here.
    entries = table;
    return timeline;
  }

  private static void put(Entry entry, @Nullable Entry[] table) {
    int mask = table.length - 1;
    int at = hash(entry.key) & mask;
    while (table[at] != null) {
      at = (at + 1) & mask;
    }
    table[at] = entry;
  }

  /** The finalizer of MurmurHash3: each bit of the key moves every bit of the hash. */
  private static int hash(long key) {
    long mixed = (key ^ (key >>> 33)) * 0xff51afd7ed558ccdL;
    return (int) (mixed ^ (mixed >>> 33));
  }

  private static final class Entry {
    final long key;
    final Timeline timeline;

    Entry(long key, Timeline timeline) {
      this.key = key;
      this.timeline = timeline;
    }
  }
}
