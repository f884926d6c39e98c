package updategateway.benchmarks.warm;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import updategateway.benchmarks.report.Report;
import updategateway.benchmarks.report.SampleCollector;
import updategateway.benchmarks.report.Samples;
import updategateway.benchmarks.startup.FunctionBenchCommand;
import updategateway.benchmarks.startup.RunningFunction;
import updategateway.benchmarks.startup.StartupVariant;
import updategateway.benchmarks.startup.StartupVariants;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.ProjectPaths;

/**
 * Requests to a warm function through AWS's runtime interface client, from handing out the event to
 * having the answer, beside an empty handler: one request that is served, and one that is refused,
 * whose answer is much longer. All functions run at the same time and are asked in turns of a few
 * hundred requests, so that other load on the machine falls on all alike.
 */
@Command(
    name = "scripts/bench warm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures warm requests through AWS's runtime interface client.%n")
public final class WarmCommand extends FunctionBenchCommand {
  private static final int TURN = 250;

  @Option(
      names = "--turns",
      defaultValue = "80",
      description = "turns of 250 requests of each kind for each (default: ${DEFAULT-VALUE})")
  private int turns;

  @Option(
      names = "--warm-up",
      defaultValue = "160",
      description = "turns before that which do not count (default: ${DEFAULT-VALUE})")
  private int warmUp;

  private final SampleCollector micros = new SampleCollector("µs");

  /** Runs the command; called by scripts/bench. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new WarmCommand(), arguments));
  }

  /** A kind of request: a sample event and the status that it gets. */
  private record Kind(String name, String status, String event) {
    static Kind of(String name, String status, String event) throws IOException {
      return new Kind(
          name, status, Files.readString(ProjectPaths.events().resolve(event + ".json")));
    }

    /** Returns the text that the function's answer must contain. */
    String expected(RunningFunction function) {
      return "\"statusCode\":" + (function.name().startsWith("empty handler") ? "204" : status);
    }
  }

  @Override
  protected Report measure(Path work, URI dynamodb, Map<String, String> environment)
      throws Exception {
    List<Kind> kinds =
        List.of(
            Kind.of("served", "302", "germany-keeps-the-query"),
            Kind.of("refused", "451", "refusal-as-json"));
    List<RunningFunction> functions = new ArrayList<>();
    try {
      for (StartupVariant variant : StartupVariants.all(work, environment)) {
        RunningFunction function =
            RunningFunction.start(variant, environment, work.resolve("output-" + functions.size()));
        functions.add(function);
        // Wait for each before the next starts: AWS's client unpacks its native library to a path
        // that all processes share.
        Kind first = kinds.getFirst();
        function.micros(first.event(), first.expected(function));
      }
      measure(functions, kinds);
    } finally {
      for (RunningFunction function : functions) {
        function.close();
      }
    }
    return report();
  }

  private void measure(List<RunningFunction> functions, List<Kind> kinds) throws Exception {
    for (int turn = -warmUp; turn < turns; turn++) {
      System.err.print(
          turn < 0 ? "\rWarming up …" : "\rTurn " + (turn + 1) + " of " + turns + " …");
      for (Kind kind : kinds) {
        for (RunningFunction function : functions) {
          List<Double> turnMicros = new ArrayList<>();
          for (int i = 0; i < TURN; i++) {
            turnMicros.add(function.micros(kind.event(), kind.expected(function)));
          }
          if (turn >= 0) {
            micros.add(
                name(function.name(), kind.name()), new Samples("turn", "µs", turnMicros).median());
          }
        }
      }
    }
    System.err.println();
  }

  private static String name(String variant, String kind) {
    return variant + ": " + kind;
  }

  private double ratio(String one, String other, String kind) {
    return micros.ratio(name(one, kind), name(other, kind)).orElseThrow();
  }

  private Report report() {
    Report report =
        new Report(
            "warm",
            "Warm request through AWS's runtime interface client",
            InstantSource.system().instant());
    micros.all().forEach(report::add);
    for (String kind : List.of("served", "refused")) {
      report.ratio(
          "self-contained gateway / empty handler on the same runtime: " + kind,
          ratio(StartupVariants.OURS_CACHED, StartupVariants.EMPTY_CACHED, kind),
          1.3);
      report.ratio(
          "managed gateway / empty handler, all compilers, as with SnapStart: " + kind,
          ratio(StartupVariants.OURS_MANAGED, StartupVariants.EMPTY_PLAIN, kind),
          1.3);
    }
    report.note(
        "Served: 302 to the artifact. Refused: 451 with a page of JSON. The empty handler answers either with 204.");
    report.note("Each sample is the median of a turn of " + TURN + " requests.");
    return report;
  }
}
