package updategateway.benchmarks.report;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A benchmark as a command: it measures, prints its report and writes it to the results folder. */
public abstract class BenchCommand implements Callable<Integer> {
  @Mixin private Results results = new Results();

  /** Measures and reports; called once. */
  protected abstract Report measure() throws Exception;

  @Override
  public final Integer call() throws Exception {
    results.publish(measure());
    return 0;
  }
}
