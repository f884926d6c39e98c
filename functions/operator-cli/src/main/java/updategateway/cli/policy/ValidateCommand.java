package updategateway.cli.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import updategateway.cli.text.ListText;
import updategateway.cli.validation.AllowEmptyOption;
import updategateway.cli.validation.StrictOption;
import updategateway.cli.validation.ValidationReport;
import updategateway.commandline.ProjectPaths;
import updategateway.commandline.UsageException;
import updategateway.commandline.files.LoadedFiles;
import updategateway.commandline.files.PolicyFolder;
import updategateway.policy.set.PolicySet;

/** {@code scripts/policy validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 120,
    parameterListHeading = "%n",
    optionListHeading = "%n",
    description = {
      "Checks policy files, and says of every mistake in them the file, the line, what is wrong and what to write"
          + " instead. What CloudFormation would read otherwise than it is written is a mistake too."
    },
    footer = {
      "",
      "Warns of what is allowed and probably not meant: activities and products that no route has, places that except leaves",
      "out for nothing, what stands in a list twice, routes that no path reaches, policies that refuse nothing, years far away.",
      "An activity or product within two letters of one that a route has is a mistake.",
      "Notes what a place does not cover that has codes in it: FR-974 is RE, which FR alone does not cover. Notes never fail.",
      "",
      "A folder must make a whole policy set: with a catalog.yaml and a policy. Files by themselves need not.",
      "Needs no table. Exit codes: 0 when nothing is wrong, 1 when something is (with --strict: also of warnings), 2 when there",
      "are no such files."
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR|FILE",
      arity = "0..*",
      description = "one folder, or files (default: functions/policies)")
  private List<Path> paths = new ArrayList<>();

  @Mixin private AllowEmptyOption noPolicies = new AllowEmptyOption();
  @Mixin private StrictOption strictness = new StrictOption();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws UsageException {
    Map<String, Path> places = new HashMap<>();
    ValidationReport check;
    try (Progress _ = output.progress("Checking the files")) {
      check = check(places, Instant.ofEpochMilli(System.currentTimeMillis()));
    }
    report(check, places);
    return strictness.exitCode(
        check.mistakes().isEmpty() ? Output.FINE : Output.FINDINGS, check.warnings());
  }

  private ValidationReport check(Map<String, Path> places, Instant now) throws UsageException {
    if (paths.size() > 1 || (!paths.isEmpty() && !Files.isDirectory(paths.getFirst()))) {
      return ValidationReport.parts(LoadedFiles.of(named(places)), now);
    }
    Path folder = paths.isEmpty() ? FilesOption.shown(ProjectPaths.policies()) : paths.getFirst();
    LoadedFiles read = new PolicyFolder(folder).content();
    read.names().forEach(name -> places.put(name, folder.resolve(name)));
    return noPolicies.check(read, now);
  }

  private List<Path> named(Map<String, Path> places) throws UsageException {
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        throw new UsageException(path + " is a folder: name one folder, or files.");
      }
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new UsageException("The file " + path + " cannot be read: there is none.");
      }
      Path earlier = places.putIfAbsent(String.valueOf(path.getFileName()), path);
      if (earlier != null) {
        throw new UsageException(
            earlier + " and " + path + " have the same name: check them one after the other.");
      }
    }
    return paths;
  }

  private void report(ValidationReport check, Map<String, Path> places) {
    FindingsOutput findings = new FindingsOutput(file -> places.getOrDefault(file, Path.of(file)));
    PolicySet set = check.set();
    if (output.isJson()) {
      output.print(document(check, findings));
      return;
    }
    check.mistakes().forEach(mistake -> output.out().println(findings.mistake(mistake)));
    check
        .warnings()
        .forEach(
            warning -> output.out().println(output.style().careful(findings.warning(warning))));
    check.notes().forEach(note -> output.out().println(findings.note(note)));
    if (!check.warnings().isEmpty()) {
      output
          .err()
          .println(
              output
                  .style()
                  .careful(ListText.count(check.warnings().size(), "warning", "warnings") + "."));
    }
    if (!check.mistakes().isEmpty()) {
      output
          .err()
          .println(
              output
                  .style()
                  .bad(ListText.count(check.mistakes().size(), "mistake", "mistakes") + "."));
      return;
    }
    if (set == null) {
      output
          .out()
          .println(
              output
                  .style()
                  .good(
                      "Nothing is wrong with "
                          + ListText.count(places.size(), "file", "files")
                          + "."));
      return;
    }
    output
        .out()
        .println(
            output.style().good("Nothing is wrong.")
                + " "
                + ListText.count(set.policies().size(), "policy", "policies")
                + " and "
                + ListText.count(set.catalog().routes().size(), "route", "routes")
                + " make the policy set "
                + set.digest()
                + ".");
    if (set.policies().isEmpty()) {
      output
          .out()
          .println(
              output.style().careful("It has no policy: everything would be served to everybody."));
    }
  }

  private static ObjectNode document(ValidationReport check, FindingsOutput findings) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("valid", check.mistakes().isEmpty());
    document.put("digest", check.set() == null ? null : check.set().digest().hex());
    findings.add(check.mistakes(), document.putArray("findings"));
    findings.add(check.warnings(), document.putArray("warnings"));
    findings.add(check.notes(), document.putArray("notes"));
    return document;
  }
}
