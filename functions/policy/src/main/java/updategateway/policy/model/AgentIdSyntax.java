package updategateway.policy.model;

import java.util.Optional;

/**
 * The syntax of agent ids: 1 to {@value #MAX_LENGTH} printable ASCII characters, no space at either
 * end. A request can carry no other id in one way: proxies strip spaces, and a header has no
 * charset (RFC 9110, section 5.5).
 */
public final class AgentIdSyntax {
  /** The largest number of characters. */
  public static final int MAX_LENGTH = 256;

  private AgentIdSyntax() {}

  /** Returns true if {@link #problem} finds nothing; for ids that clients send. */
  public static boolean isWellFormed(String id) {
    int length = id.length();
    if (length == 0 || length > MAX_LENGTH || id.charAt(0) == ' ' || id.charAt(length - 1) == ' ') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!isPrintable(id.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns what is wrong with an id and what to write instead; empty if it is well-formed. */
  public static Optional<String> problem(String id) {
    if (id.isEmpty()) {
      return Optional.of("the agent has no id");
    }
    if (id.length() > MAX_LENGTH) {
      return Optional.of(
          "the id is longer than "
              + MAX_LENGTH
              + " characters: write the id as the agent sends it");
    }
    for (int i = 0; i < id.length(); i++) {
      if (!isPrintable(id.charAt(i))) {
        return Optional.of(
            "the id "
                + visible(id)
                + " has a character that no request can carry, "
                + name(id.codePointAt(i))
                + ": write one of ASCII letters, digits and signs, as the agent sends it");
      }
    }
    return id.charAt(0) == ' ' || id.charAt(id.length() - 1) == ' '
        ? Optional.of(
            "the id \""
                + id
                + "\" has a space at an end, which is stripped on the way: write it without")
        : Optional.empty();
  }

  private static boolean isPrintable(char c) {
    return c >= ' ' && c <= '~';
  }

  /** Returns the id with every character named that cannot be seen. */
  public static String visible(String id) {
    StringBuilder text = new StringBuilder();
    id.codePoints()
        .forEach(c -> {
          if ((c >= ' ' && c <= '~') || Character.isLetterOrDigit(c)) {
            text.appendCodePoint(c);
          } else {
            text.append('<').append(name(c)).append('>');
          }
        });
    return text.toString();
  }

  private static String name(int codePoint) {
    return "U+%04X".formatted(codePoint);
  }
}
