package updategateway.local.replay;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import updategateway.commandline.CommandLineTool;
import updategateway.commandline.TimeOption;
import updategateway.commandline.UsageException;

/** {@code scripts/replay}. */
@Command(
    name = "scripts/replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Puts recorded events through the real handler and compares what becomes of each with what must.%n",
    footer = {
      "",
      "An event is a request of payload format 2.0, as Lambda gets it. Its member `expect`, which the handler does not see, names",
      "what must become of it: status, outcome, policy, phase, activity, product, region, headers (in any case), or any other member",
      "of the decision's line in the log; \"\" expects that there is none. Its member `agents` stands in for the table of accounts.",
      "",
      "From standard input events are read one after another, one a line or over many lines. What is no event is named on standard",
      "error with its line, and gets the response that the handler gives it. Nothing is compared.",
      "",
      "Exit codes: 0 when all is as expected, or nothing has an expectation (the last line says so); 1 when something is not as",
      "expected, or cannot be read; 2 when it cannot start."
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Parameters(
      paramLabel = "EVENT",
      arity = "1..*",
      description =
          "files with an event each, or .ndjson files with many; or - for standard input, one event after another, answered by one response a line")
  private List<String> events = new ArrayList<>();

  @Mixin private ReplayedSet set = new ReplayedSet();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "when every request is made (default: as recorded). DATE TIME ZONE-ID, or ISO 8601 with an offset")
  private @Nullable String at;

  @Option(names = "--json", description = "print one JSON document instead of a table")
  private boolean json;

  /** Started by the script. */
  public static void main(String[] arguments) {
    System.exit(CommandLineTool.run(new ReplayCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    Replay replay = new Replay(set.read(), TimeOption.instant("--at", at));
    if (events.contains("-")) {
      if (events.size() > 1 || json) {
        throw new UsageException(
            "- stands alone: events come from standard input, responses go to standard output.");
      }
      return stream(replay, System.in, System.out, System.err);
    }
    List<ReplayResult> verdicts = new ArrayList<>();
    for (String event : events) {
      Path file = Path.of(event);
      if (event.endsWith(".ndjson")) {
        recorded(replay, file, verdicts);
      } else {
        verdicts.add(verdict(replay, file));
      }
    }
    if (json) {
      System.out.println(
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document(verdicts)));
    } else {
      table(verdicts, System.out);
    }
    return verdicts.stream().allMatch(ReplayResult::isRight) ? 0 : 1;
  }

  /** Adds what becomes of each event of a file with one a line, as scripts/run records them. */
  private static void recorded(Replay replay, Path file, List<ReplayResult> verdicts)
      throws IOException, UsageException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      EventStream stream = new EventStream(in);
      for (EventStream.Item item = stream.next(); item != null; item = stream.next()) {
        verdicts.add(ReplayResult.of(file.getFileName() + ":" + item.line(), item.text(), replay));
      }
    } catch (NoSuchFileException e) {
      throw new UsageException("There is no file " + file + ".");
    }
  }

  private static ReplayResult verdict(Replay replay, Path file) throws IOException, UsageException {
    byte[] event;
    try {
      event = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UsageException("The event " + file + " cannot be read: " + e.getMessage());
    }
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
    return ReplayResult.of(name, event, replay);
  }

  /**
   * Answers each event by one response on a line, in the same order; text that is no event gets a
   * 400.
   *
   * @return 0 when every event could be read, otherwise 1
   */
  static int stream(Replay replay, InputStream in, PrintStream out, PrintStream err)
      throws IOException {
    boolean allReadable = true;
    int events = 0;
    int decidedByClock = 0;
    try (InputStream buffered = new BufferedInputStream(in, 1 << 16);
        OutputStream responses = new BufferedOutputStream(out, 1 << 16)) {
      EventStream stream = new EventStream(buffered);
      for (EventStream.Item item = stream.next(); item != null; item = stream.next()) {
        responses.write(replay.replay(item.text()));
        responses.write('\n');
        List<String> problems = new ArrayList<>(replay.mistakes());
        String place = "line " + item.line() + ": ";
        problems.replaceAll(place::concat);
        if (item.problem() != null) {
          problems.add(String.valueOf(item.problem().getMessage()));
        }
        problems.forEach(err::println);
        allReadable &= problems.isEmpty();
        events++;
        decidedByClock += replay.decidedByClock() ? 1 : 0;
        if (buffered.available() == 0) {
          responses.flush();
        }
      }
    }
    if (decidedByClock > 0) {
      err.println(
          decidedByClock
              + " of "
              + events
              + " events had no readable requestContext.timeEpoch, so the clock decided. --at TIME"
              + " sets the time of all.");
    }
    return allReadable ? 0 : 1;
  }

  private static ArrayNode document(List<ReplayResult> verdicts) {
    ArrayNode all = JSON.createArrayNode();
    for (ReplayResult verdict : verdicts) {
      ObjectNode one = all.addObject();
      one.put("event", verdict.name());
      one.put("right", verdict.isRight());
      one.put("judged", verdict.isJudged());
      verdict.differences().forEach(one.putArray("differences")::add);
      one.set("response", verdict.response());
      one.set("decision", verdict.logLine());
    }
    return all;
  }

  private static void table(List<ReplayResult> verdicts, PrintStream out) {
    int name = width(verdicts.stream().map(ReplayResult::name).toList(), "event");
    int expected = width(verdicts.stream().map(ReplayResult::expected).toList(), "expected");
    int got = width(verdicts.stream().map(ReplayResult::got).toList(), "got");
    String row = "%-" + name + "s  %-" + expected + "s  %-" + got + "s  %-5s  %s";
    out.println(String.format(row, "event", "expected", "got", "", "why").stripTrailing());
    for (ReplayResult verdict : verdicts) {
      String mark = !verdict.isRight() ? "WRONG" : verdict.isJudged() ? "ok" : "-";
      out.println(
          String.format(row, verdict.name(), verdict.expected(), verdict.got(), mark, verdict.why())
              .stripTrailing());
      verdict.differences().forEach(difference -> out.println("    " + difference));
    }
    out.println();
    out.println(summary(verdicts));
  }

  private static String summary(List<ReplayResult> verdicts) {
    long judged = verdicts.stream().filter(ReplayResult::isJudged).count();
    long wrong = verdicts.stream().filter(verdict -> !verdict.isRight()).count();
    long unread = verdicts.stream().filter(verdict -> verdict.got().isEmpty()).count();
    List<String> parts = new ArrayList<>();
    parts.add(verdicts.size() + (verdicts.size() == 1 ? " event" : " events"));
    parts.add(judged + " with an expectation");
    if (unread > 0) {
      parts.add(unread + " that cannot be read");
    }
    if (wrong > unread) {
      parts.add((wrong - unread) + " not as expected");
    } else if (judged == 0) {
      parts.add("nothing was compared");
    } else {
      parts.add(unread > 0 ? "the others as expected" : "all as expected");
    }
    return String.join(", ", parts);
  }

  private static int width(List<String> texts, String heading) {
    return Math.max(heading.length(), texts.stream().mapToInt(String::length).max().orElse(0));
  }
}
