package updategateway.policy.json;

import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Characters out of UTF-8, a kilobyte at a time: the JDK's reader would hold eight, and mend what
 * is wrong. A byte that is wrong, a byte order mark and more bytes than are expected are errors.
 * For one thread.
 */
final class Utf8Reader extends Reader {
  private static final int SOME_BYTES = 1_024;
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final int NONE = -1;

  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(SOME_BYTES).flip();
  private int left;
  private boolean begun;
  private boolean ended;

  /** The second half of a character for which there was room for the first. */
  private int secondHalf = NONE;

  /**
   * @param most how many bytes there may be
   */
  Utf8Reader(InputStream in, int most) {
    this.in = in;
    this.left = most;
  }

  @Override
  public int read(char[] to, int at, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (secondHalf != NONE) {
      to[at] = (char) secondHalf;
      secondHalf = NONE;
      return 1;
    }
    int read = decode(to, at, length);
    if (!begun && read > 0 && to[at] == BYTE_ORDER_MARK) {
      throw new MalformedJsonException("a byte order mark before the document");
    }
    begun = true;
    return read;
  }

  private int decode(char[] to, int at, int length) throws IOException {
    CharBuffer chars = CharBuffer.wrap(to, at, length);
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (result.isError()) {
        result.throwException();
      }
      int read = chars.position() - at;
      if (read > 0) {
        return read;
      }
      if (result.isOverflow()) {
        return firstHalf(to, at);
      }
      if (ended) {
        return -1;
      }
      fill();
    }
  }

  /** Of a character that takes two, where there is room for one. */
  private int firstHalf(char[] to, int at) throws IOException {
    char[] both = new char[2];
    decoder.decode(bytes, CharBuffer.wrap(both), ended);
    to[at] = both[0];
    secondHalf = both[1];
    return 1;
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (read < 0) {
      ended = true;
    } else {
      bytes.position(bytes.position() + read);
      left -= read;
      if (left < 0) {
        throw new MalformedJsonException("longer than it may be");
      }
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
