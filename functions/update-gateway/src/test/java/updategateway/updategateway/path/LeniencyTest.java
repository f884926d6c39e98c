package updategateway.updategateway.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What origins do to a path, beside regular expressions that say the same. */
final class LeniencyTest {
  private static final Pattern CODE_UNIT = Pattern.compile("%[uU]([0-9a-fA-F]{4})");
  private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
  private static final Pattern STREAM = Pattern.compile(":[^:/]*:\\$[A-Za-z_]+(?=/|$)");
  private static final List<String> PARTS =
      List.of(
          "a", "Z", "_", "7", "/", "/", ";", ":", "::$", ":$", "$", "%u", "%U", "%", "%u002e",
          "%U2f0", "%uD83D", "41", "fF", ".", "\u00fc", "\uff11");

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
      if (!Leniency.DECODES_CODE_UNITS.read(path).equals(units)
          || !Leniency.CUTS_PARAMETERS.read(path).equals(parameters)
          || !Leniency.CUTS_STREAMS.read(path).equals(streams)) {
        assertThat(Leniency.DECODES_CODE_UNITS.read(path)).as(path).isEqualTo(units);
        assertThat(Leniency.CUTS_PARAMETERS.read(path)).as(path).isEqualTo(parameters);
        assertThat(Leniency.CUTS_STREAMS.read(path)).as(path).isEqualTo(streams);
      }
      changed += path.equals(units) ? 0 : 1;
      changed += path.equals(streams) ? 0 : 1;
    }
    assertThat(changed).isGreaterThan(50_000);
  }
}
