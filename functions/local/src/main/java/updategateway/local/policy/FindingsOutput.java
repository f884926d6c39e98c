package updategateway.local.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import updategateway.local.policy.words.Paragraph;
import updategateway.policy.source.Finding;

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
  String mistake(Finding finding) {
    return located(finding, finding.toString());
  }

  /** A line for what is allowed. */
  String warning(Finding finding) {
    return located(finding, finding.warning());
  }

  /** A line for what is worth knowing. */
  String note(Finding finding) {
    return located(finding, finding.note());
  }

  private String located(Finding finding, String line) {
    String file = finding.position().file();
    return Paragraph.printable(paths.apply(file) + line.substring(file.length()));
  }

  /** Adds each as an object. */
  void add(List<Finding> findings, ArrayNode list) {
    for (Finding finding : findings) {
      list.addObject()
          .put("file", paths.apply(finding.position().file()).toString())
          .put("line", finding.position().line())
          .put("path", finding.position().path())
          .put("problem", finding.problem())
          .put("remedy", finding.remedy());
    }
  }
}
