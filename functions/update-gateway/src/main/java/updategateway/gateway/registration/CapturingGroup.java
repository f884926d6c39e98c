package updategateway.gateway.registration;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** The capturing group of a regular expression that has one, as a pattern of its own. */
final class CapturingGroup {
  private CapturingGroup() {}

  /**
   * Returns what stands in the group's parentheses; empty where that alone does not say what the
   * group matches: with flags, quotations or assertions in the expression.
   */
  static Optional<Pattern> of(String expression) {
    if (expression.contains("\\Q") || expression.contains("(?i") || expression.contains("(?s")) {
      return Optional.empty();
    }
    int depth = 0;
    int begin = -1;
    boolean inClass = false;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
      } else if (inClass) {
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
        // A bracket that is the first in a class ends nothing.
        i += expression.startsWith("^]", i + 1) ? 2 : expression.startsWith("]", i + 1) ? 1 : 0;
      } else if (c == '(' && begin >= 0) {
        depth++;
      } else if (c == '(' && !expression.startsWith("?", i + 1)) {
        begin = i + 1;
      } else if (c == ')' && begin >= 0 && depth-- == 0) {
        return pattern(expression.substring(begin, i));
      }
    }
    return Optional.empty();
  }

  private static Optional<Pattern> pattern(String group) {
    if (group.contains("\\b") || group.contains("\\B") || group.contains("(?")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pattern.compile(group));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }
}
