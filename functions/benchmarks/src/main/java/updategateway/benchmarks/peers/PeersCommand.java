package updategateway.benchmarks.peers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import updategateway.benchmarks.report.Report;
import updategateway.benchmarks.report.SampleCollector;
import updategateway.benchmarks.report.Samples;
import updategateway.benchmarks.startup.FunctionBenchCommand;
import updategateway.benchmarks.startup.RunningFunction;
import updategateway.benchmarks.startup.StartFigures;
import updategateway.benchmarks.startup.StartupVariant;
import updategateway.benchmarks.startup.StartupVariants;
import updategateway.benchmarks.startup.TableWarmUp;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.ProjectPaths;
import updategateway.packaging.TrainingRequests;

/**
 * Starts, warm requests and memory of the self-contained package beside the same core in Go, Node
 * and Python, which take turns. The Runtime API's own time is in all figures.
 */
@Command(
    name = "scripts/bench peers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures the gateway beside the same core in Go, Node and Python.%n")
public final class PeersCommand extends FunctionBenchCommand {
  private static final String OURS = StartupVariants.OURS_CACHED;
  private static final String ONE_PROCESSOR = ", one processor";
  private static final int TURN = 250;
  private static final double MAX_MEGABYTES = 110;

  @Option(
      names = "--peers",
      required = true,
      hidden = true,
      description = "the folder with the peers as built; set by scripts/bench")
  private Path peers = Path.of("");

  @Option(
      names = "--rounds",
      defaultValue = "15",
      description = "how often each is started (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--turns",
      defaultValue = "20",
      description = "turns of 250 requests of each kind for each (default: ${DEFAULT-VALUE})")
  private int turns;

  @Option(
      names = "--warm-up",
      defaultValue = "60",
      description = "turns before that which do not count (default: ${DEFAULT-VALUE})")
  private int warmUp;

  private final SampleCollector starts = new SampleCollector("ms");
  private final SampleCollector processor = new SampleCollector("ms");
  private final SampleCollector micros = new SampleCollector("µs");
  private final SampleCollector megabytes = new SampleCollector("MB");

  /** Runs the command; called by scripts/bench. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new PeersCommand(), arguments));
  }

  @Override
  protected Report measure(Path work, URI dynamodb, Map<String, String> environment)
      throws Exception {
    String refused = event("us-signatures-at-the-instant");
    StartupVariant packaged = StartupVariants.selfContained(work);
    List<StartupVariant> variants = new ArrayList<>();
    variants.add(new StartupVariant(packaged.name(), packaged.task(), packaged.command(), refused));
    variants.addAll(Peers.built(peers, refused));
    Peers.createTable(dynamodb);
    TableWarmUp.run(dynamodb);
    measureStarts(variants, environment, work);
    measureRequests(variants, environment, work, refused);
    return report(variants.stream().map(StartupVariant::name).toList());
  }

  private static String event(String name) throws IOException {
    return TrainingRequests.withoutExpectation(
        Files.readString(ProjectPaths.events().resolve(name + ".json")));
  }

  private void measureStarts(
      List<StartupVariant> variants, Map<String, String> environment, Path work) throws Exception {
    boolean pinnable = isInstalled("taskset");
    for (int round = 0; round <= rounds; round++) {
      System.err.print(round == 0 ? "Warming up …" : "\rRound " + round + " of " + rounds + " …");
      for (StartupVariant variant : variants) {
        start(variant, "", List.of(), environment, work, round > 0);
        if (pinnable) {
          List<String> pinned = List.of("taskset", "-c", "0");
          start(variant, ONE_PROCESSOR, pinned, environment, work, round > 0);
        }
      }
    }
    System.err.println();
  }

  private void start(
      StartupVariant variant,
      String suffix,
      List<String> prefix,
      Map<String, String> environment,
      Path work,
      boolean counts)
      throws Exception {
    StartFigures start = StartFigures.of(variant, prefix, environment, work.resolve("output"));
    if (counts) {
      starts.add(variant.name() + suffix, start.millis());
      processor.add(variant.name() + suffix, start.processorMillis());
    }
  }

  private static boolean isInstalled(String command) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  private void measureRequests(
      List<StartupVariant> variants, Map<String, String> environment, Path work, String refused)
      throws Exception {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("302", event("germany-at-the-instant"));
    kinds.put("451", refused);
    List<RunningFunction> functions = new ArrayList<>();
    try {
      for (StartupVariant variant : variants) {
        functions.add(
            RunningFunction.start(variant, environment, work.resolve("warm-" + functions.size())));
      }
      for (int turn = -warmUp; turn < turns; turn++) {
        System.err.print(
            turn < 0 ? "\rWarming up …" : "\rTurn " + (turn + 1) + " of " + turns + " …");
        for (Map.Entry<String, String> kind : kinds.entrySet()) {
          for (RunningFunction function : functions) {
            double median = turn(function, kind.getValue(), kind.getKey());
            if (turn >= 0) {
              micros.add(function.name() + ": " + kind.getKey(), median);
            }
          }
        }
      }
      System.err.println();
      for (RunningFunction function : functions) {
        function.peakResident().ifPresent(bytes -> megabytes.add(function.name(), bytes / 1e6));
      }
    } finally {
      for (RunningFunction function : functions) {
        function.close();
      }
    }
  }

  private static double turn(RunningFunction function, String event, String status)
      throws Exception {
    List<Double> taken = new ArrayList<>();
    for (int i = 0; i < TURN; i++) {
      taken.add(function.micros(event, status));
    }
    return new Samples("turn", "µs", taken).median();
  }

  private Report report(List<String> names) {
    Report report =
        new Report(
            "peers",
            "The gateway beside the same core in Go, Node and Python",
            InstantSource.system().instant());
    starts.all().forEach(report::add);
    micros.all().forEach(report::add);
    megabytes.all().forEach(report::add);
    for (String suffix : List.of("", ONE_PROCESSOR)) {
      starts
          .ratio(OURS + suffix, Peers.NODE + suffix)
          .ifPresent(ratio -> report.ratio("start / Node's" + suffix, ratio, 1.0));
    }
    for (String kind : List.of("302", "451")) {
      Stream.of(Peers.GO, Peers.PYTHON)
          .map(peer -> micros.ratio(OURS + ": " + kind, peer + ": " + kind))
          .filter(OptionalDouble::isPresent)
          .mapToDouble(OptionalDouble::getAsDouble)
          .max()
          .ifPresent(ratio ->
              report.ratio("warm request / the faster of Go and Python: " + kind, ratio, 1.0));
    }
    megabytes
        .find(OURS)
        .ifPresent(
            measured -> report.ratio("MB resident at most", measured.median(), MAX_MEGABYTES));
    processor
        .all()
        .forEach(one ->
            report.note(
                one.name()
                    + ": "
                    + Math.round(one.median())
                    + " ms of processor time to the first answer"));
    for (String peer : List.of(Peers.GO, Peers.NODE, Peers.PYTHON)) {
      if (!names.contains(peer)) {
        report.note(peer + ": not measured, since its language is not installed.");
      }
    }
    report.note("Each sample of a warm request is the median of a turn of " + TURN + " requests.");
    return report;
  }
}
