package updategateway.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import updategateway.cli.text.AnsiStyle;

/** What every command's output has in common. */
final class Output {
  /** All is well. */
  static final int FINE = 0;

  /** There is something to look at. */
  static final int FINDINGS = 1;

  /** A change was sent, and nothing says whether it took effect. */
  static final int UNKNOWN = 3;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "print one JSON document instead of text")
  private boolean json;

  boolean isJson() {
    return json;
  }

  PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  /** Tells who waits at a terminal, from a second on, what is done; to be closed when it is. */
  Progress progress(String what) {
    return Progress.of(what, err());
  }

  AnsiStyle style() {
    return new AnsiStyle(
        Objects.requireNonNull(spec).commandLine().getColorScheme().ansi().enabled());
  }

  void print(JsonNode document) {
    try {
      out().println(JSON.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }
}
