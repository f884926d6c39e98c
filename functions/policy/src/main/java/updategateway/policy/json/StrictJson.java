package updategateway.policy.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.CharArrayReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Opens JSON (RFC 8259) to be read token by token, where nothing is taken for what it may have
 * meant: one encoding, UTF-8, without a mark of it or a byte that is wrong, and no more nesting
 * than is expected. Only in a text that is skipped may stand a control character.
 *
 * <p>By Gson's reader, while all that is written is written by Jackson: Jackson's parsers touch the
 * JDK's {@code BigDecimal} even where no number is read, which when first touched multiplies powers
 * of five of up to 150,000 bits. No AOT cache keeps them, and a start took 20 ms longer.
 */
public final class StrictJson {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private StrictJson() {}

  /**
   * A reader at the beginning of the document.
   *
   * @param deepest how many arrays and objects may be open at once
   * @throws MalformedJsonException when it is not UTF-8
   */
  public static JsonReader reader(byte[] document, int deepest) throws MalformedJsonException {
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document));
    } catch (CharacterCodingException e) {
      throw new MalformedJsonException("bytes that are not UTF-8", e);
    }
    if (text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK) {
      throw new MalformedJsonException("a byte order mark before the document");
    }
    JsonReader json =
        new JsonReader(new CharArrayReader(text.array(), text.arrayOffset(), text.remaining()));
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
