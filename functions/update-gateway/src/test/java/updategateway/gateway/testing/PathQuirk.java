package updategateway.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * What some origins do to a path before they open a file, beyond what RFC 3986 tells them to. Each
 * takes a decoded path that begins with a slash and gives one; one that changes nothing gives the
 * same.
 */
enum PathQuirk {
  /** Decodes escapes once more: a proxy did, and the server behind it does again. */
  DECODES_AGAIN {
    @Override
    String apply(String path) {
      return path.indexOf('%') < 0 ? path : decoded(path);
    }
  },

  /** {@code %u002e}, as old Windows servers read it. */
  DECODES_CODE_UNITS {
    @Override
    String apply(String path) {
      return path.indexOf('%') < 0 ? path : withoutCodeUnits(path);
    }
  },

  /** Reads no further than a zero byte, as programs in C do. */
  ENDS_AT_ZERO {
    @Override
    String apply(String path) {
      return before('\0', path);
    }
  },

  /** Takes a path that is decoded already for a target, and what is behind for its query. */
  ENDS_AT_QUESTION_MARK {
    @Override
    String apply(String path) {
      return before('?', path);
    }
  },

  /** Takes a path that is decoded already for a reference, and what is behind for its fragment. */
  ENDS_AT_NUMBER_SIGN {
    @Override
    String apply(String path) {
      return before('#', path);
    }
  },

  /** Takes a plus sign for a space, as in forms; object stores did so with whole keys. */
  PLUS_IS_SPACE {
    @Override
    String apply(String path) {
      return path.replace('+', ' ');
    }
  },

  /** Composes characters and puts those that mean the same in one another's place (NFKC). */
  COMPOSES {
    @Override
    String apply(String path) {
      return composed(path);
    }
  },

  /** Leaves out characters that cannot be seen. */
  LEAVES_OUT_INVISIBLE {
    @Override
    String apply(String path) {
      return isAscii(path) ? path : visible(path);
    }
  },

  /** Works in a code page, and so puts other characters in the place of those it lacks. */
  BEST_FIT {
    @Override
    String apply(String path) {
      return isAscii(path) ? path : eachCharacter(path, BestFit::of);
    }
  },

  /**
   * Works in a code page that has the letters which fold to something else than what would stand in
   * their place ({@code ß}: two letters, and one), and lacks others of the path. All readings are
   * compared folded, so that no other letter has to be thought of by itself.
   */
  BEST_FIT_OF_WHAT_FOLDS_ALIKE {
    @Override
    String apply(String path) {
      return isAscii(path) ? path : eachCharacter(path, c -> foldsAsItsFit(c) ? BestFit.of(c) : c);
    }
  },

  /** Works in a code page of other places: a yen sign where a backslash is meant. */
  BEST_FIT_ELSEWHERE {
    @Override
    String apply(String path) {
      return isAscii(path) ? path : eachCharacter(path, BestFit::elsewhere);
    }
  },

  /** Works in a code page that has all letters of the path. */
  BEST_FIT_OF_SYMBOLS {
    @Override
    String apply(String path) {
      return isAscii(path)
          ? path
          : eachCharacter(path, c -> Character.isLetter(c) ? c : BestFit.of(c));
    }
  },

  /** Works in such a code page of other places. */
  BEST_FIT_OF_SYMBOLS_ELSEWHERE {
    @Override
    String apply(String path) {
      return isAscii(path)
          ? path
          : eachCharacter(path, c -> Character.isLetter(c) ? c : BestFit.elsewhere(c));
    }
  },

  /** Takes a backslash for a slash. */
  BACKSLASH_IS_SLASH {
    @Override
    String apply(String path) {
      return path.replace('\\', '/');
    }
  },

  /** Cuts parameters off each name ({@code main.cvd;jsessionid=1}), as Java servers do. */
  CUTS_PARAMETERS {
    @Override
    String apply(String path) {
      return path.indexOf(';') < 0 ? path : eachName(path, name -> before(';', name));
    }
  },

  /** Cuts parameters off the last name alone, as RFC 1808 has them. */
  CUTS_LAST_PARAMETERS {
    @Override
    String apply(String path) {
      int semicolon = path.indexOf(';', path.lastIndexOf('/'));
      return semicolon < 0 ? path : path.substring(0, semicolon);
    }
  },

  /** Reads no further than a semicolon. */
  ENDS_AT_SEMICOLON {
    @Override
    String apply(String path) {
      return before(';', path);
    }
  },

  /** Opens a file by the name of its stream ({@code main.cvd::$DATA}), as NTFS does. */
  CUTS_STREAMS {
    @Override
    String apply(String path) {
      return path.indexOf('$') < 0 ? path : eachName(path, PathQuirk::withoutStream);
    }
  },

  /** Drops spaces at the beginning of each name. */
  DROPS_LEADING_SPACES {
    @Override
    String apply(String path) {
      return hasSpaces(path) ? eachName(path, name -> name.substring(leadingSpaces(name))) : path;
    }
  },

  /** Drops spaces at the end of each name. */
  DROPS_TRAILING_SPACES {
    @Override
    String apply(String path) {
      return hasSpaces(path) ? eachName(path, PathQuirk::withoutTrailingSpaces) : path;
    }
  },

  /** Drops spaces at the end of the path. */
  DROPS_LAST_SPACES {
    @Override
    String apply(String path) {
      return withoutTrailingSpaces(path);
    }
  },

  /** Drops one dot at the end of each name. */
  DROPS_A_TRAILING_DOT {
    @Override
    String apply(String path) {
      return hasTrailingDots(path) ? eachName(path, PathQuirk::withoutTrailingDot) : path;
    }
  },

  /** Drops dots and spaces at the end of each name, as Windows does. */
  DROPS_TRAILING_DOTS {
    @Override
    String apply(String path) {
      return hasTrailingDots(path)
          ? eachName(path, name -> isDotSegment(name) ? name : withoutTrailingDots(name))
          : path;
    }
  },

  /** Drops dots and spaces at the end of the path. */
  DROPS_LAST_DOTS {
    @Override
    String apply(String path) {
      return withoutTrailingDots(path);
    }
  },

  /** Opens a file though a slash follows its name. */
  DROPS_TRAILING_SLASH {
    @Override
    String apply(String path) {
      return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
  },

  /** Resolves dot segments and empty names, and then goes on reading. */
  RESOLVES {
    @Override
    String apply(String path) {
      return path.contains("/.") || path.contains("//")
          ? "/" + String.join("/", PathVariants.resolved(path))
          : path;
    }
  };

  private static final int NOTHING = -1;

  private static final int LENGTH_OF_A_CODE_UNIT = "%u002e".length();

  /** The path as such an origin reads it. */
  abstract String apply(String path);

  /**
   * The path as an origin reads it that does not tell upper from lower case, nor characters that
   * are alike.
   */
  static String folded(String path) {
    if (isAscii(path)) {
      return path.toLowerCase(Locale.ROOT);
    }
    // Up and down again, so that letters with several lower-case forms become one.
    String folded = lowerCase(lowerCase(decomposed(path)).toUpperCase(Locale.ROOT));
    return isAscii(folded) ? folded : alike(folded).toLowerCase(Locale.ROOT);
  }

  private static boolean foldsAsItsFit(int c) {
    int fit = BestFit.of(c);
    return fit != c && FoldedFits.isAlike(c, fit);
  }

  /** Whether characters fold as what stands in their place: found out once for each. */
  private static final class FoldedFits {
    private static final byte NOT_KNOWN_YET = 0;
    private static final byte NO = 1;
    private static final byte YES = 2;

    /** Without a lock: each thread finds the same. */
    private static final byte[] KNOWN = new byte[BestFit.MOST];

    private FoldedFits() {}

    static boolean isAlike(int c, int fit) {
      if (KNOWN[c] == NOT_KNOWN_YET) {
        KNOWN[c] = folded(Character.toString(c)).equals(folded(Character.toString(fit))) ? YES : NO;
      }
      return KNOWN[c] == YES;
    }
  }

  /** With all that is alike in one form, and nothing that cannot be seen. */
  private static String alike(String text) {
    return eachCharacter(visible(composed(text)), BestFit::of);
  }

  /** Whether it is a space, of any width. */
  private static boolean isSpace(char c) {
    return c == ' ' || (c >= 0x80 && Character.isSpaceChar(c));
  }

  private static String decoded(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int at = 0; at < bytes.length; at++) {
      boolean escaped =
          bytes[at] == '%'
              && at + 2 < bytes.length
              && HexFormat.isHexDigit(bytes[at + 1])
              && HexFormat.isHexDigit(bytes[at + 2]);
      decoded.write(
          escaped
              ? HexFormat.fromHexDigit(bytes[at + 1]) << 4 | HexFormat.fromHexDigit(bytes[at + 2])
              : bytes[at]);
      at += escaped ? 2 : 0;
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static String withoutCodeUnits(String path) {
    StringBuilder decoded = new StringBuilder(path.length());
    int at = 0;
    while (at < path.length()) {
      if (isCodeUnit(path, at)) {
        int end = at + LENGTH_OF_A_CODE_UNIT;
        decoded.append((char) Integer.parseInt(path, at + 2, end, 16));
        at = end;
      } else {
        decoded.append(path.charAt(at));
        at++;
      }
    }
    return decoded.toString();
  }

  private static boolean isCodeUnit(String path, int at) {
    if (path.charAt(at) != '%'
        || at + LENGTH_OF_A_CODE_UNIT > path.length()
        || (path.charAt(at + 1) != 'u' && path.charAt(at + 1) != 'U')) {
      return false;
    }
    for (int i = at + 2; i < at + LENGTH_OF_A_CODE_UNIT; i++) {
      if (!HexFormat.isHexDigit(path.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Without {@code :NAME:$TYPE} at its end, or {@code ::$TYPE}. */
  private static String withoutStream(String name) {
    int type = name.lastIndexOf(":$");
    if (type < 1 || type + 2 == name.length()) {
      return name;
    }
    for (int i = type + 2; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '_') {
        return name;
      }
    }
    int stream = name.lastIndexOf(':', type - 1);
    return stream < 0 ? name : name.substring(0, stream);
  }

  private static String before(char end, String path) {
    int at = path.indexOf(end);
    return at < 0 ? path : path.substring(0, at);
  }

  private static String eachName(String path, UnaryOperator<String> change) {
    StringBuilder changed = null;
    int begin = 1;
    while (begin <= path.length()) {
      int slash = path.indexOf('/', begin);
      int end = slash < 0 ? path.length() : slash;
      String name = path.substring(begin, end);
      String other = change.apply(name);
      if (changed == null && !other.equals(name)) {
        changed = new StringBuilder(path.length()).append(path, 0, begin - 1);
      }
      if (changed != null) {
        changed.append('/').append(other);
      }
      begin = end + 1;
    }
    return changed == null ? path : changed.toString();
  }

  private static int leadingSpaces(String name) {
    int spaces = 0;
    while (spaces < name.length() && isSpace(name.charAt(spaces))) {
      spaces++;
    }
    return spaces;
  }

  private static String withoutTrailingSpaces(String name) {
    int end = name.length();
    while (end > 0 && isSpace(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }

  private static String withoutTrailingDot(String name) {
    return name.endsWith(".") && !isDotSegment(name) ? name.substring(0, name.length() - 1) : name;
  }

  private static String withoutTrailingDots(String name) {
    int end = name.length();
    while (end > 0 && (name.charAt(end - 1) == '.' || isSpace(name.charAt(end - 1)))) {
      end--;
    }
    return name.substring(0, end);
  }

  /** Dot segments are for whoever resolves the path: they are not names. */
  private static boolean isDotSegment(String name) {
    return name.equals(".") || name.equals("..");
  }

  /**
   * Returns a decomposed text in lower case, with {@code ss} for a sharp s. The JDK looks at what
   * is around a capital sigma, and copies the whole text for a letter that becomes two: both are
   * replaced first. Of decomposed letters, only the sharp s becomes two.
   */
  private static String lowerCase(String text) {
    return text.replace('\u03a3', '\u03c3').toLowerCase(Locale.ROOT).replace("\u00df", "ss");
  }

  /** Decomposed and with what means the same in one form (NFKD). */
  private static String decomposed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD);
  }

  /** Composed and with what means the same in one form (NFKC). */
  private static String composed(String text) {
    return isAscii(text) || Normalizer.isNormalized(text, Normalizer.Form.NFKC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** The same text where nothing changes; {@link #NOTHING} takes a character away. */
  private static String eachCharacter(String text, IntUnaryOperator change) {
    StringBuilder changed = null;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      int other = change.applyAsInt(c);
      if (changed == null && other != c) {
        changed = new StringBuilder(text.length()).append(text, 0, at);
      }
      if (changed != null && other != NOTHING) {
        changed.appendCodePoint(other);
      }
      at += Character.charCount(c);
    }
    return changed == null ? text : changed.toString();
  }

  private static String visible(String text) {
    return eachCharacter(text, c -> isInvisible(c) ? NOTHING : c);
  }

  private static boolean hasSpaces(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (isSpace(path.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether some name ends in a dot or a space, or may. */
  private static boolean hasTrailingDots(String path) {
    return path.endsWith(".") || path.contains("./") || hasSpaces(path);
  }

  /** Format characters, and the rest of what Unicode calls ignorable by default. */
  private static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT
        || c == 0x034f
        || c == 0x115f
        || c == 0x1160
        || c == 0x17b4
        || c == 0x17b5
        || (c >= 0x180b && c <= 0x180f)
        || c == 0x2065
        || c == 0x3164
        || (c >= 0xfe00 && c <= 0xfe0f)
        || c == 0xffa0
        || (c >= 0xfff0 && c <= 0xfff8)
        || (c >= 0xe0000 && c <= 0xe0fff);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
