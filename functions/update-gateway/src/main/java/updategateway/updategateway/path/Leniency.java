package updategateway.updategateway.path;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What some origins do to a path before they open a file, beyond what RFC 3986 tells them to. Each
 * takes a decoded path that begins with a slash and gives one; one that changes nothing gives the
 * same.
 */
enum Leniency {
  /** Decodes escapes once more: a proxy did, and the server behind it does again. */
  DECODES_AGAIN {
    @Override
    String read(String path) {
      if (path.indexOf('%') < 0) {
        return path;
      }
      byte[] bytes = Escapes.decodeLeniently(path);
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        // Such a path is malformed, and never gets here.
        return path;
      }
    }
  },

  /** {@code %u002e}, as old Windows servers read it. */
  DECODES_CODE_UNITS {
    @Override
    String read(String path) {
      return path.indexOf('%') < 0
          ? path
          : CODE_UNIT
              .matcher(path)
              .replaceAll(escape ->
                  Matcher.quoteReplacement(
                      String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }
  },

  /** Reads no further than a zero byte, as programs in C do. */
  ENDS_AT_ZERO {
    @Override
    String read(String path) {
      int zero = path.indexOf('\0');
      return zero < 0 ? path : path.substring(0, zero);
    }
  },

  /** Takes a plus sign for a space, as in forms; object stores did so with whole keys. */
  PLUS_IS_SPACE {
    @Override
    String read(String path) {
      return path.replace('+', ' ');
    }
  },

  /**
   * Puts characters that look or mean the same in one another's place, and leaves out those that
   * cannot be seen: full-width letters, the fraction slash, a yen sign where a backslash is meant.
   */
  ALIKE_CHARACTERS {
    @Override
    String read(String path) {
      return isAscii(path) ? path : alike(path);
    }
  },

  /** Takes a backslash for a slash. */
  BACKSLASH_IS_SLASH {
    @Override
    String read(String path) {
      return path.replace('\\', '/');
    }
  },

  /** Cuts parameters off each segment ({@code main.cvd;jsessionid=1}), as Java servers do. */
  CUTS_PARAMETERS {
    @Override
    String read(String path) {
      return path.indexOf(';') < 0 ? path : PARAMETERS.matcher(path).replaceAll("");
    }
  },

  /** Opens a file by the name of its stream ({@code main.cvd::$DATA}), as NTFS does. */
  CUTS_STREAMS {
    @Override
    String read(String path) {
      return path.indexOf('$') < 0 ? path : STREAM.matcher(path).replaceAll("");
    }
  },

  /** Drops spaces at the end of a name. */
  DROPS_TRAILING_SPACES {
    @Override
    String read(String path) {
      return path.indexOf(' ') < 0 ? path : TRAILING_SPACES.matcher(path).replaceAll("");
    }
  },

  /** Drops dots and spaces at the end of a name, as Windows does. */
  DROPS_TRAILING_DOTS {
    @Override
    String read(String path) {
      return TRAILING_DOTS.matcher(path).replaceAll("");
    }
  },

  /** Opens a file though a slash follows its name. */
  DROPS_TRAILING_SLASH {
    @Override
    String read(String path) {
      return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
  };

  private static final Pattern CODE_UNIT = Pattern.compile("%[uU]([0-9a-fA-F]{4})");
  private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
  private static final Pattern STREAM = Pattern.compile(":[^:/]*:\\$[A-Za-z_]+(?=/|$)");
  private static final Pattern TRAILING_SPACES = Pattern.compile("(?<! ) +(?=/|$)");
  // Dot segments are for whoever resolves the path: they are not names.
  private static final Pattern TRAILING_DOTS =
      Pattern.compile("(?<=[^/. ])[. ]+(?=/|$)|(?<=/)(?!\\.{1,2}(?:/|$))[. ]+(?=/|$)");

  /** The path as such an origin reads it. */
  abstract String read(String path);

  /**
   * The path as an origin reads it that does not tell upper from lower case, nor characters that
   * are alike.
   */
  static String folded(String path) {
    String same = isAscii(path) ? path : alike(path);
    // Up and down again, so that letters with several lower-case forms become one.
    String folded = same.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return isAscii(folded) ? folded : alike(folded);
  }

  private static String alike(String text) {
    StringBuilder alike = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .codePoints()
        .filter(c -> !isInvisible(c))
        .map(Leniency::bestFit)
        .forEach(alike::appendCodePoint);
    return alike.toString();
  }

  private static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT
        || (c >= 0xfe00 && c <= 0xfe0f)
        || (c >= 0xe0100 && c <= 0xe01ef)
        || c == 0x034f
        || c == 0x115f
        || c == 0x1160
        || c == 0x3164;
  }

  /**
   * What Windows puts in the place of a character that a code page lacks ("best fit", the
   * bestfit*.txt tables that Microsoft gave to Unicode), as far as it means something in a path.
   */
  private static int bestFit(int c) {
    return switch (c) {
      case 0x2044, 0x2215, 0x29f8 -> '/';
      case 0x00a5, 0x20a9, 0x2216, 0x29f5, 0x29f9 -> '\\';
      case 0x3002 -> '.';
      case 0x037e -> ';';
      default -> c;
    };
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
