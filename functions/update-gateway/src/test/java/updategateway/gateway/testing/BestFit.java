package updategateway.gateway.testing;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * The ASCII character that Windows puts in the place of one that a code page lacks ("best fit"),
 * for the code pages 874, 932, 936, 949, 950, 1250 to 1258 and 1361. The rows were made from the
 * files {@code c_*.nls} that Wine installs, which are Windows' own tables; control characters,
 * which no path has, are left out. The turned question mark, the ideographic full stop, which names
 * of hosts have for a dot, and the big slashes are taken along.
 *
 * <p>Most of what they say is a rule: a letter loses its accents, a full-width form its width. What
 * follows from no rule is listed.
 */
final class BestFit {
  /** A character, and those in whose place it stands; the western page first where pages differ. */
  private static final String[] LISTED = {
    "!\u00a1\u01c3\u203c",
    "\"\u02ba\u030e\u301d\u301e",
    "%\u066a",
    "'\u02b9\u02bc\u02c8\u02d9\u2032",
    "(\u2320",
    ")\u2321",
    "*\u2217",
    "+\u250c\u2510\u2514\u2518\u251c\u2524\u253c\u2552\u2553\u2554\u2555\u2556\u2557\u2558",
    "+\u2559\u255a\u255b\u255c\u255d\u256a\u256b\u256c\u2640",
    "-\u00ad\u2010\u2011\u2194\u2212\u2500\u2502\u252c\u2534\u2550\u2564\u2565\u2566\u2567",
    "-\u2568\u2569\u2580\u2588\u2591\u2592\u2593\u25ac",
    ".\u3002",
    "/\u00b4\u2044\u2215\u29f8",
    "0\u0660\u25cb\u25d9\u263c",
    "1\u00bc\u00bd\u0661\u2081",
    "2\u0662",
    "3\u00be\u0663",
    "4\u0664",
    "5\u0665",
    "6\u0666",
    "7\u0667",
    "8\u0668\u221e",
    "9\u0669",
    ":\u0589\u2236",
    "<\u2190\u2329\u25c4\u3008",
    "=\u2017\u2261\u2264\u2265",
    ">\u2192\u232a\u25ba\u2642\u3009",
    "?\u00bf",
    "A\u00c6",
    "D\u00d0\u0110\u0189",
    "E\u2107",
    "F\u0191\u03a6",
    "G\u01e4\u0393",
    "H\u0126",
    "I\u0197",
    "L\u00a3\u0141\u221f",
    "O\u00d8\u0152\u019f\u03a9\u263a\u263b",
    "P\u20a7\u2118",
    "R\u00ae",
    "S\u03a3",
    "T\u00de\u0166\u01ae\u0398",
    "Y\u00a5",
    "[\u301a",
    "\\\u20a9\u2216\u29f5\u29f9",
    "]\u301b",
    "^\u02c4\u02c6\u02c7\u02d8\u0302\u2191\u2303\u25b2",
    "_\u02cd\u0331\u0332\u2584",
    "`\u02cb\u0300\u2035",
    "a\u00e6\u03b1",
    "b\u0180",
    "c\u00a2\u00a9",
    "d\u00f0\u0111\u03b4\u266a\u266b",
    "e\u03b5\u212e",
    "f\u0192\u03c6",
    "g\u01e5\u0261",
    "h\u0127\u04bb",
    "i\u0131",
    "l\u0142\u019a",
    "n\u2229",
    "o\u00f8\u0153",
    "p\u03c0",
    "s\u00df\u03c3",
    "t\u00fe\u0167\u01ab\u03c4",
    "v\u2193\u221a",
    "z\u01b6",
    "|\u00a6\u01c0\u2195\u21a8\u2223\u2758",
    "~\u02dc\u0303\u223c"
  };

  /** What other pages have where they differ from the first: Japanese ones, Korean ones. */
  private static final String[] LISTED_ELSEWHERE = {
    "+\u2534",
    "-\u250c\u2518\u2552\u2554\u255b\u255c\u255d\u2584",
    "0\u2081",
    "=\u2550\u301b",
    "L\u2514\u2558\u2559\u255a",
    "T\u252c\u2564\u2565\u2566",
    "\\\u00a5",
    "e\u00f0"
  };

  /** Beyond it, no character has one of ASCII for its decomposition. */
  static final int MOST = 0x20000;

  private static final byte NOT_KNOWN_YET = 0;
  private static final byte ITSELF = 1;

  /**
   * By the western code page: the character of ASCII, or one of the constants above. Filled as
   * characters come, without a lock: each thread finds the same. A decomposition costs a hundred
   * times what a look-up does.
   */
  private static final byte[] KNOWN = new byte[MOST];

  private static final Map<Integer, Character> MOSTLY = byCharacter(LISTED);
  private static final Map<Integer, Character> ELSEWHERE = byCharacter(LISTED_ELSEWHERE);

  private BestFit() {}

  /** By the western code page, or by the first that puts something in its place. */
  static int of(int c) {
    if (c < 0x80 || c >= MOST) {
      return c;
    }
    byte known = KNOWN[c];
    if (known == NOT_KNOWN_YET) {
      Character listed = MOSTLY.get(c);
      int fit = listed == null ? byRule(c) : listed;
      known = fit == c ? ITSELF : (byte) fit;
      KNOWN[c] = known;
    }
    return known == ITSELF ? c : known;
  }

  /** By another code page, where that puts something else in its place. */
  static int elsewhere(int c) {
    Character listed = c < 0x80 ? null : ELSEWHERE.get(c);
    return listed == null ? of(c) : listed;
  }

  private static int byRule(int c) {
    String parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD);
    char first = parts.charAt(0);
    if (first >= 0x80) {
      return c;
    }
    for (int i = 1; i < parts.length(); i++) {
      if (Character.getType(parts.charAt(i)) != Character.NON_SPACING_MARK) {
        return c;
      }
    }
    return first;
  }

  private static Map<Integer, Character> byCharacter(String[] listed) {
    Map<Integer, Character> byCharacter = new HashMap<>();
    for (String row : listed) {
      row.chars().skip(1).forEach(c -> byCharacter.put(c, row.charAt(0)));
    }
    return byCharacter;
  }
}
