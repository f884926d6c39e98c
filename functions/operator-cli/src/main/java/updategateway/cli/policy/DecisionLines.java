package updategateway.cli.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import updategateway.cli.policy.decided.LogEntry;
import updategateway.cli.policy.decided.Redecision;
import updategateway.cli.policy.explain.ExplanationJson;
import updategateway.cli.policy.explain.ExplanationText;
import updategateway.cli.policy.explain.UnknownTermsText;
import updategateway.commandline.TextWrap;
import updategateway.commandline.UsageException;
import updategateway.policy.decision.DecisionTrace;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;

/** Lines of the decision log that are decided again, reported to a person or a program. */
final class DecisionLines {
  private final PolicySetOption choice;
  private final Output output;

  DecisionLines(PolicySetOption choice, Output output) {
    this.choice = choice;
    this.output = output;
  }

  /**
   * Decides lines again and reports what comes of it.
   *
   * @param line a line; {@code -} for those of the input, where all else is passed over
   * @return {@link Output#FINE} if there are decisions and all are the same again
   */
  int explain(String line, InputStream input) throws UsageException {
    List<LogEntry> entries = line.equals("-") ? entries(input) : List.of(LogEntry.parse(line));
    Set<Digest> digests = new LinkedHashSet<>();
    entries.forEach(entry -> entry.policySet().ifPresent(digests::add));
    return digests.isEmpty()
        ? report(entries, Map.of())
        : choice.run(output, digests, sets -> report(entries, sets));
  }

  private static List<LogEntry> entries(InputStream input) throws UsageException {
    List<LogEntry> entries = new ArrayList<>();
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (LogEntry.isOne(line)) {
          entries.add(LogEntry.parse(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (entries.isEmpty()) {
      throw new UsageException(
          "Standard input has no decision line: a line begins with {\"outcome\": and has a requestId.");
    }
    return entries;
  }

  private int report(List<LogEntry> entries, Map<Digest, PolicySet> sets) throws UsageException {
    ArrayNode document = JsonNodeFactory.instance.arrayNode();
    int decided = 0;
    int same = 0;
    for (LogEntry entry : entries) {
      if (entry.policySet().isEmpty()) {
        undecided(entry, document);
        continue;
      }
      PolicySet set = Objects.requireNonNull(sets.get(entry.policySet().get()));
      Redecision again = Redecision.of(entry, set);
      DecisionTrace explanation = Evaluator.of(set).trace(again.request());
      if (output.isJson()) {
        document.add(json(again, explanation, set));
      } else {
        text(again, set, entries.size() == 1 ? explanation : null);
      }
      decided++;
      same += again.isSame() ? 1 : 0;
    }
    if (output.isJson()) {
      output.print(entries.size() == 1 ? document.get(0) : document);
    } else if (entries.size() > 1) {
      output
          .out()
          .println(
              entries.size()
                  + " lines, "
                  + decided
                  + " decided by policies, "
                  + (same == decided ? "all" : same)
                  + " of them the same again.");
    }
    return decided > 0 && same == decided ? Output.FINE : Output.FINDINGS;
  }

  private void undecided(LogEntry entry, ArrayNode document) {
    if (output.isJson()) {
      document
          .addObject()
          .put("requestId", entry.id())
          .putNull("same")
          .put("outcome", entry.outcome());
    } else {
      output
          .out()
          .println(
              TextWrap.of(
                  "",
                  "Request "
                      + entry.id()
                      + " was not decided by a policy: its outcome is "
                      + entry.outcome()
                      + "."));
    }
  }

  private void text(Redecision again, PolicySet set, @Nullable DecisionTrace explanation) {
    var out = output.out();
    String verdict =
        "Request "
            + again.entry().id()
            + ", decided again by policy set "
            + set.digest().abbreviated()
            + ": "
            + again.summary()
            + (again.isSame() ? ", the same as logged." : ", not the same as logged.");
    out.println(
        again.isSame()
            ? output.style().good(TextWrap.of("", verdict))
            : output.style().bad(TextWrap.of("", verdict)));
    again.differences().forEach(difference -> out.println(TextWrap.of("  - ", difference)));
    if (explanation != null) {
      if (!again.gaps().isEmpty()) {
        out.println("The line does not hold:");
        again.gaps().forEach(gap -> out.println(TextWrap.of("  - ", gap)));
      }
      out.println();
      new ExplanationText(explanation, set)
          .print(
              List.of(), UnknownTermsText.of(set, again.request()), output.style(), output.out());
    }
  }

  private static ObjectNode json(Redecision again, DecisionTrace explanation, PolicySet set) {
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    one.put("requestId", again.entry().id());
    one.put("same", again.isSame());
    again.differences().forEach(one.putArray("differences")::add);
    again.gaps().forEach(one.putArray("notInTheLine")::add);
    one.set(
        "explanation",
        ExplanationJson.document(explanation, set, UnknownTermsText.of(set, again.request())));
    return one;
  }
}
