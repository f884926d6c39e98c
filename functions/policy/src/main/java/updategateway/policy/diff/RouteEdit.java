package updategateway.policy.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/**
 * One way in which two catalogs differ as they are written.
 *
 * @param kind what was done
 * @param route the route, as it is written in the catalog that has it; in the later one, where both
 *     do
 * @param from its number in the earlier catalog, from 1; 0 when it is not in it
 * @param to its number in the later catalog, from 1; 0 when it is not in it
 */
public record RouteEdit(Kind kind, Route route, int from, int to) {
  /** What was done to a route. */
  public enum Kind {
    ADDED,
    REMOVED,
    /** Stands before or behind a route now that it stood on the other side of. */
    MOVED,
    /** Takes other file names: {@code names: any} was added or removed. */
    NAMES,
    /** Has another note; nothing else. */
    NOTED
  }

  /** All edits that make the later catalog of the earlier one, in the order of the routes. */
  static List<RouteEdit> between(Catalog before, Catalog after) {
    Map<Written, List<Integer>> old = new HashMap<>();
    List<Route> oldRoutes = before.routes();
    for (int i = 0; i < oldRoutes.size(); i++) {
      old.computeIfAbsent(Written.of(oldRoutes.get(i)), _ -> new ArrayList<>()).add(i);
    }
    List<Route> newRoutes = after.routes();
    int[] origins = new int[newRoutes.size()];
    for (int i = 0; i < origins.length; i++) {
      List<Integer> places = old.getOrDefault(Written.of(newRoutes.get(i)), List.of());
      origins[i] = places.isEmpty() ? -1 : places.removeFirst();
    }
    boolean[] stays = longestAscending(origins);
    List<RouteEdit> edits = new ArrayList<>();
    boolean[] kept = new boolean[oldRoutes.size()];
    for (int i = 0; i < origins.length; i++) {
      Route route = newRoutes.get(i);
      if (origins[i] < 0) {
        edits.add(new RouteEdit(Kind.ADDED, route, 0, i + 1));
        continue;
      }
      kept[origins[i]] = true;
      if (!stays[i]) {
        edits.add(new RouteEdit(Kind.MOVED, route, origins[i] + 1, i + 1));
      }
      if (route.names() != oldRoutes.get(origins[i]).names()) {
        edits.add(new RouteEdit(Kind.NAMES, route, origins[i] + 1, i + 1));
      }
      if (!Objects.equals(route.note(), oldRoutes.get(origins[i]).note())) {
        edits.add(new RouteEdit(Kind.NOTED, route, origins[i] + 1, i + 1));
      }
    }
    for (int i = 0; i < kept.length; i++) {
      if (!kept[i]) {
        edits.add(new RouteEdit(Kind.REMOVED, oldRoutes.get(i), i + 1, 0));
      }
    }
    return List.copyOf(edits);
  }

  /** Which of the numbers belong to one longest ascending sequence; negative ones never do. */
  private static boolean[] longestAscending(int[] numbers) {
    int[] ends = new int[numbers.length];
    int[] previous = new int[numbers.length];
    int length = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0) {
        continue;
      }
      int at = length;
      int low = 0;
      while (low < at) {
        int middle = (low + at) >>> 1;
        if (numbers[ends[middle]] < numbers[i]) {
          low = middle + 1;
        } else {
          at = middle;
        }
      }
      previous[i] = at == 0 ? -1 : ends[at - 1];
      ends[at] = i;
      length = Math.max(length, at + 1);
    }
    boolean[] chosen = new boolean[numbers.length];
    Arrays.fill(chosen, false);
    for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = previous[i]) {
      chosen[i] = true;
    }
    return chosen;
  }

  /** What makes two routes the same one. */
  private record Written(PathPattern path, @Nullable Product product, Activity activity) {
    static Written of(Route route) {
      return new Written(route.path(), route.product(), route.activity());
    }
  }
}
