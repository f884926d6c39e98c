package updategateway.cli.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import updategateway.commandline.TextWrap;
import updategateway.policy.source.Diagnostic;

/** Findings as a command prints them. */
final class FindingsOutput {
  private final Function<String, Path> paths;

  /**
   * @param paths where a file is, by its name
   */
  FindingsOutput(Function<String, Path> paths) {
    this.paths = paths;
  }

  /** A line for a mistake. */
  String mistake(Diagnostic finding) {
    return located(finding, finding.toString());
  }

  /** A line for what is allowed. */
  String warning(Diagnostic finding) {
    return located(finding, finding.warning());
  }

  /** A line for what is worth knowing. */
  String note(Diagnostic finding) {
    return located(finding, finding.note());
  }

  private String located(Diagnostic finding, String line) {
    String file = finding.position().file();
    return TextWrap.printable(paths.apply(file) + line.substring(file.length()));
  }

  /** Adds each as an object. */
  void add(List<Diagnostic> findings, ArrayNode list) {
    for (Diagnostic finding : findings) {
      list.addObject()
          .put("file", paths.apply(finding.position().file()).toString())
          .put("line", finding.position().line())
          .put("path", finding.position().path())
          .put("problem", finding.problem())
          .put("remedy", finding.remedy());
    }
  }
}
