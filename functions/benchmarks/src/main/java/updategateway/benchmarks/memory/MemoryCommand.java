package updategateway.benchmarks.memory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import updategateway.benchmarks.report.Report;
import updategateway.benchmarks.report.Samples;
import updategateway.benchmarks.startup.FunctionBenchCommand;
import updategateway.benchmarks.startup.StartupVariant;
import updategateway.benchmarks.startup.StartupVariants;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.UsageException;
import updategateway.packaging.lambda.FunctionProcess;
import updategateway.packaging.lambda.RuntimeApi;
import updategateway.region.testing.MmdbWriter;

/**
 * Peak resident memory of the function, started as Lambda with 256 MB starts it, with hundreds of
 * policies, a thousand routes and an address database of all of IPv4, after thousands of requests;
 * within that limit if this system can set one.
 */
@Command(
    name = "scripts/bench memory",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures the most memory resident, with a large policy set and an address database.%n")
public final class MemoryCommand extends FunctionBenchCommand {
  private static final int MEMORY = 256;
  private static final double MOST_MEGABYTES = 110;
  private static final int NETWORKS = 500_000;
  private static final int PATIENCE = 60;
  private static final List<String> COUNTRIES =
      List.of("US", "DE", "FR", "JP", "BR", "IN", "ZA", "AU", "CA", "GB", "UA", "KR");

  @Option(names = "--policies", defaultValue = "200", description = "default: ${DEFAULT-VALUE}")
  private int policies;

  @Option(names = "--routes", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
  private int routes;

  @Option(names = "--requests", defaultValue = "20000", description = "default: ${DEFAULT-VALUE}")
  private int requests;

  @Option(
      names = "--samples",
      defaultValue = "5",
      description = "how often it is started (default: ${DEFAULT-VALUE})")
  private int samples;

  /** Runs the command; called by scripts/bench. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new MemoryCommand(), arguments));
  }

  @Override
  protected Path policies(Path work) throws IOException, UsageException {
    if (samples < 1 || requests < 1 || policies < 1 || routes < 1) {
      throw new UsageException(
          "--samples, --requests, --policies and --routes are whole numbers from 1 on.");
    }
    System.err.println("Putting " + policies + " policies in force …");
    return policyFolder(work);
  }

  @Override
  protected Report measure(Path work, URI dynamodb, Map<String, String> environment)
      throws Exception {
    try (MemoryLimit limit = MemoryLimit.of((long) MEMORY << 20)) {
      System.err.println("Writing an address database …");
      Path database = database(work);
      Map<String, String> limited = new HashMap<>(environment);
      limited.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(MEMORY));
      limited.put("GEO_DATABASE", database.toString());
      limited.putAll(limit.environment());
      StartupVariant variant = StartupVariants.selfContained(work);
      List<Double> megabytes = new ArrayList<>();
      for (int sample = 1; sample <= samples; sample++) {
        System.err.println(
            "Asking " + requests + " times, " + sample + " of " + samples + " starts …");
        megabytes.add(peak(variant, limit, limited, work.resolve("output-" + sample)) / 1e6);
      }
      return report(megabytes, limit, Files.size(database));
    }
  }

  private long peak(
      StartupVariant variant, MemoryLimit limit, Map<String, String> environment, Path output)
      throws Exception {
    try (RuntimeApi api = RuntimeApi.start();
        FunctionProcess process =
            FunctionProcess.start(
                limit.around(variant.command()), variant.task(), environment, api, output)) {
      for (int i = 0; i < requests; i++) {
        RuntimeApi.Answer answer = ask(api, process, event(i), limit);
        if (answer.isError() || answer.body().contains("\"statusCode\":503")) {
          throw new UsageException("It answered " + answer.body() + "\n" + process.output());
        }
      }
      long peak =
          process
              .peakResident()
              .orElseThrow(() ->
                  new UsageException("This system does not say how much memory a process has."));
      process.stop();
      return peak;
    }
  }

  private static RuntimeApi.Answer ask(
      RuntimeApi api, FunctionProcess process, String event, MemoryLimit limit) throws Exception {
    CompletableFuture<RuntimeApi.Answer> answer = api.send(event);
    for (int i = 0; i < PATIENCE; i++) {
      try {
        return answer.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        if (!process.isAlive()) {
          break;
        }
      }
    }
    throw new UsageException(
        "The function "
            + (process.isAlive()
                ? "does not answer. "
                : "has ended, as one does that has not enough memory. ")
            + limit.sentence()
            + "\n"
            + process.output());
  }

  private Report report(List<Double> megabytes, MemoryLimit limit, long database) {
    Report report =
        new Report(
            "memory",
            "Most memory resident, as Lambda with " + MEMORY + " MB starts it",
            InstantSource.system().instant());
    report.add(new Samples("gateway, self-contained package", "MB", megabytes));
    report.ratio("MB resident at most, of all starts", Collections.max(megabytes), MOST_MEGABYTES);
    report.note(limit.sentence());
    report.note(
        policies
            + " policies, "
            + routes
            + " routes, an address database of "
            + Math.round(database / 1e6)
            + " MB, "
            + requests
            + " requests.");
    return report;
  }

  private Path policyFolder(Path work) throws IOException {
    Path folder = Files.createDirectory(work.resolve("policies"));
    StringBuilder catalog = new StringBuilder("routes:\n");
    for (int i = 0; i < routes; i++) {
      catalog.append(
          """
            - path: /bases/p%d/**/*.x%d
              product: product-%d
              activity: signature-update
          """
              .formatted(i, i % 7, i % Math.max(1, policies)));
    }
    Files.writeString(folder.resolve("catalog.yaml"), catalog);
    for (int i = 0; i < policies; i++) {
      Files.writeString(
          folder.resolve("policy-" + i + ".yaml"),
          """
          id: policy-%d
          title: A determination about one product
          authority: An authority with a long name, in a department
          citation: 89 FR 52434 (Case No. %d)
          scope:
            locations: [%s, UA-43]
            subjects: [located, registered]
          products: [product-%d]
          phases:
            - id: updates
              from: 2024-09-29 00:00 America/New_York
              refuses: [signature-update, patch-update, unclassified]
          undetermined: refuse
          """
              .formatted(i, i, COUNTRIES.get(i % COUNTRIES.size()), i));
    }
    return folder;
  }

  /** As large as those that are sold: a country for each of half a million networks. */
  private static Path database(Path work) throws IOException {
    MmdbWriter writer =
        new MmdbWriter("GeoIP2-Country", 6).builtAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    for (int i = 0; i < NETWORKS; i++) {
      // From 1.0.0.0 on, in steps of seven networks of 256 addresses.
      int network = (1 << 16) + i * 7;
      writer.put(
          (network >> 16) + "." + ((network >> 8) & 255) + "." + (network & 255) + ".0/24",
          Map.of("country", Map.of("iso_code", COUNTRIES.get(i % COUNTRIES.size()))));
    }
    Path file = work.resolve("country.mmdb");
    writer.write(file);
    return file;
  }

  private String event(int number) {
    return """
    {"version":"2.0","rawPath":"/bases/p%d/2024/main.x%d","rawQueryString":"","headers":{"cloudfront-viewer-country":"%s",\
    "cloudfront-viewer-address":"%d.%d.2.1:443"},"requestContext":{"authorizer":{"iam":{"accountId":"1"}},"http":\
    {"method":"GET","sourceIp":"192.0.2.1"},"requestId":"r%d","timeEpoch":1727582400000}}
    """
        .formatted(
            number % routes,
            number % 9,
            COUNTRIES.get(number % COUNTRIES.size()),
            1 + number % 50,
            number % 250,
            number);
  }
}
