package updategateway.benchmarks.cold;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import updategateway.benchmarks.measure.Report;
import updategateway.benchmarks.measure.Results;
import updategateway.benchmarks.measure.Series;
import updategateway.local.CommandLineTool;
import updategateway.local.Project;
import updategateway.local.UsageException;
import updategateway.local.lambda.FunctionProcess;
import updategateway.local.lambda.RuntimeApi;
import updategateway.local.packaging.BuiltFunction;
import updategateway.local.packaging.Folders;
import updategateway.local.packaging.Requests;
import updategateway.local.packaging.SelfContained;
import updategateway.local.packaging.Zip;
import updategateway.local.run.LocalSystem;

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
  private static final String EMPTY = "updategateway.benchmarks.cold.EmptyHandler";
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String EVENT = "germany-keeps-the-query.json";

  private static final String EMPTY_CACHED = "empty handler, own runtime with AOT cache";
  private static final String OURS_CACHED = "gateway, self-contained package";
  private static final String EMPTY_PLAIN = "empty handler, plain";
  private static final String OURS_PLAIN = "gateway, plain, jars on the class path";
  private static final String OURS_MANAGED = "gateway, managed package, no snapshot";

  @Option(
      names = "--rounds",
      defaultValue = "21",
      description = "how often each is started (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--out", description = "where the results go")
  private @Nullable Path out;

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new ColdCommand(), arguments));
  }

  /** One way to start one function. */
  private record Variant(String name, Path task, List<String> command, String event) {}

  @Override
  public Integer call() throws Exception {
    Path work = Files.createTempDirectory("cold");
    try (LocalSystem system = new LocalSystem(quiet())) {
      URI dynamodb = system.startTables(Project.policies());
      Map<String, String> environment = new LinkedHashMap<>(Requests.environment(dynamodb));
      List<Variant> variants = variants(work, environment);
      Map<String, List<Double>> millis = new LinkedHashMap<>();
      Map<String, List<Double>> processor = new LinkedHashMap<>();
      Map<String, List<Double>> megabytes = new LinkedHashMap<>();
      for (int round = 0; round <= rounds; round++) {
        System.err.print(round == 0 ? "Warming up …" : "\rRound " + round + " of " + rounds + " …");
        for (Variant variant : variants) {
          measure(variant, work, environment, round > 0, millis, processor, megabytes);
        }
      }
      System.err.println();
      report(millis, processor, megabytes);
    } finally {
      Folders.delete(work);
    }
    return 0;
  }

  private static void measure(
      Variant variant,
      Path work,
      Map<String, String> environment,
      boolean counts,
      Map<String, List<Double>> millis,
      Map<String, List<Double>> processor,
      Map<String, List<Double>> megabytes)
      throws Exception {
    Path output = work.resolve("output");
    Files.deleteIfExists(output);
    try (RuntimeApi api = RuntimeApi.start()) {
      var answer = api.send(variant.event());
      try (FunctionProcess process =
          FunctionProcess.start(variant.command(), variant.task(), environment, api, output)) {
        RuntimeApi.Answer got = answer.get(60, java.util.concurrent.TimeUnit.SECONDS);
        if (got.isError() || !got.body().contains("\"statusCode\":")) {
          throw new UsageException(variant.name() + " answered " + got.body());
        }
        if (counts) {
          millis
              .computeIfAbsent(variant.name(), _ -> new ArrayList<>())
              .add((got.nanoTime() - process.begun()) / 1e6);
          process
              .processorTime()
              .ifPresent(nanos ->
                  processor
                      .computeIfAbsent(variant.name(), _ -> new ArrayList<>())
                      .add(nanos / 1e6));
          process
              .peakResident()
              .ifPresent(bytes ->
                  megabytes
                      .computeIfAbsent(variant.name(), _ -> new ArrayList<>())
                      .add(bytes / 1e6));
        }
      }
    }
  }

  private static List<Variant> variants(Path work, Map<String, String> environment)
      throws Exception {
    String event = Files.readString(Project.events().resolve(EVENT));
    List<Path> client = clientJars();
    List<Path> emptyJars = new ArrayList<>();
    emptyJars.add(ownJar());
    emptyJars.addAll(client);

    Path emptyCached = Files.createDirectory(work.resolve("empty"));
    SelfContained.lay(EMPTY, emptyJars, emptyCached, System.err).train(environment, List.of(event));

    Path zip = packaged("update-gateway-self-contained-");
    Path cached = Files.createDirectory(work.resolve("self-contained"));
    Zip.extract(zip, cached);
    Path managed = Files.createDirectory(work.resolve("managed"));
    Zip.extract(packaged("update-gateway.zip"), managed);

    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String handler = BuiltFunction.UPDATE_GATEWAY.handler();
    return List.of(
        new Variant(
            EMPTY_CACHED, emptyCached, List.of(emptyCached.resolve("bootstrap").toString()), event),
        new Variant(OURS_CACHED, cached, List.of(cached.resolve("bootstrap").toString()), event),
        new Variant(
            EMPTY_PLAIN, work, List.of(java, "-cp", joined(emptyJars), CLIENT, EMPTY), event),
        new Variant(
            OURS_PLAIN,
            work,
            List.of(java, "-cp", joined(BuiltFunction.UPDATE_GATEWAY.allJars()), CLIENT, handler),
            event),
        new Variant(
            OURS_MANAGED, managed, List.of(java, "-cp", joined(client), CLIENT, handler), event));
  }

  private void report(
      Map<String, List<Double>> millis,
      Map<String, List<Double>> processor,
      Map<String, List<Double>> megabytes)
      throws IOException {
    Report report =
        new Report(
            "cold",
            "Cold start: exec to first answer, policy read from DynamoDB",
            InstantSource.system().instant());
    Map<String, Series> series = new LinkedHashMap<>();
    millis.forEach((name, samples) -> series.put(name, new Series(name, "ms", samples)));
    series.values().forEach(report::add);
    double ours = median(series, OURS_CACHED);
    report.ratio(
        "self-contained gateway / empty handler with an AOT cache",
        ours / median(series, EMPTY_CACHED),
        2.0);
    report.ratio(
        "self-contained gateway / plain build of the same function",
        ours / median(series, OURS_PLAIN),
        1.0 / 3);
    processor.forEach((name, samples) ->
        report.note(
            name
                + ": "
                + Math.round(new Series(name, "ms", samples).median())
                + " ms of processor time up to the first answer"));
    megabytes.forEach((name, samples) ->
        report.note(
            name
                + ": peak resident size "
                + Math.round(new Series(name, "MB", samples).median())
                + " MB at the first answer"));
    report.print(System.out);
    report.write(out == null ? Results.folder() : out);
  }

  private static double median(Map<String, Series> series, String name) {
    Series one = series.get(name);
    if (one == null) {
      throw new IllegalStateException(name + " was not measured");
    }
    return one.median();
  }

  private static Path packaged(String begin) throws UsageException, IOException {
    return Folders.files(Project.packages(), ".zip").stream()
        .filter(zip -> String.valueOf(zip.getFileName()).startsWith(begin))
        .findFirst()
        .orElseThrow(() ->
            new UsageException(
                "There is no "
                    + begin
                    + " in target/package: run scripts/package managed self-contained first."));
  }

  /** AWS's runtime interface client and what it needs. */
  private static List<Path> clientJars() throws UsageException, IOException {
    return BuiltFunction.UPDATE_GATEWAY.allJars().stream()
        .filter(jar ->
            String.valueOf(jar.getFileName())
                .matches("(aws-lambda-java-(runtime|core|serialization)|utils-lite).*"))
        .toList();
  }

  private static Path ownJar() throws URISyntaxException {
    return Path.of(EmptyHandler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String joined(List<Path> jars) {
    return jars.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  private static PrintStream quiet() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
