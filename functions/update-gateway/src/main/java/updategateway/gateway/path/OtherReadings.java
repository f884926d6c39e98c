package updategateway.gateway.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * What an origin might open for a path when it reads more into it than RFC 3986 allows. The gateway
 * has one reading and sends that; but it does not know the origin, and a name that one origin takes
 * as it is (`report;.txt`) is another file to the next (`report`).
 *
 * <p>Each {@link Leniency} is tried on each reading that another brought out, until there is
 * nothing new: so in every order and combination, and each as often as it changes anything. Dot
 * segments that come out are resolved as a file system would. One leniency is tried on a path as a
 * whole: that an origin takes one name leniently and the next strictly is tried for the last name
 * alone.
 */
public final class OtherReadings {
  /** A path that can be read in more ways than this is asking for trouble, not for an artifact. */
  private static final int MOST = 256;

  /**
   * Of all readings together. Each leniency goes through each reading, so that this bounds the work
   * for a path: no request may cost more than a hundred times the usual one.
   */
  private static final int MOST_CHARACTERS = 3_000;

  private static final List<Leniency> LENIENCIES = List.of(Leniency.values());

  /** Stands for an encoded slash, so that it is a part of a name: a character of private use. */
  private static final char SLASH_IN_A_NAME = '\ue000';

  private OtherReadings() {}

  /**
   * All readings, the path's own included, as decoded segments.
   *
   * @throws MalformedPathException when there are too many to look at
   */
  public static Set<List<String>> of(RequestPath path) throws MalformedPathException {
    Set<String> found = new LinkedHashSet<>();
    Queue<String> fresh = new ArrayDeque<>();
    boolean encodedSlash = path.hasEncodedSlash();
    found.add("/" + String.join("/", path.segments()));
    if (encodedSlash) {
      found.add(joined(path.segments()));
    }
    fresh.addAll(found);
    int characters = 0;
    while (!fresh.isEmpty()) {
      String reading = fresh.remove();
      characters += reading.length();
      if (found.size() > MOST || characters > MOST_CHARACTERS) {
        throw new MalformedPathException("can be read in too many ways for its length");
      }
      for (Leniency leniency : LENIENCIES) {
        String other = leniency.read(reading);
        if (found.add(other)) {
          fresh.add(other);
        }
      }
    }
    Set<List<String>> readings = new LinkedHashSet<>();
    found.forEach(
        reading -> readings.add(encodedSlash ? withSlashes(resolved(reading)) : resolved(reading)));
    return readings;
  }

  private static String joined(List<String> segments) {
    StringBuilder joined = new StringBuilder();
    for (String segment : segments) {
      joined.append('/').append(segment.replace('/', SLASH_IN_A_NAME));
    }
    return joined.toString();
  }

  private static List<String> withSlashes(List<String> segments) {
    return segments.stream().map(segment -> segment.replace(SLASH_IN_A_NAME, '/')).toList();
  }

  /** The same reading as it is to an origin that does not tell upper from lower case. */
  public static List<String> folded(List<String> segments) {
    String joined = joined(segments);
    List<String> folded = resolved(Leniency.folded(joined));
    return joined.indexOf(SLASH_IN_A_NAME) < 0 ? folded : withSlashes(folded);
  }

  /** A pattern, or any other text with slashes, as such an origin would take it. */
  public static String folded(String text) {
    return Leniency.folded(text);
  }

  /** Without dot segments and empty ones; a slash at the end stays. */
  static List<String> resolved(String path) {
    List<String> resolved = new ArrayList<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "", "." -> {
          if (last) {
            resolved.add("");
          }
        }
        case ".." -> {
          if (!resolved.isEmpty()) {
            resolved.removeLast();
          }
          if (last) {
            resolved.add("");
          }
        }
        default -> resolved.add(segments[i]);
      }
    }
    return resolved;
  }
}
