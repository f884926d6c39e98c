package updategateway.gateway.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reader of single environment variables that collects the problems of all of them. A variable that
 * is empty counts as not set.
 */
final class VariableReader {
  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  VariableReader(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Returns the problems found so far, one line each. */
  List<String> problems() {
    return Collections.unmodifiableList(problems);
  }

  void addProblem(String problem) {
    problems.add(problem);
  }

  /** Returns the text of a variable; empty if it is not set. */
  String text(String name) {
    return variables.getOrDefault(name, "");
  }

  /** Returns the value of a variable that must be set, or null if it is wrong or missing. */
  <T> @Nullable T required(String name, String what, Function<String, T> reading) {
    String text = text(name);
    if (text.isEmpty()) {
      problems.add(name + " is not set: it is " + what);
      return null;
    }
    return read(name, text, reading);
  }

  /** Returns the value of a variable or of its default text, or null if it is wrong. */
  <T> @Nullable T optional(String name, String otherwise, Function<String, T> reading) {
    String text = text(name);
    return read(name, text.isEmpty() ? otherwise : text, reading);
  }

  /**
   * Returns what a function makes of a variable's text, or null after adding a problem if the
   * function throws an {@link IllegalArgumentException}.
   */
  <T> @Nullable T read(String name, String text, Function<String, T> reading) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      // Secrets are the one value that must not reach a log.
      problems.add(
          name
              + (name.equals(SettingsReader.EDGE_SECRETS) ? "" : " is " + text)
              + ": it "
              + e.getMessage());
      return null;
    }
  }

  /** Returns a number of seconds, or null if the variable is wrong. */
  @Nullable Duration seconds(String name, long otherwise, long least, long most) {
    Long seconds = number(name, "of seconds", otherwise, least, most);
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  /** Returns a number of milliseconds, or null if the variable is wrong. */
  @Nullable Duration millis(String name, long otherwise, long least, long most) {
    Long millis = number(name, "of milliseconds", otherwise, least, most);
    return millis == null ? null : Duration.ofMillis(millis);
  }

  /**
   * Returns a whole number, or null if the variable is wrong.
   *
   * @param unit completing "a whole number …"
   */
  @Nullable Long number(String name, String unit, long otherwise, long least, long most) {
    return optional(
        name,
        Long.toString(otherwise),
        text -> {
          try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
              return number;
            }
          } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
          }
          throw new IllegalArgumentException(
              "is a whole number " + unit + " from " + least + " to " + most);
        });
  }
}
