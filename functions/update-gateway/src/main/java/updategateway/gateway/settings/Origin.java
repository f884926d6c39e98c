package updategateway.gateway.settings;

import java.net.URI;
import java.net.URISyntaxException;
import updategateway.gateway.text.AsciiText;

/**
 * Where artifacts are: scheme, host and prefix, which no request can change.
 *
 * @param base without a slash at its end
 */
public record Origin(String base) {
  /**
   * Reads an address such as {@code https://updates.example/files}.
   *
   * @throws IllegalArgumentException with a sentence's words when it is none, or has a query, a
   *     fragment or user data
   */
  public static Origin parse(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (!web || uri.getHost() == null) {
        throw new IllegalArgumentException("is not an address like https://updates.example/files");
      }
      if (uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || uri.getRawUserInfo() != null) {
        throw new IllegalArgumentException(
            "has a query, a fragment or user data, which an origin has not");
      }
      if (!AsciiText.isPlain(text) || text.indexOf(' ') >= 0) {
        throw new IllegalArgumentException("has characters that have to be encoded");
      }
      String path = withoutLastSlashes(uri.getRawPath());
      String whole = path + "/";
      if (path.contains("//")
          || path.contains("%")
          || whole.contains("/./")
          || whole.contains("/../")) {
        throw new IllegalArgumentException(
            "has a prefix with doubled slashes, dot segments or escapes: write it plainly");
      }
      return new Origin(withoutLastSlashes(text));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not an address like https://updates.example/files", e);
    }
  }

  private static String withoutLastSlashes(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  /**
   * The address of an artifact.
   *
   * @param encodedPath begins with a slash
   * @param query without the question mark; empty for none
   */
  public String locate(String encodedPath, String query) {
    return query.isEmpty() ? base + encodedPath : base + encodedPath + "?" + query;
  }
}
