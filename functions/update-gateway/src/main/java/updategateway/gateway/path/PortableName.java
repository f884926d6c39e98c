package updategateway.gateway.path;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rule for portable names: segments that every file server and file system reads as they are
 * written, apart from the case of letters. Other names may open another file than they say: {@code
 * main.cvd::$DATA} on NTFS, {@code main.cvd;x} in a servlet container, {@code SIGNAT~1} on Windows.
 */
final class PortableName {
  /** The characters beside ASCII letters and digits. */
  private static final String MARKS = "-._~!$&'()+,=@[]{}^ ";

  /** {@code SIGNAT~1.CVD}: at most eight characters, then at most three. */
  private static final Pattern DOS_SHORT_NAME =
      Pattern.compile("(?=[^.]{3,8}(?:\\.|$))[^.]{1,6}~[0-9]{1,6}(?:\\.[^.]{0,3})?");

  private PortableName() {}

  /** Returns why a path is not portable, in words that complete "the path …"; empty if it is. */
  static Optional<String> problem(RequestPath path) {
    for (int i = 0; i < path.segments().size(); i++) {
      for (String name : path.segments().get(i).split("/", -1)) {
        Optional<String> problem = problem(name);
        if (problem.isPresent()) {
          String segment = "has a segment (number " + (i + 1) + ") that ";
          return Optional.of(segment + problem.get());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> problem(String name) {
    for (int i = 0; i < name.length(); i++) {
      int c = name.codePointAt(i);
      if (!isPortable(c)) {
        return Optional.of(
            "has the character "
                + name(c)
                + ", which servers and file systems do not all take as it is");
      }
    }
    String trimmed = withoutPlusSignsAround(name);
    if (trimmed.isEmpty()) {
      return name.isEmpty()
          ? Optional.empty()
          : Optional.of("has nothing but plus signs, which some servers leave out");
    }
    char first = trimmed.charAt(0);
    char last = trimmed.charAt(trimmed.length() - 1);
    if (first == ' ') {
      return Optional.of("begins with " + name(first) + ", which some servers leave out");
    }
    if (last == '.' || last == ' ') {
      return Optional.of("ends in " + name(last) + ", which some servers leave out");
    }
    return trimmed.indexOf('~') > 0 && DOS_SHORT_NAME.matcher(trimmed).matches()
        ? Optional.of("has the form of a DOS short name, which is another name of a file")
        : Optional.empty();
  }

  /**
   * A plus sign is a space to servers that decode a path as a form, and some of them trim names.
   */
  private static String withoutPlusSignsAround(String name) {
    int begin = 0;
    int end = name.length();
    while (begin < end && name.charAt(begin) == '+') {
      begin++;
    }
    while (end > begin && name.charAt(end - 1) == '+') {
      end--;
    }
    return name.substring(begin, end);
  }

  private static boolean isPortable(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || MARKS.indexOf(c) >= 0;
  }

  /** Returns a character's number and name, which is plain ASCII: {@code U+003A COLON}. */
  private static String name(int c) {
    return String.format(Locale.ROOT, "U+%04X %s", c, Character.getName(c));
  }
}
