package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import updategateway.policy.model.KebabCase;

/**
 * One segment with an encoded slash, or several.
 *
 * @param written as in the pattern
 * @param names what stands between the slashes: literals and globs
 */
record SlashedName(String written, List<PathPattern.Part> names) implements PathPattern.Part {
  private static final String SLASH = "%2f";

  SlashedName {
    names = List.copyOf(names);
  }

  static boolean isWritten(String segment) {
    return segment.toLowerCase(Locale.ROOT).contains(SLASH);
  }

  static SlashedName of(String segment) {
    List<PathPattern.Part> names = new ArrayList<>();
    for (String written : segment.replace("%2F", SLASH).split(SLASH, -1)) {
      if (written.isEmpty()) {
        throw new IllegalArgumentException(
            "no path has an encoded slash (" + SLASH + ") without a name on both sides of it");
      }
      names.add(PathPattern.name(withStars(written)));
    }
    return new SlashedName(segment, names);
  }

  /** With a star in the place of each word in braces. */
  private static String withStars(String written) {
    StringBuilder stars = new StringBuilder();
    int at = 0;
    while (at < written.length()) {
      int end = written.charAt(at) == '{' ? written.indexOf('}', at) : -1;
      String word = end < 0 ? "" : written.substring(at + 1, end);
      if (word.equals("product")) {
        throw new IllegalArgumentException(
            "{product} is a whole segment: beside "
                + SLASH
                + " write another word in braces, and product: for the route");
      }
      if (KebabCase.matches(word)) {
        stars.append('*');
        at = end + 1;
      } else {
        stars.append(written.charAt(at));
        at++;
      }
    }
    return stars.toString();
  }

  @Override
  public boolean fits(String segment) {
    String[] those = segment.split("/", -1);
    if (those.length != names.size()) {
      return false;
    }
    for (int i = 0; i < those.length; i++) {
      if (!names.get(i).fits(those[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return written;
  }
}
