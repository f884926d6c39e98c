package updategateway.local.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
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
import updategateway.local.files.PolicyFolder;
import updategateway.local.policy.words.Enumeration;
import updategateway.policy.document.Finding;
import updategateway.policy.document.InvalidDocumentException;
import updategateway.policy.file.PolicyFile;
import updategateway.policy.file.PolicyFiles;
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
          + " instead."
    },
    footer = {
      "",
      "A folder must make a whole policy set: with a catalog.yaml. Files by themselves need not.",
      "Needs no table. Exit codes: 0 when nothing is wrong, 1 when something is, 2 when the files cannot be read."
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
    @Nullable PolicySet set = null;
    int files;
    List<Finding> findings = List.of();
    try {
      if (paths.size() < 2 && (paths.isEmpty() || Files.isDirectory(paths.getFirst()))) {
        Path folder = paths.isEmpty() ? FilesOption.shown(Project.policies()) : paths.getFirst();
        List<PolicyFile> read = new PolicyFolder(folder).files();
        read.forEach(file -> places.put(file.name(), folder.resolve(file.name())));
        files = read.size();
        set = PolicyFiles.read(read);
      } else {
        List<PolicyFile> read = files(places);
        files = read.size();
        PolicyFiles.check(read);
      }
    } catch (InvalidDocumentException e) {
      files = places.size();
      findings = e.findings();
    }
    report(findings, places, files, set);
    return findings.isEmpty() ? Output.FINE : Output.FINDINGS;
  }

  private List<PolicyFile> files(Map<String, Path> places) throws UsageException {
    List<PolicyFile> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        throw new UsageException(path + " is a folder: name one folder, or files.");
      }
      String name = String.valueOf(path.getFileName());
      Path earlier = places.putIfAbsent(name, path);
      if (earlier != null) {
        throw new UsageException(
            earlier + " and " + path + " have the same name: check them one after the other.");
      }
      try {
        files.add(new PolicyFile(name, Files.readString(path)));
      } catch (CharacterCodingException e) {
        throw new UsageException("The file " + path + " is not UTF-8: save it as UTF-8.");
      } catch (IOException e) {
        throw new UsageException("The file " + path + " cannot be read: " + e.getMessage());
      }
    }
    return files;
  }

  private void report(
      List<Finding> findings, Map<String, Path> places, int files, @Nullable PolicySet set) {
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
                      "Nothing is wrong with " + Enumeration.count(files, "file", "files") + "."));
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
