package updategateway.local.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.local.UsageException;
import updategateway.local.policy.words.Enumeration;
import updategateway.local.policy.words.Paragraph;
import updategateway.policystore.Activation;
import updategateway.policystore.HistoryReport;

/** {@code scripts/policy history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    parameterListHeading = "%n",
    optionListHeading = "%n",
    description = {
      "Lists all that was ever put in force: when, by whom, from where and why, the newest first."
    },
    footer = {
      "",
      "--verify reads every entry and every set, and says which was changed, taken out, moved or put in. Whoever can write the",
      "table can write a whole new history that is right in itself: keep the hash of the last entry elsewhere, and compare.",
      "Exit codes: 0 when it is listed and, with --verify, verifies; 1 when it does not verify; 2 when it cannot be read."
    })
final class HistoryCommand implements Callable<Integer> {
  @Option(names = "--verify", description = "check the whole chain, and every set that it names")
  private boolean verify;

  @Mixin private TableOptions table = new TableOptions();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws UsageException {
    return table.run(
        output,
        sets -> {
          @Nullable HistoryReport report = verify ? sets.verifyHistory() : null;
          List<Activation> entries = report == null ? sets.history() : report.entries();
          if (output.isJson()) {
            output.print(document(entries, report));
          } else {
            list(entries);
            if (report != null) {
              verdict(report);
            }
          }
          return report == null || report.verifies() ? Output.FINE : Output.FINDINGS;
        });
  }

  private void list(List<Activation> entries) {
    if (entries.isEmpty()) {
      output.out().println("Nothing was ever put in force.");
    }
    for (Activation activation : entries.reversed()) {
      output
          .out()
          .println(
              output.style().strong(activation.sequence() + "  " + activation.at())
                  + "  "
                  + activation.digest());
      String indent = " ".repeat(Long.toString(activation.sequence()).length() + 2);
      output
          .out()
          .println(
              Paragraph.of(
                  indent, "by " + activation.request().by() + ", " + activation.request().stack()));
      if (activation.request().reason() != null) {
        output.out().println(Paragraph.of(indent, "reason: " + activation.request().reason()));
      }
      output.out().println(indent + "entry " + activation.entry());
    }
  }

  private void verdict(HistoryReport report) {
    output.out().println();
    report
        .findings()
        .forEach(finding ->
            output.out().println(output.style().bad(Paragraph.of("  ", finding.sentence()))));
    output
        .out()
        .println(
            report.verifies()
                ? output
                    .style()
                    .good(
                        "The history verifies: "
                            + Enumeration.count(report.entries().size(), "entry", "entries")
                            + ", every one as it was written.")
                : output
                    .style()
                    .bad(
                        "The history does not verify: "
                            + Enumeration.count(report.findings().size(), "finding", "findings")
                            + "."));
  }

  private static ObjectNode document(List<Activation> entries, @Nullable HistoryReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode list = document.putArray("entries");
    for (Activation activation : entries) {
      list.addObject()
          .put("sequence", activation.sequence())
          .put("at", activation.at().toString())
          .put("digest", activation.digest().hex())
          .put("previous", activation.previous() == null ? null : activation.previous().hex())
          .put("by", activation.request().by())
          .put("stack", activation.request().stack())
          .put("requestId", activation.request().requestId())
          .put("reason", activation.request().reason())
          .put(
              "previousEntry",
              activation.previousEntry() == null ? null : activation.previousEntry().hex())
          .put("entry", activation.entry().hex());
    }
    if (report != null) {
      document.put("verifies", report.verifies());
      ArrayNode findings = document.putArray("findings");
      report
          .findings()
          .forEach(finding ->
              findings
                  .addObject()
                  .put("kind", finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                  .put("sequence", finding.sequence())
                  .put("sentence", finding.sentence()));
    }
    return document;
  }
}
