package updategateway.gateway.settings;

import java.net.URI;
import java.net.URISyntaxException;
import updategateway.gateway.text.AsciiText;

/**
 * Formats of the values of environment variables. Each method throws an {@link
 * IllegalArgumentException} that says what the format is if the text does not have it.
 */
final class VariableFormat {
  private static final int SHORTEST_TABLE = 3;
  private static final int LONGEST_TABLE = 255;

  private VariableFormat() {}

  /** Returns the text if it is one line that is not blank. */
  static String line(String text) {
    if (text.isBlank() || hasControls(text)) {
      throw new IllegalArgumentException("is one line of text");
    }
    return text;
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the text if it is one line that has a form in ASCII. */
  static String sayableLine(String text) {
    if (!AsciiText.canSay(line(text))) {
      throw new IllegalArgumentException(
          "has letters for which ASCII has no form, and agents print refusals in ASCII: write it in"
              + " Latin letters");
    }
    return text;
  }

  /**
   * Returns the text if it is one line that has a form in ASCII. An address must be in ASCII
   * itself, since a letter without its accent makes another address.
   */
  static String reachableLine(String text) {
    boolean address = text.indexOf('@') >= 0 || text.contains("://");
    if (address && !AsciiText.isPlain(line(text))) {
      throw new IllegalArgumentException(
          "has letters that are not in ASCII, and agents print refusals in ASCII: write an address"
              + " of ASCII alone, a domain in its punycode form (xn--...)");
    }
    return sayableLine(text);
  }

  /** Returns true for {@code on}, false for {@code off}. */
  static Boolean onOrOff(String text) {
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("is on or off");
    };
  }

  /** Returns the text if DynamoDB accepts it as the name of a table. */
  static String tableName(String text) {
    boolean fits = text.length() >= SHORTEST_TABLE && text.length() <= LONGEST_TABLE;
    for (int i = 0; i < text.length() && fits; i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      fits = letterOrDigit || c == '_' || c == '.' || c == '-';
    }
    if (!fits) {
      throw new IllegalArgumentException("is a table's name: 3 to 255 letters, digits, _ . -");
    }
    return text;
  }

  /** Returns an absolute HTTP or HTTPS address. */
  static URI webAddress(String text) {
    try {
      URI uri = new URI(text);
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && AsciiText.isPlain(text)
          && text.indexOf(' ') < 0
          && text.indexOf('<') < 0
          && text.indexOf('>') < 0
          && text.indexOf('"') < 0) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Answered below, like any other text that is no address.
    }
    throw new IllegalArgumentException("is a web address like https://vendor.example/legal");
  }
}
