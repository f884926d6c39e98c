package updategateway.gateway.response;

import org.jspecify.annotations.Nullable;

/** What a client wants to read, by its {@code Accept} header (RFC 9110, section 12.5.1). */
final class Accept {
  /** Longer than any client's. */
  private static final int MAX_LENGTH = 1_024;

  private Accept() {}

  /**
   * Whether it asks for JSON: names it, or any application type, at least as gladly as text. A
   * range of all types asks for nothing in particular; an agent that sends it prints what it gets.
   */
  static boolean asksForJson(@Nullable String accept) {
    if (accept == null || accept.length() > MAX_LENGTH) {
      return false;
    }
    double json = 0;
    double text = 0;
    for (String range : accept.split(",", -1)) {
      String[] parts = range.split(";", -1);
      String type = parts[0].strip();
      double quality = quality(parts);
      if (type.equalsIgnoreCase("application/*")
          || type.equalsIgnoreCase("application/json")
          || (startsWith(type, "application/") && endsWith(type, "+json"))) {
        json = Math.max(json, quality);
      } else if (type.equalsIgnoreCase("text/plain") || type.equalsIgnoreCase("text/*")) {
        text = Math.max(text, quality);
      }
    }
    return json > 0 && json >= text;
  }

  private static boolean startsWith(String text, String prefix) {
    return text.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static boolean endsWith(String text, String suffix) {
    return text.regionMatches(true, text.length() - suffix.length(), suffix, 0, suffix.length());
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (startsWith(parameter, "q=")) {
        try {
          double quality = Double.parseDouble(parameter.substring(2));
          return quality >= 0 && quality <= 1 ? quality : 0;
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
