package updategateway.benchmarks.warm;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import updategateway.benchmarks.measure.Report;
import updategateway.benchmarks.measure.Results;
import updategateway.benchmarks.measure.Series;
import updategateway.benchmarks.variants.Variant;
import updategateway.benchmarks.variants.Variants;
import updategateway.local.CommandLineTool;
import updategateway.local.Project;
import updategateway.local.UsageException;
import updategateway.local.lambda.FunctionProcess;
import updategateway.local.lambda.RuntimeApi;
import updategateway.local.packaging.Folders;
import updategateway.local.packaging.Requests;
import updategateway.local.run.LocalSystem;

/**
 * A request to a warm function, from handing out the event to having the answer, through AWS's own
 * runtime interface client; beside an empty handler. All functions run at the same time and are
 * asked in turn, a few hundred requests each, so that whatever else the machine does falls on all
 * alike.
 */
@Command(
    name = "scripts/bench warm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures warm requests through AWS's runtime interface client.%n")
public final class WarmCommand implements Callable<Integer> {
  private static final int TURN = 250;

  @Option(
      names = "--turns",
      defaultValue = "80",
      description = "turns of 250 requests for each (default: ${DEFAULT-VALUE})")
  private int turns;

  @Option(
      names = "--warm-up",
      defaultValue = "160",
      description = "turns before that which do not count (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(names = "--out", description = "where the results go")
  private @Nullable Path out;

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new WarmCommand(), arguments));
  }

  private record Running(Variant variant, RuntimeApi api, FunctionProcess process) {}

  @Override
  public Integer call() throws Exception {
    Path work = Files.createTempDirectory("warm");
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    List<Running> running = new ArrayList<>();
    try (LocalSystem system = new LocalSystem(quiet)) {
      URI dynamodb = system.startTables(Project.policies());
      Map<String, String> environment = Requests.environment(dynamodb);
      for (Variant variant : Variants.all(work, environment)) {
        RuntimeApi api = RuntimeApi.start();
        FunctionProcess process =
            FunctionProcess.start(
                variant.command(),
                variant.task(),
                environment,
                api,
                work.resolve("output-" + running.size()));
        running.add(new Running(variant, api, process));
        // One after the other: AWS's client puts its native library where every other process has
        // its own, too.
        ask(running.getLast());
      }
      report(measure(running));
    } finally {
      for (Running one : running) {
        one.process().close();
      }
      Folders.delete(work);
    }
    return 0;
  }

  private static RuntimeApi.Answer ask(Running one) throws Exception {
    try {
      RuntimeApi.Answer answer = one.api().invoke(one.variant().event());
      if (!answer.isError()) {
        return answer;
      }
      throw new UsageException(one.variant().name() + " answered " + answer.body());
    } catch (IOException e) {
      throw new UsageException(
          one.variant().name() + ": " + e.getMessage() + "\n" + one.process().output());
    }
  }

  /** Medians of the turns, in microseconds, by variant. */
  private Map<String, Series> measure(List<Running> running) throws Exception {
    Map<String, List<Double>> medians = new LinkedHashMap<>();
    for (int turn = -warmUp; turn < turns; turn++) {
      System.err.print(
          turn < 0 ? "\rWarming up …" : "\rTurn " + (turn + 1) + " of " + turns + " …");
      for (Running one : running) {
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < TURN; i++) {
          micros.add(ask(one).duration().toNanos() / 1e3);
        }
        if (turn >= 0) {
          medians
              .computeIfAbsent(one.variant().name(), _ -> new ArrayList<>())
              .add(new Series("turn", "µs", micros).median());
        }
      }
    }
    System.err.println();
    Map<String, Series> series = new LinkedHashMap<>();
    medians.forEach((name, samples) -> series.put(name, new Series(name, "µs", samples)));
    return series;
  }

  private void report(Map<String, Series> series) throws Exception {
    Report report =
        new Report(
            "warm",
            "Warm request through AWS's runtime interface client",
            InstantSource.system().instant());
    series.values().forEach(report::add);
    report.ratio(
        "self-contained gateway / empty handler on the same runtime",
        Variants.find(series, Variants.OURS_CACHED).median()
            / Variants.find(series, Variants.EMPTY_CACHED).median(),
        1.3);
    report.ratio(
        "managed gateway / empty handler, both with all compilers, as with SnapStart",
        Variants.find(series, Variants.OURS_MANAGED).median()
            / Variants.find(series, Variants.EMPTY_PLAIN).median(),
        1.3);
    report.note("Each sample is the median of a turn of " + TURN + " requests.");
    report.print(System.out);
    report.write(out == null ? Results.folder() : out);
  }
}
