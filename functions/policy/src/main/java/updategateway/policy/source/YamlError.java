package updategateway.policy.source;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** A parser's error as a finding that says what to write instead. */
final class YamlError {
  private YamlError() {}

  /** Returns what is wrong, at the line to change. */
  static Diagnostic finding(String file, MarkedYamlEngineException e) {
    String context = String.valueOf(e.getContext());
    int line = line(e.getProblemMark().or(e::getContextMark));
    int begin = line(e.getContextMark().or(e::getProblemMark));
    if (context.contains("scanning an alias")) {
      return finding(
          file, line, "* without quotes begins an alias in YAML", "write \"*\" with its quotes");
    }
    if (context.contains("parsing a flow sequence")) {
      return finding(
          file, begin, "the list that begins here with [ has no end", "add ] or a missing comma");
    }
    if (context.contains("parsing a flow mapping")) {
      return finding(
          file,
          begin,
          "the mapping that begins here with { has no end",
          "add } or a missing comma");
    }
    if (context.contains("parsing a flow node") && e.getProblem().contains("stream end")) {
      return finding(file, begin, "a [ or { at the end of the file has no end", "add ] or }");
    }
    if (context.contains("scanning a quoted scalar")) {
      return finding(
          file, begin, "the text that begins here with a quote has no end", "add a quote");
    }
    return finding(
        file,
        line,
        "not YAML: " + e.getProblem().lines().findFirst().orElse(""),
        "mend the notation here or just above; the rest is checked then");
  }

  private static Diagnostic finding(String file, int line, String problem, String remedy) {
    return new Diagnostic(new Position(file, line, ""), problem, remedy);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }
}
