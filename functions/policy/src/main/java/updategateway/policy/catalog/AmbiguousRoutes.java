package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.RouteAutomaton.Progress;

/**
 * Routes of which an earlier one does not hide a later one that is its rival: a path is all that
 * they say. Found in a time that does not grow with their number. Safe for many threads.
 */
public final class AmbiguousRoutes {
  private final List<Route> all;
  private final List<RouteTarget> targets;
  private final Rivals rivals;
  private final RouteAutomaton routes;

  private AmbiguousRoutes(List<Route> routes, Rivals rivals) {
    this.all = List.copyOf(routes);
    this.targets = RouteTarget.of(routes, List.of());
    this.rivals = rivals;
    this.routes =
        new RouteAutomaton(routes, route -> Math.max(route, rivals.lastRival(route)), List.of());
  }

  /** Which routes are rivals, by their numbers in order. Safe for many threads. */
  public interface Rivals {
    /** Whether two are, whichever stands first. */
    boolean areRivals(int one, int other);

    /** The last rival of a route, or any route behind it; -1 for none. */
    int lastRival(int route);
  }

  /** Makes routes ready. */
  public static AmbiguousRoutes of(List<Route> routes, Rivals rivals) {
    return new AmbiguousRoutes(routes, rivals);
  }

  /**
   * All that the path may be: what each route says that matches, and whose rivals all earlier ones
   * are that match; {@link Classification#UNCLASSIFIED} alone when no route matches. Immutable.
   *
   * @param segments as {@link RouteMatcher#classify} takes them
   */
  public Set<Classification> classify(List<String> segments) {
    if (PathPattern.hasEncodedSlash(segments)) {
      return answer(matching(segments)).classifications(segments);
    }
    Progress end = routes.walk(segments);
    Answer answer = end.answer;
    if (answer == null) {
      // Without a lock: an answer is immutable, and whoever misses it makes an equal one.
      answer = answer(end.routes());
      end.answer = answer;
    }
    return answer.classifications(segments);
  }

  private Answer answer(int[] matching) {
    return new Answer(heard(matching).stream().map(targets::get).toList());
  }

  private int[] matching(List<String> segments) {
    return IntStream.range(0, all.size())
        .filter(route -> all.get(route).path().matches(segments))
        .toArray();
  }

  /** Of routes that match, those that none hides. */
  private List<Integer> heard(int[] matching) {
    List<Integer> heard = new ArrayList<>();
    for (int i = 0; i < matching.length; i++) {
      int earlier = 0;
      while (earlier < i && rivals.areRivals(matching[i], matching[earlier])) {
        earlier++;
      }
      if (earlier == i) {
        heard.add(matching[i]);
      }
    }
    return heard;
  }

  /** What some routes make of the paths that they match. Immutable. */
  static final class Answer {
    private final List<RouteTarget> targets;

    /** The same for every path; null where a path names a product. */
    private final @Nullable Set<Classification> always;

    private Answer(List<RouteTarget> targets) {
      this.targets = targets;
      Set<Classification> all = new HashSet<>();
      boolean named = false;
      for (RouteTarget target : targets) {
        Classification classification = target.always();
        if (classification == null) {
          named = true;
        } else {
          all.add(classification);
        }
      }
      if (targets.isEmpty()) {
        all.add(Classification.UNCLASSIFIED);
      }
      this.always = named ? null : Set.copyOf(all);
    }

    private Set<Classification> classifications(List<String> segments) {
      if (always != null) {
        return always;
      }
      Set<Classification> all = new HashSet<>();
      for (RouteTarget target : targets) {
        all.add(target.classification(segments));
      }
      return Set.copyOf(all);
    }
  }
}
