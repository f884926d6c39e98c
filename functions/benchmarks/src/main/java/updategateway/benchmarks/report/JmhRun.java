package updategateway.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One method under JMH, with what it allocates and the processor time that it takes.
 *
 * @param processor nanoseconds an operation, one sample a measurement
 * @param allocated bytes an operation
 */
public record JmhRun(Samples processor, double allocated) {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int WARM_UP = 5;

  /**
   * Measures.
   *
   * @param title what the series is called
   * @param method of a benchmark class
   * @param parameters of the class
   * @param forks JVMs
   * @param iterations measurements of a second in each
   */
  public static JmhRun of(
      String title,
      Class<?> benchmark,
      String method,
      Map<String, String> parameters,
      int forks,
      int iterations)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
            .forks(forks)
            .warmupIterations(WARM_UP)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuTimeProfiler.class)
            .jvmArgsAppend(
                "-Dupdategateway.project=" + System.getProperty("updategateway.project", "."))
            .verbosity(VerboseMode.SILENT);
    parameters.forEach(options::param);
    List<Double> nanos = new ArrayList<>();
    double allocated = 0;
    for (RunResult result : new Runner(options.build()).run()) {
      for (var run : result.getBenchmarkResults()) {
        for (var iteration : run.getIterationResults()) {
          nanos.add(score(iteration.getSecondaryResults().get(CpuTimeProfiler.CPU_TIME)));
        }
      }
      allocated = Math.max(allocated, score(result.getSecondaryResults().get(ALLOCATED)));
    }
    return new JmhRun(new Samples(title, "ns", nanos), allocated);
  }

  private static double score(@Nullable Result<?> result) {
    if (result == null) {
      throw new IllegalStateException("JMH did not run a profiler");
    }
    return result.getScore();
  }
}
