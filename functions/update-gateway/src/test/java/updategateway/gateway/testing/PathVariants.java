package updategateway.gateway.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files that an origin with any combination of {@link PathQuirk}s might open for a path: each
 * quirk is applied to each path that another brought out, until nothing new is found. What comes
 * out is resolved as a file system does, and compared with the case of letters ignored.
 */
public final class PathVariants {
  /** Paths for one request; what the gateway serves to a covered client has few. */
  private static final int MAX_VARIANTS = 5_000;

  private static final List<PathQuirk> QUIRKS = List.of(PathQuirk.values());

  private PathVariants() {}

  /** Returns the files of {@link FileServer#FILES} that some combination opens for a raw path. */
  public static Set<String> opened(String rawPath) {
    Set<String> found = new LinkedHashSet<>();
    Queue<String> fresh = new ArrayDeque<>();
    String decoded = PathQuirk.DECODES_AGAIN.apply(rawPath);
    found.add(decoded);
    fresh.add(decoded);
    while (!fresh.isEmpty()) {
      String path = fresh.remove();
      if (found.size() > MAX_VARIANTS) {
        throw new AssertionError("too many variants of " + rawPath);
      }
      for (PathQuirk quirk : QUIRKS) {
        String other = quirk.apply(path);
        if (found.add(other)) {
          fresh.add(other);
        }
      }
    }
    Set<String> folded = found.stream().map(PathVariants::folded).collect(Collectors.toSet());
    return FileServer.FILES.stream()
        .filter(file -> folded.contains(folded(file)))
        .collect(Collectors.toSet());
  }

  private static String folded(String path) {
    List<String> names = resolved(PathQuirk.folded(path));
    if (!names.isEmpty() && names.getLast().isEmpty()) {
      names.removeLast();
    }
    return String.join("/", names);
  }

  /** Returns a path's segments without dot segments and empty ones; a slash at the end stays. */
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
