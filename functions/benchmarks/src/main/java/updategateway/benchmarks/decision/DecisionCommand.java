package updategateway.benchmarks.decision;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.benchmarks.report.JmhRun;
import updategateway.benchmarks.report.Report;
import updategateway.benchmarks.report.Results;
import updategateway.commandline.CommandLineTool;

/** Measures a decision and a classification under JMH. */
@Command(
    name = "scripts/bench decision",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures a decision, and the classification of a path, under JMH.%n")
public final class DecisionCommand implements Callable<Integer> {
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

  private record Case(String benchmark, PolicySetCase policies, int limitInNanoseconds) {
    String title() {
      return benchmark
          + switch (policies) {
            case SHIPPED -> ", shipped policies";
            case THOUSAND -> ", 1,000 policies and routes, 20 policies of the activity";
          };
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case("decide", PolicySetCase.SHIPPED, 500),
          new Case("decide", PolicySetCase.THOUSAND, 5_000),
          new Case("classify", PolicySetCase.SHIPPED, 2_000),
          new Case("classify", PolicySetCase.THOUSAND, 20_000));

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new DecisionCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    Report report =
        new Report("decision", "A decision and a classification", InstantSource.system().instant());
    Map<Case, JmhRun> measured = new LinkedHashMap<>();
    for (Case one : CASES) {
      System.err.println(one.title() + " …");
      JmhRun run =
          JmhRun.of(
              one.title(),
              DecisionBenchmark.class,
              one.benchmark(),
              Map.of("policies", one.policies().name()),
              forks,
              iterations);
      report.add(run.processor());
      measured.put(one, run);
    }
    measured.forEach((one, run) ->
        report.ratio(one.title() + ", in ns", run.processor().median(), one.limitInNanoseconds()));
    report.note("Processor time; 256 questions in turn.");
    results.publish(report);
    return 0;
  }
}
