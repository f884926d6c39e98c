package updategateway.benchmarks.cold;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
import updategateway.policy.set.Digest;
import updategateway.store.DynamoDbPolicySets;
import updategateway.store.PolicyStore;
import updategateway.store.PolicyStoreException;
import updategateway.store.StoreSettings;

/**
 * From exec to the first answer, with the policy read from DynamoDB, beside an empty handler and
 * beside a plain build of the same function. All are started in turn, again and again, so that
 * whatever else the machine does falls on all alike.
 */
@Command(
    name = "scripts/bench cold",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures cold starts: from exec to the first answer.%n")
public final class ColdCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int READS = 1_500;
  private static final int COUNTED_READS = 100;

  @Option(
      names = "--rounds",
      defaultValue = "21",
      description = "how often each is started (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Mixin private Results results = new Results();

  /** What each start took. */
  private final Map<String, List<Double>> millis = new LinkedHashMap<>();

  private final Map<String, List<Double>> processorMillis = new LinkedHashMap<>();
  private final Map<String, List<Double>> megabytes = new LinkedHashMap<>();

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new ColdCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path work = Files.createTempDirectory("cold");
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (LocalSystem system = new LocalSystem(quiet)) {
      URI dynamodb = system.startTables(Project.policies());
      Map<String, String> environment = Requests.environment(dynamodb);
      List<StartupVariant> variants = new ArrayList<>(StartupVariants.all(work, environment));
      variants.addFirst(StartupVariants.emptyOnClassPath(work, environment));
      Samples setRead = warmUpTables(dynamodb);
      for (int round = 0; round <= rounds; round++) {
        System.err.print(round == 0 ? "Warming up …" : "\rRound " + round + " of " + rounds + " …");
        for (StartupVariant variant : variants) {
          start(variant, environment, work.resolve("output"), round > 0);
        }
      }
      System.err.println();
      report(setRead);
    } finally {
      Folders.delete(work);
    }
    return 0;
  }

  /**
   * DynamoDB Local has just been started too, and would take five times as long for its first
   * hundred answers: that is no part of a function's start.
   *
   * @return how long it takes then to read the set in force
   */
  private static Samples warmUpTables(URI dynamodb) throws PolicyStoreException {
    System.err.println("Warming up DynamoDB Local …");
    List<Double> taken = new ArrayList<>();
    try (PolicyStore store = PolicyStore.open(StoreSettings.of("us-east-1", dynamodb))) {
      DynamoDbPolicySets sets = store.policySets();
      for (int i = 0; i < READS + COUNTED_READS; i++) {
        Digest digest = sets.inForce().orElseThrow().digest();
        long begun = System.nanoTime();
        sets.read(digest);
        if (i >= READS) {
          taken.add((System.nanoTime() - begun) / 1e6);
        }
      }
    }
    return new Samples("reading the set in force, warm", "ms", taken);
  }

  private void start(
      StartupVariant variant, Map<String, String> environment, Path output, boolean counts)
      throws Exception {
    Files.deleteIfExists(output);
    try (RuntimeApi api = RuntimeApi.start()) {
      CompletableFuture<RuntimeApi.Answer> answer = api.send(variant.event());
      try (FunctionProcess process =
          FunctionProcess.start(variant.command(), variant.task(), environment, api, output)) {
        RuntimeApi.Answer got = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        OptionalLong processor = process.processorTime();
        OptionalLong peak = process.peakResident();
        if (got.isError() || !got.body().contains("\"statusCode\":")) {
          throw new UsageException(variant.name() + " answered " + got.body());
        }
        if (counts) {
          add(millis, variant, (got.nanoTime() - process.begun()) / 1e6);
          processor.ifPresent(nanos -> add(processorMillis, variant, nanos / 1e6));
          peak.ifPresent(bytes -> add(megabytes, variant, bytes / 1e6));
        }
      }
    }
  }

  private static void add(Map<String, List<Double>> to, StartupVariant variant, double value) {
    to.computeIfAbsent(variant.name(), _ -> new ArrayList<>()).add(value);
  }

  private void report(Samples setRead) throws IOException {
    Report report =
        new Report(
            "cold",
            "Cold start: exec to first answer, policy read from DynamoDB",
            InstantSource.system().instant());
    Map<String, Samples> series = series(millis, "ms");
    Map<String, Samples> processor = series(processorMillis, "ms");
    series.values().forEach(report::add);
    report.ratio(
        "self-contained gateway / empty handler with an AOT cache, jars on the class path",
        ratio(series, StartupVariants.OURS_CACHED, StartupVariants.EMPTY_CLASS_PATH),
        2.0);
    report.ratio(
        "self-contained gateway / empty handler packaged the same way",
        ratio(series, StartupVariants.OURS_CACHED, StartupVariants.EMPTY_CACHED),
        2.0);
    report.ratio(
        "self-contained gateway / plain build of the same function",
        ratio(series, StartupVariants.OURS_CACHED, StartupVariants.OURS_PLAIN),
        1.0 / 3);
    if (!processor.isEmpty()) {
      report.ratio(
          "the first, in processor time",
          ratio(processor, StartupVariants.OURS_CACHED, StartupVariants.EMPTY_CLASS_PATH),
          2.0);
      report.ratio(
          "the second, in processor time",
          ratio(processor, StartupVariants.OURS_CACHED, StartupVariants.EMPTY_CACHED),
          2.0);
      report.ratio(
          "the third, in processor time",
          ratio(processor, StartupVariants.OURS_CACHED, StartupVariants.OURS_PLAIN),
          1.0 / 3);
    }
    note(report, processor, " of processor time up to the first answer");
    note(report, series(megabytes, "MB"), " resident at most, up to the first answer");
    report.note(
        "DynamoDB Local, warmed up, with a client that is too: "
            + "%.1f ms to read the set in force, which each gateway's start waits for"
                .formatted(setRead.median()));
    results.publish(report);
  }

  private static double ratio(Map<String, Samples> series, String one, String other) {
    return StartupVariants.find(series, one).median()
        / StartupVariants.find(series, other).median();
  }

  private static void note(Report report, Map<String, Samples> series, String what) {
    series.forEach((name, one) ->
        report.note(name + ": " + Math.round(one.median()) + " " + one.unit() + what));
  }

  private static Map<String, Samples> series(Map<String, List<Double>> samples, String unit) {
    Map<String, Samples> series = new LinkedHashMap<>();
    samples.forEach((name, values) -> series.put(name, new Samples(name, unit, values)));
    return series;
  }
}
