package updategateway.cli.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import updategateway.commandline.TextWrap;
import updategateway.commandline.TimeOption;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.DocumentJson;
import updategateway.commandline.tables.PolicySetResolver;
import updategateway.policy.set.CanonicalForm;
import updategateway.policy.set.Digest;
import updategateway.policy.set.PolicySet;
import updategateway.store.dynamodb.PolicyStoreException;
import updategateway.store.history.Activation;
import updategateway.store.history.ActiveSet;
import updategateway.store.history.PolicySetRepository;

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
      "The text is YAML as the files have it. " + TimeOption.NOTATION,
      "Exit codes: 0 when it is shown or written, 1 when nothing was in force then, when the set or the history that leads to it",
      "does not verify, or when the files of --out make another set; 2 when it cannot be read, written or found."
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
      paramLabel = TimeOption.LABEL,
      description =
          "the set that was in force at that instant; of the future nobody can tell, and the set in force now is shown,"
              + " with a note")
  private @Nullable String at;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "write the set as files into this new or empty folder; scripts/policy validate gives them the same digest")
  private @Nullable Path folder;

  @Mixin private TableOptions table = new TableOptions();
  @Mixin private Output output = new Output();

  private record Shown(Digest digest, @Nullable Long sequence, @Nullable Instant since, String by) {
    static Shown of(ActiveSet inForce) {
      return new Shown(inForce.digest(), inForce.sequence(), inForce.since(), inForce.by());
    }
  }

  @Override
  public Integer call() throws UsageException {
    if (which != null && at != null) {
      throw new UsageException("Name a set, or an instant with --at, not both.");
    }
    @Nullable Instant instant = TimeOption.instant("--at", at);
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
          PolicySet set = sets.read(shown.digest());
          int exitCode = Output.FINE;
          if (folder == null) {
            show(set, shown, note);
          } else {
            exitCode = write(set, shown, folder);
          }
          if (note != null) {
            output.err().println(note);
          }
          return exitCode;
        });
  }

  private @Nullable Shown find(PolicySetRepository sets, @Nullable Instant instant)
      throws PolicyStoreException, UsageException {
    if (which != null) {
      return new Shown(PolicySetResolver.named(which, sets.history()), null, null, "");
    }
    if (instant != null) {
      Activation then = sets.inForceAt(instant).orElse(null);
      return then == null ? null : Shown.of(then.inForce());
    }
    return sets.inForce().map(Shown::of).orElse(null);
  }

  private int write(PolicySet set, Shown shown, Path folder) throws UsageException {
    SetFiles files = new SetFiles(set);
    Digest read = files.write(folder);
    if (output.isJson()) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put("digest", shown.digest().hex());
      document.put("folder", folder.toString());
      files.texts().keySet().forEach(document.putArray("files")::add);
      output.print(document);
    } else {
      output
          .out()
          .println(
              "Policy set "
                  + shown.digest()
                  + " is in "
                  + folder
                  + ": "
                  + String.join(", ", files.texts().keySet())
                  + ".");
    }
    if (read.equals(shown.digest())) {
      return Output.FINE;
    }
    output
        .err()
        .println(
            "These files make another set, "
                + read
                + ": a time zone has other rules on this machine than it had when the set was put in"
                + " force. Compare the times in the files with the instants behind them.");
    return Output.FINDINGS;
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
              + TimeOption.shown(shown.since())
              + ", activation "
              + shown.sequence()
              + ", by "
              + TextWrap.printable(shown.by()));
    }
    new SetFiles(set)
        .texts()
        .forEach((name, text) -> {
          out.println();
          out.println(output.style().strong("# " + name));
          out.print(text);
        });
  }
}
