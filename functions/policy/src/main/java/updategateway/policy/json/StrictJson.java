package updategateway.policy.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Opens JSON (RFC 8259) to be read token by token, where nothing is taken for what it may have
 * meant: one encoding, UTF-8, without a mark of it or a byte that is wrong, and no more nesting
 * than is expected. Not even half of a pair of surrogates is taken, which some take for a text;
 * only in a text that is skipped may that stand, or a control character.
 *
 * <p>By Gson's reader, while all that is written is written by Jackson: Jackson's parsers touch the
 * JDK's {@code BigDecimal} even where no number is read, which when first touched multiplies powers
 * of five of up to 150,000 bits. No AOT cache keeps them, and a start took 20 ms longer.
 */
public final class StrictJson {
  private StrictJson() {}

  /**
   * A reader at the beginning of the document, of which it never holds more than a part.
   *
   * @param most how many bytes it may have
   * @param deepest how many arrays and objects may be open at once
   */
  public static JsonReader reader(InputStream document, int most, int deepest) {
    JsonReader json = new JsonReader(new Utf8Reader(document, most));
    json.setStrictness(Strictness.STRICT);
    json.setNestingLimit(deepest);
    return json;
  }

  /**
   * Requires what comes next to be this.
   *
   * @throws MalformedJsonException when it is something else
   */
  public static void expect(JsonReader json, JsonToken token) throws IOException {
    JsonToken next = json.peek();
    if (next != token) {
      throw new MalformedJsonException(
          next + " where " + token + " belongs, at " + json.getPreviousPath());
    }
  }
}
