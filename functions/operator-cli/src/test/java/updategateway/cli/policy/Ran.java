package updategateway.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/**
 * What came of a command.
 *
 * @param exitCode its exit code
 * @param out its standard output
 * @param err its standard error
 */
record Ran(int exitCode, String out, String err) {
  static final Path SHIPPED = Path.of("..", "policies");

  /** Runs {@code scripts/policy} with these arguments, without colours. */
  static Ran policy(String... arguments) {
    return policy(false, arguments);
  }

  static Ran policy(boolean colours, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        PolicyCommand.run(new PrintWriter(out), new PrintWriter(err), colours, arguments);
    return new Ran(exitCode, out.toString(), err.toString());
  }

  /** The output with line breaks and runs of spaces as one space. */
  String flowing() {
    return out.replaceAll("\\s+", " ");
  }

  JsonNode json() {
    try {
      return new JsonMapper().readTree(out);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + this, e);
    }
  }
}
