package updategateway.cli.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.cli.policy.timeline.TimelinePage;
import updategateway.cli.policy.timeline.TimelineTable;
import updategateway.cli.text.PlaceText;
import updategateway.commandline.TimeOption;
import updategateway.commandline.UsageException;
import updategateway.policy.set.PolicySet;

/** {@code scripts/policy timeline}. */
@Command(
    name = "timeline",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    parameterListHeading = "%n",
    optionListHeading = "%n",
    description = {
      "Draws who may fetch what, and when, as one page for a browser: places and activities over time, in colours and"
          + " words, with every instant in UTC and in the law's own zone. The page needs no network."
    },
    footer = {
      "",
      "Needs no table, unless --in-force asks for the set in force. " + TimeOption.NOTATION,
      "Exit codes: 0 when it is drawn, 1 when what the table holds does not verify, 2 when it cannot be done as asked, or the",
      "files have mistakes."
    })
final class TimelineCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where to write the page (default: to standard output)")
  private @Nullable Path file;

  @Option(
      names = "--at",
      paramLabel = TimeOption.LABEL,
      description = "what is marked as now (default: now)")
  private @Nullable String at;

  @Mixin private PolicySetOption choice = new PolicySetOption();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws UsageException {
    Instant now = TimeOption.read("--at", at).time().instant();
    return choice.run(output, (set, source) -> draw(set, "by " + source, now));
  }

  private int draw(PolicySet set, String source, Instant now) throws UsageException {
    if (output.isJson()) {
      output.print(document(set));
      return Output.FINE;
    }
    String page = TimelinePage.of(set, source, now);
    if (file == null) {
      output.out().print(page);
      return Output.FINE;
    }
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new UsageException("The page cannot be written to " + file + ": " + e.getMessage());
    }
    output.err().println("Written to " + file + ": open it in a browser.");
    return Output.FINE;
  }

  private static ObjectNode document(PolicySet set) {
    TimelineTable table = TimelineTable.of(set);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("policySet", set.digest().hex());
    ArrayNode boundaries = document.putArray("boundaries");
    table.boundaries().forEach(instant -> boundaries.add(instant.toString()));
    ArrayNode groups = document.putArray("groups");
    for (TimelineTable.Group group : table.groups()) {
      ObjectNode node = groups.addObject();
      ArrayNode who = node.putArray("clients");
      PlaceText.of(group.clients()).forEach(who::add);
      ArrayNode rows = node.putArray("rows");
      for (TimelineTable.Row row : group.rows()) {
        ObjectNode line = rows.addObject();
        line.put("activity", row.activity().name());
        ArrayNode products =
            line.putObject("products").putArray(row.products().allBut() ? "allBut" : "only");
        row.products().listed().forEach(product -> products.add(product.name()));
        ArrayNode cells = line.putArray("stretches");
        for (TimelineTable.Cell cell : row.cells()) {
          ObjectNode stretch = cells.addObject();
          stretch.put("from", cell.from() == null ? null : cell.from().toString());
          stretch.put("until", cell.until() == null ? null : cell.until().toString());
          stretch.put("outcome", cell.outcome().label());
          ArrayNode by = stretch.putArray("by");
          cell.by().forEach(by::add);
        }
      }
    }
    return document;
  }
}
