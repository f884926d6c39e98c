package updategateway.cli.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import updategateway.cli.text.ListText;
import updategateway.commandline.TextWrap;
import updategateway.commandline.TimeOption;
import updategateway.commandline.UsageException;
import updategateway.store.history.Activation;
import updategateway.store.history.HistoryReport;

/** {@code scripts/policy history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    parameterListHeading = "%n",
    optionListHeading = "%n",
    description = {
      "Lists all that was ever put in force: when, by whom, from where and why, the oldest first."
    },
    footer = {
      "",
      "Every entry is held against the one before, and the last against what is in force: what was changed, taken out, moved",
      "or put in is said, with what to restore. --verify also reads every set and every request. Whoever can write the table",
      "can write a whole new history that is right in itself: keep the hash of the last entry elsewhere, and compare.",
      "Times are shown to the millisecond; --json has them as they are kept, as the hashes of the entries cover them.",
      "Exit codes: 0 when it verifies, 1 when it does not, 2 when it cannot be read."
    })
final class HistoryCommand implements Callable<Integer> {
  @Option(
      names = "--verify",
      description = "check every set and every request that the history names, too")
  private boolean verify;

  @Mixin private TableOptions table = new TableOptions();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws UsageException {
    return table.run(
        output,
        sets -> {
          HistoryReport report = verify ? sets.verifyHistory() : sets.readHistory();
          if (output.isJson()) {
            output.print(document(report));
          } else {
            list(report.entries());
            if (verify || !report.verifies()) {
              verdict(report);
            }
          }
          return report.verifies() ? Output.FINE : Output.FINDINGS;
        });
  }

  private void list(List<Activation> entries) {
    if (entries.isEmpty()) {
      output.out().println("The history has no entry.");
    }
    for (Activation activation : entries) {
      output
          .out()
          .println(
              output
                      .style()
                      .strong(activation.sequence() + "  " + TimeOption.shown(activation.at()))
                  + "  "
                  + activation.digest());
      String indent = " ".repeat(Long.toString(activation.sequence()).length() + 2);
      output
          .out()
          .println(
              TextWrap.of(
                  indent, "by " + activation.request().by() + ", " + activation.request().stack()));
      if (activation.request().reason() != null) {
        output.out().println(TextWrap.of(indent, "reason: " + activation.request().reason()));
      }
      output
          .out()
          .println(indent + "request " + TextWrap.printable(activation.request().requestId()));
      output.out().println(indent + "entry " + activation.entry());
    }
  }

  private void verdict(HistoryReport report) {
    output.out().println();
    report
        .findings()
        .forEach(finding -> {
          output.out().println(output.style().bad(TextWrap.of("  ", finding.sentence())));
          output.out().println(TextWrap.of("    ", finding.remedy()));
        });
    output
        .out()
        .println(
            report.verifies()
                ? output
                    .style()
                    .good(
                        "The history verifies: "
                            + ListText.count(report.entries().size(), "entry", "entries")
                            + ", every one as it was written.")
                : output
                    .style()
                    .bad(
                        "The history does not verify: "
                            + ListText.count(report.findings().size(), "finding", "findings")
                            + "."));
  }

  private ObjectNode document(HistoryReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode list = document.putArray("entries");
    for (Activation activation : report.entries()) {
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
    if (verify) {
      document.put("verifies", report.verifies());
    }
    ArrayNode findings = document.putArray("findings");
    report
        .findings()
        .forEach(finding ->
            findings
                .addObject()
                .put("kind", finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("sequence", finding.sequence())
                .put("sentence", finding.sentence())
                .put("remedy", finding.remedy()));
    return document;
  }
}
