package updategateway.cli.text;

import java.io.Console;
import java.util.Map;
import java.util.Optional;

/** Colours, where they are wanted. */
public record AnsiStyle(boolean colours) {
  /** Whether this process's output is looked at by a person who takes colours. */
  public static boolean wanted(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb")
        && isTerminal();
  }

  /** Whether a person reads the output and can answer. */
  public static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** For a heading. */
  public String strong(String text) {
    return painted("1", text);
  }

  /** For what is served or in order. */
  public String good(String text) {
    return painted("32", text);
  }

  /** For what is refused or wrong. */
  public String bad(String text) {
    return painted("31", text);
  }

  /** For what deserves attention. */
  public String careful(String text) {
    return painted("33", text);
  }

  private String painted(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
