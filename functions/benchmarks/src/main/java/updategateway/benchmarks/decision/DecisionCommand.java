package updategateway.benchmarks.decision;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.benchmarks.report.JmhRun;
import updategateway.benchmarks.report.Report;
import updategateway.benchmarks.report.Results;
import updategateway.commandline.CommandLineTool;

/** The decision under JMH, over sizes of policy sets and catalogs, beside the slow twin. */
@Command(
    name = "scripts/bench decision",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures a decision, from the segments of a path on, under JMH.%n")
public final class DecisionCommand implements Callable<Integer> {
  private static final int FEW_QUESTIONS = 256;

  /** More than is kept. */
  private static final int MANY_QUESTIONS = 65_536;

  @Option(
      names = "--forks",
      defaultValue = "2",
      description = "JVMs a case (default: ${DEFAULT-VALUE})")
  private int forks;

  @Option(
      names = "--iterations",
      defaultValue = "5",
      description = "measurements of a second a JVM (default: ${DEFAULT-VALUE})")
  private int iterations;

  @Mixin private Results results = new Results();

  private record Case(String benchmark, int policies, int routes, Shape shape, int questions) {
    Case(String benchmark, int policies, int routes, Shape shape) {
      this(benchmark, policies, routes, shape, FEW_QUESTIONS);
    }

    String title() {
      String sizes = policies + " policies, " + routes + " routes";
      String shaped =
          sizes
              + switch (shape) {
                case APART -> "";
                case OVERLAPPING -> ", all alike";
                case TOLD_APART -> ", " + questions + " questions that they tell apart";
                case CORRECTED -> ", corrections about others";
              };
      return benchmark.equals("slowTwin") ? "slow twin: " + sizes : shaped;
    }

    /** Whether everything that is asked can be kept. */
    boolean isKept() {
      return benchmark.equals("decide") && questions == FEW_QUESTIONS;
    }
  }

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new DecisionCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (int policies : new int[] {1, 100, 10_000}) {
      for (int routes : new int[] {10, 1_000, 10_000}) {
        cases.add(new Case("decide", policies, routes, Shape.APART));
      }
    }
    cases.add(new Case("decide", 10_000, 10_000, Shape.OVERLAPPING));
    cases.add(new Case("decide", 10_000, 10, Shape.TOLD_APART));
    cases.add(new Case("decide", 10_000, 10, Shape.CORRECTED));
    for (int policies : new int[] {100, 10_000}) {
      cases.add(new Case("decide", policies, 10, Shape.TOLD_APART, MANY_QUESTIONS));
    }
    cases.add(new Case("slowTwin", 1, 10, Shape.APART));
    cases.add(new Case("slowTwin", 100, 1_000, Shape.APART));
    Map<Case, JmhRun> measured = new LinkedHashMap<>();
    for (Case one : cases) {
      System.err.println(one.title() + " …");
      measured.put(one, measure(one));
    }
    report(measured);
    return 0;
  }

  private JmhRun measure(Case one) throws RunnerException {
    return JmhRun.of(
        one.title(),
        DecisionBenchmark.class,
        one.benchmark(),
        Map.of(
            "policies", Integer.toString(one.policies()),
            "routes", Integer.toString(one.routes()),
            "shape", one.shape().name(),
            "questionCount", Integer.toString(one.questions())),
        forks,
        iterations);
  }

  private void report(Map<Case, JmhRun> measured) throws Exception {
    Report report =
        new Report(
            "decision",
            "A decision: classify the path, ask whether a registration matters, decide",
            InstantSource.system().instant());
    measured.values().forEach(one -> report.add(one.processor()));
    double smallest = median(measured, 1, 10, Shape.APART);
    double slowest =
        measured.entrySet().stream()
            .filter(e -> e.getKey().isKept())
            .mapToDouble(e -> e.getValue().processor().median())
            .max()
            .orElseThrow();
    double allocated =
        measured.entrySet().stream()
            .filter(e -> e.getKey().isKept())
            .mapToDouble(e -> e.getValue().allocated())
            .max()
            .orElseThrow();
    report.ratio("slowest case, in ns", slowest, 150);
    report.ratio(
        "10 000 policies / 1 policy, 10 routes",
        median(measured, 10_000, 10, Shape.APART) / smallest,
        1.5);
    report.ratio(
        "10 000 routes / 10 routes, 1 policy",
        median(measured, 1, 10_000, Shape.APART) / smallest,
        1.5);
    report.ratio("both / neither", median(measured, 10_000, 10_000, Shape.APART) / smallest, 1.5);
    report.ratio("bytes allocated a decision, at most (JMH's own noise is below 1)", allocated, 1);
    report.note(
        "Processor time, since on the wall whatever else the machine does counts too; warm caches, 256 questions in turn.");
    results.publish(report);
  }

  private static double median(Map<Case, JmhRun> measured, int policies, int routes, Shape shape) {
    JmhRun one = measured.get(new Case("decide", policies, routes, shape));
    if (one == null) {
      throw new IllegalStateException("not measured: " + policies + ", " + routes);
    }
    return one.processor().median();
  }
}
