package updategateway.deployer;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;

/** Reason of a failure, shortened to a number of bytes. */
final class ReasonText {
  private ReasonText() {}

  /**
   * Returns as many whole lines as fit, and the number of those left out. A first line that does
   * not fit alone is cut.
   *
   * @param bytes the maximum size in JSON, in UTF-8, without quotes
   */
  static String fitting(String text, int bytes) {
    if (size(text) <= bytes) {
      return text;
    }
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    int left = bytes - size(rest(lines.size()));
    StringBuilder kept = new StringBuilder();
    int count = 0;
    for (String line : lines) {
      String added = count == 0 ? line : "\n" + line;
      left -= size(added);
      if (left < 0) {
        break;
      }
      kept.append(added);
      count++;
    }
    return count > 0 ? kept + rest(lines.size() - count) : cut(lines.getFirst(), bytes);
  }

  private static String rest(int lines) {
    return "\n… and " + lines + " more";
  }

  private static String cut(String line, int bytes) {
    int left = bytes - size("…");
    StringBuilder kept = new StringBuilder();
    for (int at = 0; at < line.length(); at = line.offsetByCodePoints(at, 1)) {
      String character = Character.toString(line.codePointAt(at));
      left -= size(character);
      if (left < 0) {
        break;
      }
      kept.append(character);
    }
    return kept + "…";
  }

  private static int size(String text) {
    return JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
  }
}
