package updategateway.local.replay;

import java.util.Arrays;

/** The mark that some programs write before UTF-8 text, and that JSON does not allow. */
final class ByteOrderMark {
  private static final byte[] UTF_8 = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private ByteOrderMark() {}

  /** Returns the text without the mark. */
  static byte[] strip(byte[] text) {
    boolean marked = Arrays.mismatch(text, UTF_8) == UTF_8.length;
    return marked ? Arrays.copyOfRange(text, UTF_8.length, text.length) : text;
  }
}
