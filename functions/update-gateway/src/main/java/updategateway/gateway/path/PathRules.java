package updategateway.gateway.path;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.FileNames;
import updategateway.policy.catalog.RouteMatcher;
import updategateway.policy.catalog.RouteMatcher.Match;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Outcome;
import updategateway.policy.decision.OutcomeChange;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;

/**
 * The rules for what a path may name, so that nothing that is refused can be fetched by another
 * name. Safe for many threads.
 *
 * <ul>
 *   <li>An encoded slash stands only where a route has one. The path is decided with a slash in its
 *       place too.
 *   <li>The path is decided as a case-insensitive origin reads it too. Of all decisions the
 *       strictest counts.
 *   <li>A client to whom some policy refuses anything gets portable names only, unless the matching
 *       route says {@code names: any}.
 * </ul>
 */
public final class PathRules {
  /** Of the last policy set, since one is in force for a long time. */
  private volatile @Nullable Matchers lastMatchers;

  private record Matchers(Digest set, RouteMatcher exact, CaseInsensitiveCatalog caseInsensitive) {
    static Matchers of(PolicySet policySet) {
      Catalog catalog = policySet.catalog();
      return new Matchers(
          policySet.digest(), RouteMatcher.of(catalog), new CaseInsensitiveCatalog(catalog));
    }
  }

  /**
   * The decision on a path.
   *
   * @param classification what the strictest decision is about
   * @param decision the strictest decision; if it serves, with the first change of any
   * @param problem why the path is not served to this client though the decision serves it, in
   *     words that complete "the path …"; null if it is
   * @param isSharedCacheable whether the decision is that on the classification alone, so that it
   *     is the same for every client for whom that is
   */
  public record Result(
      Classification classification,
      Decision decision,
      @Nullable String problem,
      boolean isSharedCacheable) {}

  /**
   * Returns the decision on a path.
   *
   * @param decide the decision on a classification for the client
   * @param firstRefusal the first instant from the request's on at which some policy refuses
   *     anything to the client; called only for a path that is not portable
   * @throws MalformedPathException if it has an encoded slash where no route has one
   */
  public Result check(
      RequestPath path,
      Instant time,
      PolicySet policySet,
      Function<Classification, Decision> decide,
      Supplier<Optional<Instant>> firstRefusal)
      throws MalformedPathException {
    Matchers matchers = matchers(policySet);
    Optional<Match> match = match(path, matchers);
    Result result = strictest(readings(match, path, matchers), decide);
    boolean anyName = match.filter(of -> of.route().names() == FileNames.ANY).isPresent();
    if (anyName || result.decision().outcome() != Outcome.SERVE) {
      return result;
    }
    Optional<String> problem = PortableName.problem(path);
    return problem.isEmpty()
        ? result
        : notPortable(result, problem.get(), time, firstRefusal.get());
  }

  /**
   * Returns all that a path may be, what it is as written first. The decision on a request for it
   * is about one of them.
   *
   * @throws MalformedPathException if it has an encoded slash where no route has one
   */
  public static Set<Classification> readings(RequestPath path, PolicySet policySet)
      throws MalformedPathException {
    Matchers matchers = Matchers.of(policySet);
    Optional<Match> match = match(path, matchers);
    return readings(match, path, matchers);
  }

  private static Optional<Match> match(RequestPath path, Matchers matchers)
      throws MalformedPathException {
    Optional<Match> match = matchers.exact().match(path.segments());
    if (path.hasEncodedSlash() && match.isEmpty()) {
      throw RequestPath.encodedSlash();
    }
    return match;
  }

  private static Set<Classification> readings(
      Optional<Match> match, RequestPath path, Matchers matchers) {
    Set<Classification> readings = new LinkedHashSet<>();
    readings.add(match.map(Match::classification).orElse(Classification.UNCLASSIFIED));
    readings.addAll(matchers.caseInsensitive().classify(path.segments()));
    if (path.hasEncodedSlash()) {
      List<String> atEachSlash = path.segmentsAtEachSlash();
      readings.add(matchers.exact().classify(atEachSlash));
      readings.addAll(matchers.caseInsensitive().classify(atEachSlash));
    }
    return readings;
  }

  private Matchers matchers(PolicySet policySet) {
    Matchers last = lastMatchers;
    if (last == null || !last.set().equals(policySet.digest())) {
      last = Matchers.of(policySet);
      lastMatchers = last;
    }
    return last;
  }

  private static Result strictest(
      Set<Classification> readings, Function<Classification, Decision> decide) {
    Result strictest = null;
    for (Classification reading : readings) {
      Decision decision = decide.apply(reading);
      if (strictest == null) {
        strictest = new Result(reading, decision, null, readings.size() == 1);
      } else if (decision.outcome().compareTo(strictest.decision().outcome()) > 0) {
        strictest = new Result(reading, decision, null, false);
      } else if (strictest.decision().outcome() == Outcome.SERVE) {
        strictest = withFirstChange(strictest, decision.change());
      }
    }
    if (strictest == null) {
      throw new IllegalArgumentException("no reading");
    }
    return strictest;
  }

  private static Result withFirstChange(Result served, @Nullable OutcomeChange other) {
    Decision decision = served.decision();
    OutcomeChange first =
        Stream.of(decision.nextChange(), Optional.ofNullable(other))
            .flatMap(Optional::stream)
            .min((a, b) -> a.at().compareTo(b.at()))
            .orElse(null);
    return new Result(served.classification(), decision.withChange(first), served.problem(), false);
  }

  private static Result notPortable(
      Result served, String problem, Instant time, Optional<Instant> firstRefusal) {
    if (firstRefusal.isPresent() && !firstRefusal.get().isAfter(time)) {
      return new Result(served.classification(), served.decision(), problem, false);
    }
    return withFirstChange(
        served, firstRefusal.map(at -> new OutcomeChange(at, Outcome.UNDETERMINED)).orElse(null));
  }
}
