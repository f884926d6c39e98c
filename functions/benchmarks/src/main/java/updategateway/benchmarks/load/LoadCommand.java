package updategateway.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.benchmarks.measure.Report;
import updategateway.benchmarks.measure.Results;
import updategateway.benchmarks.measure.Series;
import updategateway.local.CommandLineTool;
import updategateway.local.UsageException;
import updategateway.local.run.RunCommand;

/** The whole local system under a steady load. */
@Command(
    name = "scripts/bench load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Drives scripts/run on this machine at a steady rate, and stops by itself. Never goes beyond loopback.%n")
public final class LoadCommand implements Callable<Integer> {
  private static final int MOST_A_SECOND = 5_000;
  private static final int LONGEST = 120;
  private static final int MOST_OPEN = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern ADDRESS =
      Pattern.compile("listens on (http://127\\.0\\.0\\.1:\\d+)");
  private static final List<String> PATHS =
      List.of(
          "/bases/main.cvd",
          "/products/endpoint-security/patches/21.18.1.patch",
          "/advisories/2024-01.txt",
          "/diffs/20240927-20240928.diff");
  private static final List<String> COUNTRIES = List.of("DE", "US", "FR", "PR", "JP");

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "requests a second, at most 5000 (default: ${DEFAULT-VALUE})")
  private int rate;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "how long, at most 120 (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "a gateway that runs on this machine already (default: one is started)")
  private @Nullable URI target;

  @Mixin private Results results = new Results();

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new LoadCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (rate < 1 || rate > MOST_A_SECOND || seconds < 1 || seconds > LONGEST) {
      throw new UsageException(
          "--rate is from 1 to " + MOST_A_SECOND + ", --seconds from 1 to " + LONGEST + ".");
    }
    if (target != null) {
      if (!InetAddress.getByName(target.getHost()).isLoopbackAddress()) {
        throw new UsageException("--target is " + target + ": only this machine's own is driven.");
      }
      drive(target);
      return 0;
    }
    Process system = start();
    try {
      drive(awaitAddress(system));
    } finally {
      system.destroy();
      if (!system.waitFor(30, TimeUnit.SECONDS)) {
        system.destroyForcibly();
      }
    }
    return 0;
  }

  private static Process start() throws IOException {
    System.err.println("Starting scripts/run …");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dupdategateway.project=" + System.getProperty("updategateway.project", "."),
            "-cp",
            System.getProperty("java.class.path"),
            RunCommand.class.getName(),
            "--port",
            "0")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static URI awaitAddress(Process system) throws IOException, UsageException {
    BufferedReader lines = system.inputReader(StandardCharsets.UTF_8);
    URI address = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        address = URI.create(matcher.group(1));
      }
      if (line.contains("Ctrl-C stops it") && address != null) {
        // Somebody has to read the decision lines, or the system would stand still.
        Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(_ -> {}));
        return address;
      }
    }
    throw new UsageException("scripts/run did not start.");
  }

  private void drive(URI gateway) throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    SteadyLoad load =
        new SteadyLoad(client, number -> request(gateway, number), MOST_OPEN, PATIENCE);
    System.err.println("Warming up …");
    int warmUp = Math.min(rate, 200);
    load.run(warmUp, warmUp * Math.min(seconds, 5));
    System.err.println("Asking " + rate + " times a second for " + seconds + " seconds …");
    report(load.run(rate, rate * seconds));
  }

  private static HttpRequest request(URI gateway, int number) {
    return HttpRequest.newBuilder(gateway.resolve(PATHS.get(number % PATHS.size())))
        .header("X-Local-Country", COUNTRIES.get(number % COUNTRIES.size()))
        .timeout(PATIENCE)
        .build();
  }

  private void report(SteadyLoad.Outcome outcome) throws IOException {
    Histogram latencies = outcome.latencies();
    Report report =
        new Report(
            "load",
            String.format(
                Locale.ROOT,
                "Latency of scripts/run at %d requests a second for %d s",
                rate,
                seconds),
            InstantSource.system().instant());
    for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
      String name =
          percentile == 100
              ? "slowest"
              : "p" + (percentile == 99.9 ? "99.9" : Integer.toString((int) percentile));
      report.add(new Series(name, "ms", List.of(latencies.getValueAtPercentile(percentile) / 1e6)));
    }
    report.ratio("requests that failed", (double) outcome.failed(), 0);
    report.note(
        latencies.getTotalCount()
            + " requests: "
            + outcome.answered()
            + " answered with 302 or 451, "
            + outcome.wrong()
            + " with another status, "
            + outcome.unanswered()
            + " not answered in time, "
            + outcome.unsent()
            + " not sent since "
            + MOST_OPEN
            + " were open.");
    report.note(
        "Latency counts from when a request was due (no coordinated omission); one that failed counts as "
            + PATIENCE.toSeconds()
            + " s or longer.");
    report.note(
        "scripts/run is the whole local system in one process: edge, gateway, DynamoDB Local.");
    results.publish(report);
  }
}
