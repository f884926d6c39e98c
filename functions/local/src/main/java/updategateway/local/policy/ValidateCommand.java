package updategateway.local.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import updategateway.local.Project;
import updategateway.local.UsageException;
import updategateway.local.files.FilesRead;
import updategateway.local.files.PolicyCheck;
import updategateway.local.files.PolicyFolder;
import updategateway.local.policy.words.Enumeration;
import updategateway.policy.document.Finding;
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
      "A folder must make a whole policy set: with a catalog.yaml. Files by themselves need not.",
      "Needs no table. Exit codes: 0 when nothing is wrong, 1 when something is, 2 when there are no such files."
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR|FILE",
      arity = "0..*",
      description = "one folder, or files (default: functions/policies)")
  private List<Path> paths = new ArrayList<>();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws UsageException {
    Map<String, Path> places = new HashMap<>();
    FilesRead read;
    PolicyCheck check;
    if (paths.size() < 2 && (paths.isEmpty() || Files.isDirectory(paths.getFirst()))) {
      Path folder = paths.isEmpty() ? FilesOption.shown(Project.policies()) : paths.getFirst();
      read = new PolicyFolder(folder).content();
      read.names().forEach(name -> places.put(name, folder.resolve(name)));
      check = PolicyCheck.whole(read);
    } else {
      read = FilesRead.of(named(places));
      check = PolicyCheck.parts(read);
    }
    report(check, places);
    return check.mistakes().isEmpty() ? Output.FINE : Output.FINDINGS;
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

  private void report(PolicyCheck check, Map<String, Path> places) {
    List<Finding> findings = check.mistakes();
    PolicySet set = check.set();
    if (output.isJson()) {
      output.print(document(findings, places, set));
      return;
    }
    for (Finding finding : findings) {
      String file = finding.position().file();
      output
          .out()
          .println(
              places.getOrDefault(file, Path.of(file))
                  + finding.toString().substring(file.length()));
    }
    if (!findings.isEmpty()) {
      output
          .err()
          .println(
              output.style().bad(Enumeration.count(findings.size(), "mistake", "mistakes") + "."));
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
                          + Enumeration.count(places.size(), "file", "files")
                          + "."));
      return;
    }
    output
        .out()
        .println(
            output.style().good("Nothing is wrong.")
                + " "
                + Enumeration.count(set.policies().size(), "policy", "policies")
                + " and "
                + Enumeration.count(set.catalog().routes().size(), "route", "routes")
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

  private static ObjectNode document(
      List<Finding> findings, Map<String, Path> places, @Nullable PolicySet set) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("valid", findings.isEmpty());
    document.put("digest", set == null ? null : set.digest().hex());
    ArrayNode list = document.putArray("findings");
    for (Finding finding : findings) {
      String file = finding.position().file();
      list.addObject()
          .put("file", places.getOrDefault(file, Path.of(file)).toString())
          .put("line", finding.position().line())
          .put("path", finding.position().path())
          .put("problem", finding.problem())
          .put("remedy", finding.remedy());
    }
    return document;
  }
}
