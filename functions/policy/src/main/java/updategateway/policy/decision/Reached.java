package updategateway.policy.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.Scope;
import updategateway.policy.model.ScopeBasis;
import updategateway.policy.model.UndeterminedAction;

/**
 * Which policies reach a client by one piece of evidence, of those that are about every product
 * that nobody names, and how many of them hold when. Immutable.
 */
final class Reached {
  /** The first class of places that they reach; others may be reached by the same. */
  final int placeClass;

  private final List<Restriction> all;
  private final BitSet refusing;
  private final BitSet doubtful;
  private final long[] starts;

  /** How many hold from each start on. */
  private final int[] refusals;

  private final int[] doubts;

  /** The last instant at which a registration can change anything of them. */
  private final long registrationsMatterUntil;

  /** How many there are of which that is the end. */
  private final int untilThen;

  Reached(int placeClass, List<Restriction> all, BitSet refusing, BitSet doubtful) {
    this.placeClass = placeClass;
    this.all = all;
    this.refusing = refusing;
    this.doubtful = doubtful;
    this.starts =
        orBeginning(
            Stream.concat(courses(refusing).stream(), courses(doubtful).stream())
                .flatMapToLong(course -> Arrays.stream(course.starts)));
    this.refusals = new int[starts.length];
    this.doubts = new int[starts.length];
    count(courses(refusing), 1, starts, refusals);
    count(courses(doubtful), 1, starts, doubts);
    sum(refusals);
    sum(doubts);
    long until = Long.MIN_VALUE;
    int ends = 0;
    for (int i = 0; i < all.size(); i++) {
      if (mayMatter(i)) {
        long end = all.get(i).end();
        ends = end > until ? 1 : end == until ? ends + 1 : ends;
        until = Math.max(until, end);
      }
    }
    this.registrationsMatterUntil = until;
    this.untilThen = ends;
  }

  private List<Restriction.Course> courses(BitSet some) {
    List<Restriction.Course> courses = new ArrayList<>();
    for (int i = some.nextSetBit(0); i >= 0; i = some.nextSetBit(i + 1)) {
      courses.add(all.get(i).courseOfOthers());
    }
    return courses;
  }

  private static long[] orBeginning(LongStream starts) {
    long[] ordered = starts.sorted().distinct().toArray();
    return ordered.length == 0 ? new long[] {Long.MIN_VALUE} : ordered;
  }

  /** Adds to each start by how many more hold from then on than before. */
  private static void count(
      List<Restriction.Course> courses, int each, long[] starts, int[] changes) {
    for (Restriction.Course course : courses) {
      boolean held = false;
      for (int i = 0; i < course.starts.length; i++) {
        boolean holds = course.phases[i] != null;
        if (holds != held) {
          changes[Timeline.indexOf(starts, course.starts[i])] += holds ? each : -each;
        }
        held = holds;
      }
    }
  }

  private static void sum(int[] changes) {
    for (int i = 1; i < changes.length; i++) {
      changes[i] += changes[i - 1];
    }
  }

  /** Whether a registration may make the client one whom it reaches, and he is none yet. */
  private boolean mayMatter(int restriction) {
    return !refusing.get(restriction)
        && all.get(restriction).policy.scope().subjects().contains(ScopeBasis.REGISTERED);
  }

  /** In the size of a reference. */
  long words() {
    return 64 + all.size() / 16 + 4L * starts.length;
  }

  /**
   * The decisions on products of one class.
   *
   * @param id of the timeline
   * @param reach whom a scope reaches by the evidence
   */
  Timeline timeline(
      int id, ProductClass products, ScopeBasis subject, Function<Scope, Coverage> reach) {
    List<Restriction.Course> ownRefusing = new ArrayList<>();
    List<Restriction.Course> ownDoubtful = new ArrayList<>();
    long until = registrationsMatterUntil(products);
    for (int i = 0; i < products.own.size(); i++) {
      Restriction restriction = products.own.get(i);
      Scope scope = restriction.policy.scope();
      Coverage reached = reach.apply(scope);
      if (reached == Coverage.IN) {
        ownRefusing.add(products.courses.get(i));
        continue;
      }
      if (scope.subjects().contains(ScopeBasis.REGISTERED)) {
        until = Math.max(until, restriction.end());
      }
      if (reached == Coverage.UNKNOWN
          && restriction.policy.undetermined() == UndeterminedAction.REFUSE) {
        ownDoubtful.add(products.courses.get(i));
      }
    }
    long[] all = starts;
    if (!ownRefusing.isEmpty() || !ownDoubtful.isEmpty()) {
      all =
          orBeginning(
              LongStream.concat(
                  Arrays.stream(starts),
                  Stream.concat(ownRefusing.stream(), ownDoubtful.stream())
                      .flatMapToLong(course -> Arrays.stream(course.starts))));
    }
    Outcome[] outcomes =
        outcomes(
            all,
            inForce(all, refusals, refusing, products, ownRefusing),
            inForce(all, doubts, doubtful, products, ownDoubtful));
    return Timeline.of(
        id,
        refusing.cardinality() + doubtful.cardinality() + products.own.size(),
        all,
        outcomes,
        (outcome, epochMilli) ->
            outcome == Outcome.REFUSE
                ? grounds(refusing, products, ownRefusing, subject, epochMilli)
                : grounds(doubtful, products, ownDoubtful, subject, epochMilli),
        until);
  }

  private static Outcome[] outcomes(long[] starts, int[] refusals, int[] doubts) {
    Outcome[] outcomes = new Outcome[starts.length];
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] =
          refusals[i] > 0 ? Outcome.REFUSE : doubts[i] > 0 ? Outcome.UNDETERMINED : Outcome.SERVE;
    }
    return outcomes;
  }

  /** How many hold for the products from each start on. */
  private int[] inForce(
      long[] all,
      int[] counts,
      BitSet reached,
      ProductClass products,
      List<Restriction.Course> own) {
    int[] changes = new int[all.length];
    List<Restriction.Course> without = new ArrayList<>();
    for (int restriction : products.without) {
      if (reached.get(restriction)) {
        without.add(this.all.get(restriction).courseOfOthers());
      }
    }
    count(without, -1, all, changes);
    count(own, 1, all, changes);
    sum(changes);
    for (int i = 0, here = 0; i < all.length; i++) {
      while (here + 1 < starts.length && starts[here + 1] <= all[i]) {
        here++;
      }
      changes[i] += counts[here];
    }
    return changes;
  }

  private long registrationsMatterUntil(ProductClass products) {
    int left = untilThen;
    for (int restriction : products.without) {
      if (mayMatter(restriction) && all.get(restriction).end() == registrationsMatterUntil) {
        left--;
      }
    }
    if (left > 0 || untilThen == 0) {
      return registrationsMatterUntil;
    }
    // None of those that end last is about the products: which of the others does?
    long until = Long.MIN_VALUE;
    for (int i = 0; i < all.size(); i++) {
      if (mayMatter(i) && Arrays.binarySearch(products.without, i) < 0) {
        until = Math.max(until, all.get(i).end());
      }
    }
    return until;
  }

  private List<RefusalReason> grounds(
      BitSet reached,
      ProductClass products,
      List<Restriction.Course> own,
      ScopeBasis subject,
      long epochMilli) {
    List<RefusalReason> grounds = new ArrayList<>();
    int[] without = products.without;
    int skipped = 0;
    for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
      while (skipped < without.length && without[skipped] < i) {
        skipped++;
      }
      if (skipped == without.length || without[skipped] != i) {
        add(all.get(i).courseOfOthers().ground(subject, epochMilli), grounds);
      }
    }
    int others = grounds.size();
    for (Restriction.Course course : own) {
      add(course.ground(subject, epochMilli), grounds);
    }
    if (others > 0 && others < grounds.size()) {
      grounds.sort((one, other) -> one.policy().id().compareTo(other.policy().id()));
    }
    return grounds;
  }

  private static void add(@Nullable RefusalReason ground, List<RefusalReason> grounds) {
    if (ground != null) {
      grounds.add(ground);
    }
  }
}
