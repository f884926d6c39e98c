package updategateway.benchmarks.warm;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import updategateway.benchmarks.report.BenchCommand;
import updategateway.benchmarks.report.JmhRun;
import updategateway.benchmarks.report.Report;
import updategateway.commandline.CommandLineTool;

/** The handler alone under JMH, bytes in to bytes out, and what it allocates. */
@Command(
    name = "scripts/bench handler",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures the handler alone, from the bytes of an event to an answer and a line of the log.%n")
public final class HandlerCommand extends BenchCommand {
  private static final List<String> EVENTS =
      List.of("germany-keeps-the-query", "us-signatures-at-the-instant", "refusal-as-json");

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

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new HandlerCommand(), arguments));
  }

  @Override
  protected Report measure() throws Exception {
    Report report =
        new Report(
            "handler",
            "The handler alone: bytes in to bytes out",
            InstantSource.system().instant());
    for (String event : EVENTS) {
      System.err.println(event + " …");
      JmhRun run =
          JmhRun.of(
              event, HandlerBenchmark.class, "gateway", Map.of("event", event), forks, iterations);
      report.add(run.processor());
      report.note(event + ": " + Math.round(run.allocated()) + " bytes allocated a request");
    }
    JmhRun empty =
        JmhRun.of(
            "empty handler",
            HandlerBenchmark.class,
            "empty",
            Map.of("event", EVENTS.getFirst()),
            forks,
            iterations);
    report.add(empty.processor());
    report.note("empty handler: " + Math.round(empty.allocated()) + " bytes allocated a request");
    report.note("Processor time, since on the wall whatever else the machine does counts too.");
    return report;
  }
}
