package updategateway.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What origins do to a path, beside regular expressions that say the same. */
final class PathQuirkTest {
  private static final Pattern CODE_UNIT = Pattern.compile("%[uU]([0-9a-fA-F]{4})");
  private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
  private static final Pattern STREAM = Pattern.compile(":[^:/]*:\\$[A-Za-z_]+(?=/|$)");
  private static final List<String> PARTS =
      List.of(
          "a", "Z", "_", "7", "/", "/", ";", ":", "::$", ":$", "$", "%u", "%U", "%", "%u002e",
          "%U2f0", "%uD83D", "41", "fF", ".", "\u00fc", "\uff11");

  /** The first and the last of each range, and the characters right outside, which are seen. */
  @Test
  void whatNobodySeesIsTakenOut() {
    int[] invisible = {
      0x00ad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x200b, 0x200e, 0x2060,
      0x2065, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfff8, 0xe0000, 0xe0fff
    };
    for (int c : invisible) {
      assertThat(PathQuirk.LEAVES_OUT_INVISIBLE.apply("/ba" + Character.toString(c) + "ses"))
          .as("U+%04X", c)
          .isEqualTo("/bases");
    }
    int[] visible = {
      0x034e, 0x0350, 0x115e, 0x1161, 0x17b3, 0x17b6, 0x180a, 0x1810, 0x3163, 0x3165, 0xfdff,
      0xfe10, 0xff9f, 0xffa1, 0xffef, 0xfffc, 0xdffff, 0xe1000
    };
    for (int c : visible) {
      String path = "/ba" + Character.toString(c) + "ses";
      assertThat(PathQuirk.LEAVES_OUT_INVISIBLE.apply(path)).as("U+%04X", c).isEqualTo(path);
    }
  }

  @Test
  void pathsAreReadAsTheExpressionsSay() {
    SplittableRandom random = new SplittableRandom(8);
    int changed = 0;
    for (int i = 0; i < 400_000; i++) {
      StringBuilder text = new StringBuilder("/");
      for (int p = random.nextInt(9); p > 0; p--) {
        text.append(PARTS.get(random.nextInt(PARTS.size())));
      }
      String path = text.toString();
      String units =
          CODE_UNIT
              .matcher(path)
              .replaceAll(escape ->
                  Matcher.quoteReplacement(
                      String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
      String parameters = PARAMETERS.matcher(path).replaceAll("");
      String streams = STREAM.matcher(path).replaceAll("");
      if (!PathQuirk.DECODES_CODE_UNITS.apply(path).equals(units)
          || !PathQuirk.CUTS_PARAMETERS.apply(path).equals(parameters)
          || !PathQuirk.CUTS_STREAMS.apply(path).equals(streams)) {
        assertThat(PathQuirk.DECODES_CODE_UNITS.apply(path)).as(path).isEqualTo(units);
        assertThat(PathQuirk.CUTS_PARAMETERS.apply(path)).as(path).isEqualTo(parameters);
        assertThat(PathQuirk.CUTS_STREAMS.apply(path)).as(path).isEqualTo(streams);
      }
      changed += path.equals(units) ? 0 : 1;
      changed += path.equals(streams) ? 0 : 1;
    }
    assertThat(changed).isGreaterThan(50_000);
  }
}
