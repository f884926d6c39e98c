package updategateway.local.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import updategateway.local.Times;
import updategateway.local.UsageException;
import updategateway.local.files.DocumentJson;
import updategateway.local.policy.words.Paragraph;
import updategateway.policy.Policy;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.policystore.Activation;
import updategateway.policystore.DynamoDbPolicySets;
import updategateway.policystore.InForce;
import updategateway.policystore.PolicyStoreException;

/** {@code scripts/policy show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    parameterListHeading = "%n",
    optionListHeading = "%n",
    description = {
      "Shows the policy set that is in force, or was at an instant, or any set of the history: the whole of it, verified"
          + " against its digest."
    },
    footer = {
      "",
      "The text is YAML as the files have it. " + Times.NOTATION,
      "Exit codes: 0 when it is shown, 1 when nothing was in force then, or when the set or the history that leads to it does",
      "not verify, 2 when it cannot be read or there is no such set."
    })
final class ShowCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIGEST|SEQUENCE",
      arity = "0..1",
      description =
          "a set of the history, by its digest (8 digits are enough) or the number of an activation"
              + " (default: the set in force)")
  private @Nullable String which;

  @Option(
      names = "--at",
      paramLabel = Times.LABEL,
      description =
          "the set that was in force at that instant; of the future nobody can tell, and the set in force now is shown,"
              + " with a note")
  private @Nullable String at;

  @Mixin private TableOptions table = new TableOptions();
  @Mixin private Output output = new Output();

  private record Shown(Digest digest, @Nullable Long sequence, @Nullable Instant since, String by) {
    static Shown of(InForce inForce) {
      return new Shown(inForce.digest(), inForce.sequence(), inForce.since(), inForce.by());
    }
  }

  @Override
  public Integer call() throws UsageException {
    if (which != null && at != null) {
      throw new UsageException("Name a set, or an instant with --at, not both.");
    }
    @Nullable Instant instant = Times.instant("--at", at);
    boolean isFuture =
        instant != null && instant.isAfter(Instant.ofEpochMilli(System.currentTimeMillis()));
    return table.run(
        output,
        sets -> {
          Shown shown = find(sets, instant);
          if (shown == null) {
            output
                .err()
                .println(
                    instant == null || isFuture
                        ? "Nothing is in force: " + table.meant().words() + "."
                        : "Nothing was in force at " + instant + ".");
            return Output.FINDINGS;
          }
          String note = isFuture ? note(instant, shown) : null;
          show(sets.read(shown.digest()), shown, note);
          if (note != null) {
            output.err().println(note);
          }
          return Output.FINE;
        });
  }

  private @Nullable Shown find(DynamoDbPolicySets sets, @Nullable Instant instant)
      throws PolicyStoreException, UsageException {
    if (which != null) {
      return new Shown(Sets.named(which, sets.history()), null, null, "");
    }
    if (instant != null) {
      Activation then = sets.inForceAt(instant).orElse(null);
      return then == null ? null : Shown.of(then.inForce());
    }
    return sets.inForce().map(Shown::of).orElse(null);
  }

  private static String note(@Nullable Instant instant, Shown shown) {
    return "Note: "
        + instant
        + " is in the future. This is the set in force now, activation "
        + shown.sequence()
        + "; another may be put in force before then.";
  }

  private void show(PolicySet set, Shown shown, @Nullable String note) {
    if (output.isJson()) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      if (note != null) {
        document.put("note", note);
      }
      document.put("digest", shown.digest().hex());
      document.put("sequence", shown.sequence());
      document.put("since", shown.since() == null ? null : shown.since().toString());
      document.put("by", shown.by().isEmpty() ? null : shown.by());
      document.set("catalog", DocumentJson.of(CanonicalForm.catalog(set.catalog())));
      ArrayNode policies = document.putArray("policies");
      set.policies().forEach(policy -> policies.add(DocumentJson.of(CanonicalForm.policy(policy))));
      if (!set.corrections().isEmpty()) {
        document.set(
            "corrections",
            DocumentJson.of(CanonicalForm.corrections(set.corrections())).path("corrections"));
      }
      output.print(document);
      return;
    }
    var out = output.out();
    out.println("# Policy set " + shown.digest());
    if (shown.since() != null) {
      out.println(
          "# in force since "
              + shown.since()
              + ", activation "
              + shown.sequence()
              + ", by "
              + Paragraph.printable(shown.by()));
    }
    for (Policy policy : set.policies()) {
      out.println();
      out.println(output.style().strong("# " + policy.id() + ".yaml"));
      out.print(YamlText.of(CanonicalForm.policy(policy)));
    }
    out.println();
    out.println(output.style().strong("# catalog.yaml"));
    out.print(YamlText.of(CanonicalForm.catalog(set.catalog())));
    if (!set.corrections().isEmpty()) {
      out.println();
      out.println(output.style().strong("# corrections.yaml"));
      out.print(YamlText.of(CanonicalForm.corrections(set.corrections())));
    }
  }
}
