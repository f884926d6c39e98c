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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.benchmarks.report.Report;
import updategateway.benchmarks.report.Results;
import updategateway.benchmarks.report.Samples;
import updategateway.benchmarks.startup.StartupVariant;
import updategateway.benchmarks.startup.StartupVariants;
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
 * runtime interface client; beside an empty handler. One request is served, one refused: a refusal
 * says which law, which policy and what is covered, and is much the longer answer. All functions
 * run at the same time and are asked in turn, a few hundred requests each, so that whatever else
 * the machine does falls on all alike.
 */
@Command(
    name = "scripts/bench warm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures warm requests through AWS's runtime interface client.%n")
public final class WarmCommand implements Callable<Integer> {
  private static final int TURN = 250;
  private static final String SERVED = "302";
  private static final String REFUSED = "451";

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

  @Mixin private Results results = new Results();

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new WarmCommand(), arguments));
  }

  private record Running(StartupVariant variant, RuntimeApi api, FunctionProcess process) {
    boolean isEmpty() {
      return variant.name().startsWith("empty handler");
    }
  }

  /** A kind of request: the status that it gets, and the sample event. */
  private record Kind(String status, String event) {
    static Kind of(String status, String event) throws IOException {
      return new Kind(status, Files.readString(Project.events().resolve(event + ".json")));
    }

    String words() {
      return status.equals(SERVED) ? "served" : "refused";
    }
  }

  @Override
  public Integer call() throws Exception {
    Path work = Files.createTempDirectory("warm");
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    List<Running> running = new ArrayList<>();
    List<Kind> kinds =
        List.of(Kind.of(SERVED, "germany-keeps-the-query"), Kind.of(REFUSED, "refusal-as-json"));
    try (LocalSystem system = new LocalSystem(quiet)) {
      URI dynamodb = system.startTables(Project.policies());
      Map<String, String> environment = Requests.environment(dynamodb);
      for (StartupVariant variant : StartupVariants.all(work, environment)) {
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
        ask(running.getLast(), kinds.getFirst());
      }
      report(measure(running, kinds));
    } finally {
      for (Running one : running) {
        one.process().close();
      }
      Folders.delete(work);
    }
    return 0;
  }

  private static RuntimeApi.Answer ask(Running one, Kind kind) throws Exception {
    try {
      RuntimeApi.Answer answer = one.api().invoke(kind.event());
      if (!answer.isError()
          && (one.isEmpty() || answer.body().contains("\"statusCode\":" + kind.status()))) {
        return answer;
      }
      throw new UsageException(
          one.variant().name() + " answered " + answer.body() + " and not " + kind.status());
    } catch (IOException e) {
      throw new UsageException(
          one.variant().name() + ": " + e.getMessage() + "\n" + one.process().output());
    }
  }

  /** Medians of the turns, in microseconds, by variant and kind. */
  private Map<String, Samples> measure(List<Running> running, List<Kind> kinds) throws Exception {
    Map<String, List<Double>> medians = new LinkedHashMap<>();
    for (int turn = -warmUp; turn < turns; turn++) {
      System.err.print(
          turn < 0 ? "\rWarming up …" : "\rTurn " + (turn + 1) + " of " + turns + " …");
      for (Kind kind : kinds) {
        for (Running one : running) {
          List<Double> micros = new ArrayList<>();
          for (int i = 0; i < TURN; i++) {
            micros.add(ask(one, kind).duration().toNanos() / 1e3);
          }
          if (turn >= 0) {
            medians
                .computeIfAbsent(name(one.variant().name(), kind.words()), _ -> new ArrayList<>())
                .add(new Samples("turn", "µs", micros).median());
          }
        }
      }
    }
    System.err.println();
    Map<String, Samples> series = new LinkedHashMap<>();
    medians.forEach((name, samples) -> series.put(name, new Samples(name, "µs", samples)));
    return series;
  }

  private static String name(String variant, String kind) {
    return variant + ": " + kind;
  }

  private static double ratio(Map<String, Samples> series, String one, String other, String kind) {
    return StartupVariants.find(series, name(one, kind)).median()
        / StartupVariants.find(series, name(other, kind)).median();
  }

  private void report(Map<String, Samples> series) throws Exception {
    Report report =
        new Report(
            "warm",
            "Warm request through AWS's runtime interface client",
            InstantSource.system().instant());
    series.values().forEach(report::add);
    for (String kind : List.of("served", "refused")) {
      report.ratio(
          "self-contained gateway / empty handler on the same runtime: " + kind,
          ratio(series, StartupVariants.OURS_CACHED, StartupVariants.EMPTY_CACHED, kind),
          1.3);
      report.ratio(
          "managed gateway / empty handler, all compilers, as with SnapStart: " + kind,
          ratio(series, StartupVariants.OURS_MANAGED, StartupVariants.EMPTY_PLAIN, kind),
          1.3);
    }
    report.note(
        "Served: 302 to the artifact. Refused: 451 with a page of JSON. The empty handler answers either with 204.");
    report.note("Each sample is the median of a turn of " + TURN + " requests.");
    results.publish(report);
  }
}
