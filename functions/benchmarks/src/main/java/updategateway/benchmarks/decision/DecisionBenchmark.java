package updategateway.benchmarks.decision;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
import updategateway.policy.catalog.Classification;
import updategateway.policy.decision.Client;
import updategateway.policy.decision.Decision;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.decision.Location;
import updategateway.policy.decision.Registrations;
import updategateway.policy.decision.Request;
import updategateway.policy.set.PolicySet;
import updategateway.policy.testing.SlowCatalog;
import updategateway.policy.testing.SlowTwin;

/**
 * From the segments of a path, a time and evidence to a decision: what a path is, whether a
 * registration matters, and what the policies say. The questions of a ring are asked in turn.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecisionBenchmark {
  @Param({"256"})
  public int questionCount = 256;

  @Param({"1", "100", "10000"})
  public int policies;

  @Param({"10", "1000", "10000"})
  public int routes;

  @Param({"APART", "OVERLAPPING", "TOLD_APART", "CORRECTED"})
  public Shape shape = Shape.APART;

  private PolicySet set = new LargePolicySets().set(0, 0, Shape.APART);
  private Evaluator compiled = Evaluator.of(set);
  private Question[] questions = {};
  private int next;

  private record Question(
      List<String> path,
      Instant time,
      Location location,
      Registrations registrations,
      Client sender)
      implements Supplier<Registrations> {
    @Override
    public Registrations get() {
      return registrations;
    }
  }

  @Setup
  public void setUp() {
    LargePolicySets sets = new LargePolicySets();
    set = sets.set(policies, routes, shape);
    compiled = Evaluator.of(set);
    questions = new Question[questionCount];
    for (int i = 0; i < questionCount; i++) {
      questions[i] =
          new Question(
              sets.path(routes, policies, shape),
              sets.time(),
              sets.location(),
              sets.registrations(),
              shape == Shape.CORRECTED ? sets.sender() : Client.UNKNOWN);
    }
  }

  private Question question() {
    next = next + 1 == questionCount ? 0 : next + 1;
    return questions[next];
  }

  /** All of it. */
  @Benchmark
  public Decision decide() {
    Question question = question();
    return compiled.decide(
        question.time,
        compiled.classify(question.path),
        question.location,
        question.sender,
        question);
  }

  /** What a path is, alone. */
  @Benchmark
  public Classification classify() {
    return compiled.classify(question().path);
  }

  /** The same, by reading catalog and rules word by word. */
  @Benchmark
  public SlowTwin.Answer slowTwin() {
    Question question = question();
    Classification asked = SlowCatalog.classify(set.catalog(), question.path);
    return SlowTwin.decide(
        set,
        new Request(
            question.time,
            asked.product(),
            asked.activity(),
            question.location,
            question.registrations));
  }
}
