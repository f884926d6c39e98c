package updategateway.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import updategateway.commandline.ProjectPaths;

/** Where results are kept: functions/benchmarks/results, unless another folder is given. */
public final class Results {
  @Option(names = "--out", description = "where the results go")
  private @Nullable Path out;

  /**
   * Prints a report and keeps it.
   *
   * @throws IOException when it cannot be written
   */
  public void publish(Report report) throws IOException {
    report.print(System.out);
    report.write(
        out == null ? ProjectPaths.modules().resolve("benchmarks").resolve("results") : out);
  }
}
