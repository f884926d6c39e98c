package updategateway.gateway.settings;

/**
 * The key of an API mapping: the segments that a custom domain of API Gateway puts before the paths
 * of an HTTP API, such as {@code updates} or {@code downloads/v1}.
 *
 * @param key without slashes at its ends; empty for none
 */
public record ApiMapping(String key) {
  /** What API Gateway takes in a key ("CreateApiMapping", API Gateway API Reference). */
  private static final String SYMBOLS = "$-_.+!*'(),";

  private static final int LONGEST = 300;

  /**
   * Reads a key; empty for none.
   *
   * @throws IllegalArgumentException with a sentence's words when API Gateway has no such key
   */
  public static ApiMapping parse(String text) {
    if (text.isEmpty()) {
      return new ApiMapping("");
    }
    for (String segment : text.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException(
            "is the key of an API mapping without slashes at its ends, such as updates or"
                + " downloads/v1");
      }
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fits =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || c == '/'
              || SYMBOLS.indexOf(c) >= 0;
      if (!fits) {
        throw new IllegalArgumentException(
            "is the key of an API mapping: letters, digits, "
                + SYMBOLS
                + " and / between segments");
      }
    }
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "is the key of an API mapping of at most " + LONGEST + " characters");
    }
    return new ApiMapping(text);
  }
}
