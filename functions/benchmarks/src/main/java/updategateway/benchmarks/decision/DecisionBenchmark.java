package updategateway.benchmarks.decision;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import updategateway.place.Place;
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.SlowTwin;

/**
 * One decision from time, product, activity and evidence on, and one classification of a path. Each
 * takes the questions of a ring in turn.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecisionBenchmark {
  private static final int QUESTIONS = 256;
  private static final Activity ACTIVITY = new Activity("signature-update");
  private static final List<String> PRODUCTS =
      List.of("endpoint-security", "vpn", "threat-intelligence", "product-7");
  private static final List<String> PLACES =
      List.of("US", "US-CA", "PR", "DE", "FR", "UA", "UA-43", "UA-30", "BR", "CH-ZH");

  @Param({"SHIPPED", "THOUSAND"})
  public PolicySetCase policies = PolicySetCase.SHIPPED;

  private final RandomGenerator random = new SplittableRandom(20_240_929);
  private final Question[] questions = new Question[QUESTIONS];
  private PolicySet set = PolicySetCase.SHIPPED.set();
  private Evaluator evaluator = Evaluator.of(set);
  private int next;

  private record Question(
      Instant time,
      Classification classification,
      Location location,
      Registrations registrations,
      List<String> path) {}

  @Setup
  public void setUp() {
    set = policies.set();
    evaluator = Evaluator.of(set);
    for (int i = 0; i < QUESTIONS; i++) {
      questions[i] =
          new Question(
              SyntheticPolicySets.EPOCH.plusMillis(random.nextLong(-86_400_000L, 34_560_000_000L)),
              new Classification(new Product(oneOf(PRODUCTS)), ACTIVITY),
              location(),
              random.nextInt(10) == 0
                  ? new Registrations.Known(Set.of(place()))
                  : Registrations.NONE,
              path());
    }
  }

  private Location location() {
    return switch (random.nextInt(10)) {
      case 0 -> new Location.Unknown();
      case 1 -> Location.in(List.of(place(), place()));
      default -> Location.in(place());
    };
  }

  /** Returns new strings for the segments, as a request has them. */
  private List<String> path() {
    int i = random.nextInt(1_000);
    String path =
        switch (random.nextInt(6)) {
          case 0 -> "bases/p" + i + "/2024/main.cvd";
          case 1 -> "diffs/20240927-20240928.diff" + i;
          case 2 -> "licences/p" + i + "/eu/v7.key";
          case 3 -> "a/b/agreement-" + i + ".txt";
          case 4 -> "products/vpn/patches/21.18.1.patch";
          default -> "nothing/of/that/kind-" + i;
        };
    return List.of(path.split("/", -1));
  }

  private Place place() {
    return Place.parse(oneOf(PLACES));
  }

  private String oneOf(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private Question question() {
    next = next + 1 == QUESTIONS ? 0 : next + 1;
    return questions[next];
  }

  /** Decides, with registrations only if they matter. */
  @Benchmark
  public Decision decide() {
    Question question = question();
    return evaluator.decide(
        question.time,
        question.classification,
        question.location,
        Client.UNKNOWN,
        question::registrations);
  }

  /** Classifies a path. */
  @Benchmark
  public Classification classify() {
    return evaluator.classify(question().path);
  }

  /** Decides by the reference implementation. */
  @Benchmark
  public SlowTwin.Answer slowTwin() {
    Question question = question();
    return SlowTwin.decide(
        set,
        new Request(
            question.time,
            question.classification.product(),
            question.classification.activity(),
            question.location,
            question.registrations));
  }
}
