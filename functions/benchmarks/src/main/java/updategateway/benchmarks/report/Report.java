package updategateway.benchmarks.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one benchmark found: medians with their spread, and the ratios that it is about, as a table,
 * as JSON and as a chart.
 */
public final class Report {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String COMMAND = "updategateway.command";

  private final String benchmark;
  private final String title;
  private final Instant time;
  private final String command;
  private final String machine = HostInfo.description();
  private final List<Samples> series = new ArrayList<>();
  private final List<Ratio> ratios = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private record Ratio(String name, double value, double most) {}

  /**
   * The command that made it is the one that the script was given, with all its arguments.
   *
   * @param benchmark its name, as {@code scripts/bench} takes it
   * @param title what it measures, in a few words
   */
  public Report(String benchmark, String title, Instant time) {
    this.benchmark = benchmark;
    this.title = title;
    this.time = time.truncatedTo(ChronoUnit.SECONDS);
    this.command = System.getProperty(COMMAND, "scripts/bench " + benchmark);
  }

  /** Adds measurements. */
  public Report add(Samples measured) {
    series.add(measured);
    return this;
  }

  /** Adds a quantity that is to be no greater than a goal. */
  public Report ratio(String name, double value, double most) {
    ratios.add(new Ratio(name, value, most));
    return this;
  }

  /** Adds a sentence that a reader needs to understand the numbers. */
  public Report note(String sentence) {
    notes.add(sentence);
    return this;
  }

  /** Prints it. */
  public void print(PrintStream out) {
    out.println();
    out.println(title);
    out.println(command + ", on " + machine);
    out.println();
    out.printf(Locale.ROOT, "%-58s %10s %10s %10s %4s%n", "", "lower", "median", "upper", "n");
    for (Samples one : series) {
      out.printf(
          Locale.ROOT,
          "%-58s %10.1f %10.1f %10.1f %4d %s%n",
          one.name(),
          one.lower(),
          one.median(),
          one.upper(),
          one.samples().size(),
          one.unit());
    }
    if (!ratios.isEmpty()) {
      out.println();
    }
    for (Ratio ratio : ratios) {
      out.printf(
          Locale.ROOT,
          "%-70s %8.2f  goal: at most %.2f  %s%n",
          ratio.name(),
          ratio.value(),
          ratio.most(),
          ratio.value() <= ratio.most() ? "reached" : "MISSED");
    }
    notes.forEach(out::println);
    out.println("(lower, upper: quartiles)");
  }

  /** Writes {@code <benchmark>.json} and {@code <benchmark>.svg}. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(benchmark + ".json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json()) + "\n");
    Files.writeString(
        folder.resolve(benchmark + ".svg"),
        new Chart(title, command + ", " + time + ", " + machine).draw(series));
  }

  private ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("benchmark", benchmark);
    root.put("title", title);
    root.put("command", command);
    root.put("time", time.toString());
    root.put("machine", machine);
    ArrayNode all = root.putArray("series");
    for (Samples one : series) {
      ObjectNode node = all.addObject();
      node.put("name", one.name());
      node.put("unit", one.unit());
      node.put("median", rounded(one.median()));
      node.put("lowerQuartile", rounded(one.lower()));
      node.put("upperQuartile", rounded(one.upper()));
      ArrayNode samples = node.putArray("samples");
      one.samples().forEach(sample -> samples.add(rounded(sample)));
    }
    ArrayNode goals = root.putArray("ratios");
    for (Ratio ratio : ratios) {
      ObjectNode node = goals.addObject();
      node.put("name", ratio.name());
      node.put("value", rounded(ratio.value()));
      node.put("goal", ratio.most());
      node.put("reached", ratio.value() <= ratio.most());
    }
    ArrayNode sentences = root.putArray("notes");
    notes.forEach(sentences::add);
    return root;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
