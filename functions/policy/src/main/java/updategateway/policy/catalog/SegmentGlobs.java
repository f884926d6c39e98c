package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Some globs within a segment, such as {@code *.cvd} and {@code daily-*.diff}, tried all at once: a
 * segment is read once, character by character, however many there are.
 *
 * <p>The globs are a tree of characters in which a star is a node that stays. Reading keeps the set
 * of nodes in which some glob may be; each set that occurs is made once, and remembered with the
 * set that each character leads to (the lazy subset construction that grep and RE2 use: Russ Cox,
 * "Regular Expression Matching in the Wild"). Safe for many threads.
 */
final class SegmentGlobs {
  private static final int ASCII = 128;

  private final Budget budget;

  /** Of each character the number of its kind; 0 for all that no glob mentions. */
  private final int[] kindOfAscii = new int[ASCII];

  private final char[] others;
  private final int kinds;
  private final Map<List<Integer>, Reading> readings = new ConcurrentHashMap<>();
  private final Map<List<Integer>, Fit> fits = new ConcurrentHashMap<>();
  private final Reading start;

  SegmentGlobs(Collection<Map<PathPattern.Glob, RouteNode>> globs, Budget budget) {
    this.budget = budget;
    TreeSet<Character> mentioned = new TreeSet<>();
    Tree tree = new Tree();
    for (Map<PathPattern.Glob, RouteNode> some : globs) {
      some.forEach((glob, node) -> tree.add(glob, node, mentioned));
    }
    int kind = 0;
    StringBuilder beyondAscii = new StringBuilder();
    for (char c : mentioned) {
      kind++;
      if (c < ASCII) {
        kindOfAscii[c] = kind;
      } else {
        beyondAscii.append(c);
      }
    }
    this.others = beyondAscii.toString().toCharArray();
    this.kinds = kind + 1;
    this.start = reading(List.of(tree.root));
  }

  /** Which of them fit a segment that is not empty. */
  Fit fit(String segment) {
    Reading reading = start;
    for (int i = 0; i < segment.length() && !reading.isSettled(); i++) {
      char c = segment.charAt(i);
      int kind = kind(c);
      // Without a lock: a reading is immutable but for these, and whoever misses one makes it
      // again.
      Reading next = kind < reading.next.length ? reading.next[kind] : null;
      reading = next == null ? step(reading, c, kind) : next;
    }
    return reading.fit;
  }

  private int kind(char c) {
    if (c < ASCII) {
      return kindOfAscii[c];
    }
    int found = Arrays.binarySearch(others, c);
    return found < 0 ? 0 : kinds - others.length + found;
  }

  private Reading step(Reading from, char c, int kind) {
    List<TextNode> reached = new ArrayList<>();
    for (TextNode node : from.nodes) {
      if (node.loops) {
        reached.add(node);
      }
      TextNode next = node.next.get(c);
      if (next != null) {
        reached.add(next);
      }
    }
    Reading made = reading(reached);
    if (made.lasting && kind < from.next.length) {
      from.next[kind] = made;
    }
    return made;
  }

  private Reading reading(List<TextNode> reached) {
    TreeMap<Integer, TextNode> nodes = new TreeMap<>();
    for (TextNode node : reached) {
      nodes.put(node.id, node);
      if (node.star != null) {
        nodes.put(node.star.id, node.star);
      }
    }
    List<Integer> ids = List.copyOf(nodes.keySet());
    Reading known = readings.get(ids);
    if (known != null) {
      return known;
    }
    boolean lasting = budget.take(kinds + 2 * ids.size() + 8);
    Reading made =
        new Reading(
            nodes.values().toArray(TextNode[]::new),
            fit(nodes.values(), lasting),
            lasting ? kinds : 0,
            lasting);
    if (!lasting) {
      return made;
    }
    Reading earlier = readings.putIfAbsent(ids, made);
    return earlier == null ? made : earlier;
  }

  private Fit fit(Collection<TextNode> nodes, boolean lasting) {
    List<RouteNode> ended =
        nodes.stream()
            .flatMap(node -> node.ends.stream())
            .distinct()
            // No comparator of the JDK, which no AOT cache keeps: a start passes here.
            .sorted((one, other) -> Integer.compare(one.id, other.id))
            .toList();
    if (ended.isEmpty()) {
      return Fit.NONE;
    }
    return lasting
        ? fits.computeIfAbsent(
            ended.stream().map(node -> node.id).toList(), _ -> new Fit(ended, true))
        : new Fit(ended, false);
  }

  /** Those that fit a segment; one object for one set, as long as it is lasting. */
  static final class Fit {
    static final Fit NONE = new Fit(List.of(), true);

    /** Behind the globs that fit. */
    final List<RouteNode> nodes;

    /** Whether it will be this object again. */
    final boolean lasting;

    /** Stands for the same globs and a segment that can name a product. */
    final Object named = new Object();

    private Fit(List<RouteNode> nodes, boolean lasting) {
      this.nodes = nodes;
      this.lasting = lasting;
    }
  }

  /** What may still be after some characters. */
  private static final class Reading {
    final TextNode[] nodes;
    final Fit fit;
    final @Nullable Reading[] next;
    final boolean lasting;
    private final boolean settled;

    Reading(TextNode[] nodes, Fit fit, int kinds, boolean lasting) {
      this.nodes = nodes;
      this.fit = fit;
      this.next = new Reading[kinds];
      this.lasting = lasting;
      this.settled =
          Arrays.stream(nodes).allMatch(node -> node.next.isEmpty())
              && Arrays.stream(nodes).allMatch(node -> node.loops || node.ends.isEmpty());
    }

    /** Whether no further character changes anything. */
    boolean isSettled() {
      return settled;
    }
  }

  private static final class TextNode {
    final int id;
    final boolean loops;
    final Map<Character, TextNode> next = new HashMap<>();
    @Nullable TextNode star;
    final List<RouteNode> ends = new ArrayList<>();

    TextNode(int id, boolean loops) {
      this.id = id;
      this.loops = loops;
    }
  }

  private static final class Tree {
    private int size;
    final TextNode root = new TextNode(size++, false);

    void add(PathPattern.Glob glob, RouteNode target, Collection<Character> mentioned) {
      TextNode node = root;
      for (int i = 0; i < glob.texts().size(); i++) {
        if (i > 0 && !node.loops) {
          if (node.star == null) {
            node.star = new TextNode(size++, true);
          }
          node = node.star;
        }
        String text = glob.texts().get(i);
        for (int c = 0; c < text.length(); c++) {
          mentioned.add(text.charAt(c));
          node = node.next.computeIfAbsent(text.charAt(c), _ -> new TextNode(size++, false));
        }
      }
      node.ends.add(target);
    }
  }
}
