package updategateway.policy.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) token by token, and takes nothing for what it may have meant: one encoding,
 * UTF-8, without a mark of it, without a byte that is wrong and without half of a pair of
 * surrogates, and no more bytes and no more nesting than are expected. What is skipped is looked at
 * as closely as what is read. Of the document it holds two kilobytes and the text that it reads,
 * and nothing of what is skipped, however long that is. For one thread.
 *
 * <p>It is here and not a library's since each start and each request pays for it. Jackson's
 * parsers touch the JDK's {@code BigDecimal} even where no number is read, which when first touched
 * multiplies powers of five of up to 150,000 bits: 20 ms of each start, which no AOT cache keeps.
 * Gson's does not, and takes half as long again for an event. Tests hold this one to both.
 */
public final class JsonReader {
  /** Most events fit in. */
  private static final int SOME_BYTES = 2_048;

  private static final String NOT_WANTED = "";
  private static final int END = -1;
  private static final int HEX_DIGITS = 4;
  private static final int LONGEST_NUMBER = 1_024;

  /** From which byte on it is one of several that are a character. */
  private static final int FIRST_OF_SEVERAL = 0x80;

  /** What was last read of the object or array that is open, or of the document. */
  private enum Last {
    NOTHING,
    NAME,
    VALUE
  }

  private final InputStream in;
  private final byte[] bytes = new byte[SOME_BYTES];
  private final int most;

  /** Whether an object is open, at each depth; an array is otherwise. */
  private final boolean[] objects;

  private int at;
  private int end;

  /** How many bytes were in the buffer before those that are. */
  private int before;

  private int depth;
  private Last last = Last.NOTHING;
  private @Nullable JsonToken next;
  private @Nullable ByteArrayOutputStream buffer;

  /**
   * At the beginning of a document.
   *
   * @param most how many bytes it may have
   * @param deepest how many arrays and objects may be open at once
   */
  public JsonReader(InputStream document, int most, int deepest) {
    this.in = document;
    this.most = most;
    this.objects = new boolean[deepest];
  }

  /**
   * What comes next, which stays there.
   *
   * @throws MalformedJsonException when nothing can that there is
   */
  public JsonToken peek() throws IOException {
    JsonToken known = next;
    if (known == null) {
      known = find();
      next = known;
    }
    return known;
  }

  private JsonToken find() throws IOException {
    int b = significant();
    if (depth == 0) {
      return last == Last.VALUE ? endOfDocument(b) : value(b);
    }
    boolean object = objects[depth - 1];
    if (last == Last.NAME) {
      return value(b);
    }
    if (b == (object ? '}' : ']')) {
      return object ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
    }
    if (last == Last.VALUE) {
      if (b != ',') {
        throw unexpected(b);
      }
      at++;
      b = significant();
    }
    if (!object) {
      return value(b);
    }
    if (b != '"') {
      throw unexpected(b);
    }
    return JsonToken.NAME;
  }

  private JsonToken endOfDocument(int b) throws MalformedJsonException {
    if (b != END) {
      throw unexpected(b);
    }
    return JsonToken.END_DOCUMENT;
  }

  private JsonToken value(int b) throws MalformedJsonException {
    return switch (b) {
      case '"' -> JsonToken.STRING;
      case '{' -> JsonToken.BEGIN_OBJECT;
      case '[' -> JsonToken.BEGIN_ARRAY;
      case 't', 'f' -> JsonToken.BOOLEAN;
      case 'n' -> JsonToken.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonToken.NUMBER;
      default -> throw unexpected(b);
    };
  }

  /**
   * Requires what comes next to be this.
   *
   * @throws MalformedJsonException when it is something else
   */
  public void expect(JsonToken token) throws IOException {
    JsonToken found = peek();
    if (found != token) {
      throw new MalformedJsonException(found + " where " + token + " belongs" + place());
    }
  }

  /** Whether the object or array that is open has one more member or element. */
  public boolean hasNext() throws IOException {
    JsonToken found = peek();
    return found != JsonToken.END_OBJECT && found != JsonToken.END_ARRAY;
  }

  /** Opens the object that comes next. */
  public void beginObject() throws IOException {
    begin(JsonToken.BEGIN_OBJECT, true);
  }

  /** Opens the array that comes next. */
  public void beginArray() throws IOException {
    begin(JsonToken.BEGIN_ARRAY, false);
  }

  private void begin(JsonToken token, boolean object) throws IOException {
    expect(token);
    if (depth == objects.length) {
      throw new MalformedJsonException("nested more deeply than " + depth + " times" + place());
    }
    at++;
    objects[depth++] = object;
    read(Last.NOTHING);
  }

  /** Closes the object that ends next. */
  public void endObject() throws IOException {
    end(JsonToken.END_OBJECT);
  }

  /** Closes the array that ends next. */
  public void endArray() throws IOException {
    end(JsonToken.END_ARRAY);
  }

  private void end(JsonToken token) throws IOException {
    expect(token);
    at++;
    depth--;
    read(Last.VALUE);
  }

  /** The name that comes next. */
  public String nextName() throws IOException {
    expect(JsonToken.NAME);
    String name = text(true);
    colon();
    return name;
  }

  /** The text that comes next. */
  public String nextString() throws IOException {
    expect(JsonToken.STRING);
    String text = text(true);
    read(Last.VALUE);
    return text;
  }

  /**
   * The number that comes next, as it is written.
   *
   * @throws MalformedJsonException also when it has more than 1,024 characters
   */
  public String nextNumber() throws IOException {
    expect(JsonToken.NUMBER);
    StringBuilder text = new StringBuilder(16);
    number(text);
    return text.toString();
  }

  /** The truth value that comes next. */
  public boolean nextBoolean() throws IOException {
    expect(JsonToken.BOOLEAN);
    boolean value = significant() == 't';
    word(value ? "true" : "false");
    return value;
  }

  /** Passes over what comes next, with all that is in it; over a name alone, where one comes. */
  public void skipValue() throws IOException {
    int outside = depth;
    do {
      switch (peek()) {
        case BEGIN_OBJECT -> beginObject();
        case END_OBJECT -> endObject();
        case BEGIN_ARRAY -> beginArray();
        case END_ARRAY -> endArray();
        case NAME -> {
          var _ = text(false);
          colon();
        }
        case STRING -> {
          var _ = text(false);
          read(Last.VALUE);
        }
        case NUMBER -> number(null);
        case BOOLEAN -> {
          var _ = nextBoolean();
        }
        case NULL -> word("null");
        case END_DOCUMENT -> expect(JsonToken.STRING);
      }
    } while (depth > outside);
  }

  private void read(Last what) {
    last = what;
    next = null;
  }

  private void colon() throws IOException {
    int b = significant();
    if (b != ':') {
      throw unexpected(b);
    }
    at++;
    read(Last.NAME);
  }

  private void word(String word) throws IOException {
    for (int i = 0; i < word.length(); i++) {
      int b = take();
      if (b != word.charAt(i)) {
        throw unexpected(b);
      }
    }
    read(Last.VALUE);
  }

  /**
   * {@code [ minus ] int [ frac ] [ exp ]}; whatever may follow it is looked at next.
   *
   * @param text takes it; null where it is skipped
   */
  private void number(@Nullable StringBuilder text) throws IOException {
    if (current() == '-') {
      digit(text);
    }
    if (current() == '0') {
      digit(text);
    } else {
      digits(text);
    }
    if (current() == '.') {
      digit(text);
      digits(text);
    }
    if (current() == 'e' || current() == 'E') {
      digit(text);
      if (current() == '+' || current() == '-') {
        digit(text);
      }
      digits(text);
    }
    read(Last.VALUE);
  }

  private void digits(@Nullable StringBuilder text) throws IOException {
    int b = current();
    if (b < '0' || b > '9') {
      throw unexpected(b);
    }
    while (b >= '0' && b <= '9') {
      digit(text);
      b = current();
    }
  }

  /** A digit, or what else a number has. */
  private void digit(@Nullable StringBuilder text) throws IOException {
    int b = take();
    if (text != null) {
      if (text.length() == LONGEST_NUMBER) {
        throw new MalformedJsonException(
            "a number of more than " + LONGEST_NUMBER + " characters" + place());
      }
      text.append((char) b);
    }
  }

  /**
   * The text whose quotation mark comes next.
   *
   * @param wanted false to look at it only; then another is returned
   */
  private String text(boolean wanted) throws IOException {
    at++;
    int length = plain(0);
    if (at + length == end && fill()) {
      length = plain(length);
    }
    if (at + length < end && bytes[at + length] == '"') {
      String text =
          wanted ? new String(bytes, at, length, StandardCharsets.ISO_8859_1) : NOT_WANTED;
      at += length + 1;
      return text;
    }
    if (!wanted) {
      rest(null);
      return NOT_WANTED;
    }
    ByteArrayOutputStream text = emptyBuffer(length);
    rest(text);
    return text.toString(StandardCharsets.UTF_8);
  }

  /** The same one each time: a document may be nothing but short texts that need one. */
  private ByteArrayOutputStream emptyBuffer(int length) {
    ByteArrayOutputStream known = buffer;
    if (known == null) {
      known = new ByteArrayOutputStream(2 * length + 64);
      buffer = known;
    }
    known.reset();
    return known;
  }

  /** How many bytes from here on stand for themselves, of which so many are known to. */
  private int plain(int known) {
    int i = at + known;
    while (i < end && isPlain(bytes[i])) {
      i++;
    }
    return i - at;
  }

  /** An ASCII character that stands for itself; bytes of others are negative. */
  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  /**
   * The rest of a text with escapes or characters beyond ASCII, or of one that goes on behind the
   * buffer.
   *
   * @param text takes it, in UTF-8; null where it is skipped, which holds nothing of it
   */
  private void rest(@Nullable ByteArrayOutputStream text) throws IOException {
    while (true) {
      int length = plain(0);
      if (text != null) {
        text.write(bytes, at, length);
      }
      at += length;
      int b = take();
      if (b == '"') {
        return;
      }
      if (b == '\\') {
        escape(text);
      } else if (b < ' ') {
        throw unexpected(b);
      } else if (b < FIRST_OF_SEVERAL) {
        add(b, text);
      } else {
        beyondAscii(b, text);
      }
    }
  }

  private static void add(int b, @Nullable ByteArrayOutputStream text) {
    if (text != null) {
      text.write(b);
    }
  }

  /**
   * A character of several bytes (RFC 3629, section 4): none that would do with fewer, no half of a
   * pair of surrogates, none beyond Unicode.
   */
  private void beyondAscii(int first, @Nullable ByteArrayOutputStream text) throws IOException {
    if (first < 0xc2 || first > 0xf4) {
      throw unexpected(first);
    }
    add(first, text);
    int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int greatest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    for (int i = 0; i < more; i++) {
      int b = take();
      if (b < least || b > greatest) {
        throw unexpected(b);
      }
      add(b, text);
      least = 0x80;
      greatest = 0xbf;
    }
  }

  private void escape(@Nullable ByteArrayOutputStream text) throws IOException {
    int b = take();
    switch (b) {
      case '"', '\\', '/' -> add(b, text);
      case 'b' -> add('\b', text);
      case 'f' -> add('\f', text);
      case 'n' -> add('\n', text);
      case 'r' -> add('\r', text);
      case 't' -> add('\t', text);
      case 'u' -> character(text);
      default -> throw unexpected(b);
    }
  }

  /** A character by its code units in UTF-16, of which the first comes. */
  private void character(@Nullable ByteArrayOutputStream text) throws IOException {
    char unit = codeUnit();
    int character = unit;
    if (Character.isHighSurrogate(unit) && take() == '\\' && take() == 'u') {
      char other = codeUnit();
      character = Character.isLowSurrogate(other) ? Character.toCodePoint(unit, other) : unit;
    }
    if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
      throw new MalformedJsonException("half of a pair of surrogates" + place());
    }
    encode(character, text);
  }

  /** Writes a character in UTF-8, without an object for each: a text may be nothing but escapes. */
  private static void encode(int character, @Nullable ByteArrayOutputStream text) {
    if (character < FIRST_OF_SEVERAL) {
      add(character, text);
      return;
    }
    int more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    add(((0xff00 >> (more + 1)) & 0xff) | (character >> (6 * more)), text);
    for (int i = more - 1; i >= 0; i--) {
      add(0x80 | ((character >> (6 * i)) & 0x3f), text);
    }
  }

  private char codeUnit() throws IOException {
    int unit = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      int b = take();
      int digit = b < 128 ? Character.digit(b, 16) : -1;
      if (digit < 0) {
        throw unexpected(b);
      }
      unit = 16 * unit + digit;
    }
    return (char) unit;
  }

  /** The next byte that is no space, which stays there. */
  private int significant() throws IOException {
    do {
      for (int i = at; i < end; i++) {
        byte b = bytes[i];
        if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
          at = i;
          return b & 0xff;
        }
      }
      at = end;
    } while (fill());
    return END;
  }

  /** The next byte, which stays there. */
  private int current() throws IOException {
    return at < end || fill() ? bytes[at] & 0xff : END;
  }

  /** The next byte, of which there must be one. */
  private int take() throws IOException {
    int b = current();
    if (b == END) {
      throw unexpected(b);
    }
    at++;
    return b;
  }

  /** Reads on behind what was not taken yet. Whether there was more, and room for it. */
  private boolean fill() throws IOException {
    before += at;
    end -= at;
    System.arraycopy(bytes, at, bytes, 0, end);
    at = 0;
    int read = Math.max(0, in.read(bytes, end, SOME_BYTES - end));
    end += read;
    if (end > most - before) {
      throw new MalformedJsonException("longer than " + most + " bytes");
    }
    return read > 0;
  }

  private MalformedJsonException unexpected(int b) {
    String what;
    if (b == END) {
      what = "the end";
    } else if (b > ' ' && b < 0x7f) {
      what = "'" + (char) b + "'";
    } else {
      what = "the byte " + b;
    }
    return new MalformedJsonException(what + " where it does not belong" + place());
  }

  private String place() {
    return ", near byte " + (before + at);
  }
}
