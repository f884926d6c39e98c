package updategateway.policy.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A streaming reader of JSON by RFC 8259: Gson's, in its strict mode, with limits of size and
 * depth. It accepts UTF-8 only, without a byte order mark, and no lone surrogates. Skipped values
 * are not held in memory; their texts may have control characters.
 */
public final class StrictJsonReader extends JsonReader {
  /**
   * Creates a reader of one document.
   *
   * @param maxBytes the length from which on a document is refused
   * @param maxDepth the depth to which objects and arrays may be nested
   */
  public StrictJsonReader(InputStream document, int maxBytes, int maxDepth) {
    super(
        new InputStreamReader(
            new DocumentStream(document, maxBytes), StandardCharsets.UTF_8.newDecoder()));
    setStrictness(Strictness.STRICT);
    setNestingLimit(maxDepth);
  }

  /**
   * Checks the token that comes next.
   *
   * @throws MalformedJsonException if it is another one
   */
  public void expect(JsonToken token) throws IOException {
    JsonToken next = peek();
    if (next != token) {
      throw new MalformedJsonException(next + " instead of " + token + " at " + getPath());
    }
  }

  /** Returns the text, or the digits of the number, that comes next. */
  @Override
  public String nextString() throws IOException {
    return requireWholeCharacters(super.nextString());
  }

  @Override
  public String nextName() throws IOException {
    return requireWholeCharacters(super.nextName());
  }

  private static String requireWholeCharacters(String text) throws MalformedJsonException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        throw new MalformedJsonException("half of a surrogate pair");
      }
    }
    return text;
  }

  /** Refuses what is too long, and a byte order mark, which Gson would skip. */
  private static final class DocumentStream extends FilterInputStream {
    private static final int FIRST_BYTE_OF_BYTE_ORDER_MARK = 0xEF;

    private final int maxBytes;
    private int count;

    DocumentStream(InputStream in, int maxBytes) {
      super(in);
      this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, to.length);
      int read = super.read(to, offset, length);
      if (read <= 0) {
        return read;
      }
      if (count == 0 && Byte.toUnsignedInt(to[offset]) == FIRST_BYTE_OF_BYTE_ORDER_MARK) {
        throw new MalformedJsonException("a byte order mark");
      }
      count += read;
      if (count > maxBytes) {
        throw new MalformedJsonException("more than " + maxBytes + " bytes");
      }
      return read;
    }
  }
}
