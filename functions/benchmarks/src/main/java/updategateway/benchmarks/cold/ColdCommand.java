package updategateway.benchmarks.cold;

import java.net.URI;
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
import updategateway.benchmarks.startup.StartFigures;
import updategateway.benchmarks.startup.StartupVariant;
import updategateway.benchmarks.startup.StartupVariants;
import updategateway.benchmarks.startup.TableWarmUp;
import updategateway.commandline.CommandLineTool;

/**
 * Cold starts of the gateway, of an empty handler and of a plain build of the gateway, from exec to
 * the first answer. The variants take turns, so that other load on the machine falls on all alike.
 */
@Command(
    name = "scripts/bench cold",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures cold starts: from exec to the first answer.%n")
public final class ColdCommand extends FunctionBenchCommand {
  private static final String OURS = StartupVariants.OURS_CACHED;

  @Option(
      names = "--rounds",
      defaultValue = "21",
      description = "how often each is started (default: ${DEFAULT-VALUE})")
  private int rounds;

  private final SampleCollector millis = new SampleCollector("ms");
  private final SampleCollector processorMillis = new SampleCollector("ms");
  private final SampleCollector megabytes = new SampleCollector("MB");

  /** Runs the command; called by scripts/bench. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new ColdCommand(), arguments));
  }

  @Override
  protected Report measure(Path work, URI dynamodb, Map<String, String> environment)
      throws Exception {
    List<StartupVariant> variants = new ArrayList<>(StartupVariants.all(work, environment));
    variants.addFirst(StartupVariants.emptyOnClassPath(work, environment));
    Samples setRead = TableWarmUp.run(dynamodb);
    for (int round = 0; round <= rounds; round++) {
      System.err.print(round == 0 ? "Warming up …" : "\rRound " + round + " of " + rounds + " …");
      for (StartupVariant variant : variants) {
        StartFigures start =
            StartFigures.of(variant, List.of(), environment, work.resolve("output"));
        if (round > 0) {
          millis.add(variant.name(), start.millis());
          processorMillis.add(variant.name(), start.processorMillis());
          megabytes.add(variant.name(), start.megabytes());
        }
      }
    }
    System.err.println();
    return report(setRead);
  }

  private Report report(Samples setRead) {
    Report report =
        new Report(
            "cold",
            "Cold start: exec to first answer, policy read from DynamoDB",
            InstantSource.system().instant());
    millis.all().forEach(report::add);
    ratio(
        report,
        "self-contained gateway / empty handler with an AOT cache, jars on the class path",
        StartupVariants.EMPTY_CLASS_PATH,
        2.0);
    ratio(
        report,
        "self-contained gateway / empty handler packaged the same way",
        StartupVariants.EMPTY_CACHED,
        2.0);
    ratio(
        report,
        "self-contained gateway / plain build of the same function",
        StartupVariants.OURS_PLAIN,
        1.0 / 3);
    note(report, processorMillis, " of processor time up to the first answer");
    note(report, megabytes, " resident at most, up to the first answer");
    report.note(
        "DynamoDB Local, warmed up, with a client that is too: "
            + "%.1f ms to read the set in force, which each gateway's start waits for"
                .formatted(setRead.median()));
    return report;
  }

  private void ratio(Report report, String name, String other, double most) {
    report.ratio(name, millis.ratio(OURS, other).orElseThrow(), most);
    processorMillis
        .ratio(OURS, other)
        .ifPresent(ratio -> report.ratio(name + ", processor time", ratio, most));
  }

  private static void note(Report report, SampleCollector samples, String what) {
    samples
        .all()
        .forEach(one ->
            report.note(one.name() + ": " + Math.round(one.median()) + " " + one.unit() + what));
  }
}
