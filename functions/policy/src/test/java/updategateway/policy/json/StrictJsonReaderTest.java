package updategateway.policy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonReaderTest {
  private static final int DEEPEST = 8;
  private static final int MOST_BYTES = 100_000;

  @Test
  void readsWhatIsThere() throws IOException {
    StrictJsonReader json = reader(utf8("{\"\u00fc\": [1, \"\\u20ac\", true]}"));
    json.beginObject();
    assertThat(json.nextName()).isEqualTo("\u00fc");
    json.beginArray();
    assertThat(json.nextString()).isEqualTo("1");
    assertThat(json.nextString()).isEqualTo("\u20ac");
    json.expect(JsonToken.BOOLEAN);
    assertThatThrownBy(() -> json.expect(JsonToken.STRING))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("BOOLEAN instead of STRING at $.\u00fc[2]");
    assertThat(json.nextBoolean()).isTrue();
    assertThat(json.hasNext()).isFalse();
    json.endArray();
    json.endObject();
    json.expect(JsonToken.END_DOCUMENT);
  }

  @Test
  void anErrorSaysWhatAndWhere() {
    assertThatThrownBy(() -> skip(utf8("{\"a\": 1, }")))
        .hasMessageContaining("at line 1 column 11 path $");
    assertThatThrownBy(() -> skip(utf8("[1"))).hasMessageContaining("End of input at line 1");
  }

  @Test
  void everyEscapeIsTheCharacterThatItStandsFor() throws IOException {
    StrictJsonReader json =
        reader(utf8("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u20aC\\uD83D\\ude00\""));
    assertThat(json.nextString()).isEqualTo("\"\\/\b\f\n\r\tA\u20ac\ud83d\ude00");
  }

  @Test
  void soDeeplyItMayBeNestedAndNoDeeper() throws IOException {
    skip(utf8("[".repeat(DEEPEST) + "]".repeat(DEEPEST)));
    skip(utf8("{\"a\":".repeat(DEEPEST) + "1" + "}".repeat(DEEPEST)));
    assertThatThrownBy(() -> skip(utf8("[".repeat(DEEPEST + 1) + "]".repeat(DEEPEST + 1))))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("Nesting limit 8 reached");
  }

  @Test
  void aNumberHasAnEnd() throws IOException {
    assertThat(reader(utf8("1".repeat(1_000))).nextString()).hasSize(1_000);
    assertThatThrownBy(() -> reader(utf8("1".repeat(1_025))).nextString())
        .isInstanceOf(MalformedJsonException.class);
  }

  /** Anybody can send a body of megabytes, and nobody reads it. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00fc", "\ud83d\ude00", "\\n", "\\ud83d\\ude00"})
  void ofWhatIsSkippedNothingIsHeld(String part) throws IOException {
    int many = 4_000_000 / utf8(part).length;
    String text = "\"" + part.repeat(many) + "\"";
    byte[] document = utf8("{\"a\":" + text + "}");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    StrictJsonReader json =
        new StrictJsonReader(new ByteArrayInputStream(document), document.length, DEEPEST);
    json.beginObject();
    assertThat(json.nextName()).isEqualTo("a");
    long before = threads.getCurrentThreadAllocatedBytes();
    json.skipValue();
    long held = threads.getCurrentThreadAllocatedBytes() - before;
    json.endObject();
    assertThat(held).isLessThan(document.length / 8);
  }

  @Test
  void whatIsSkippedIsPassedOverWhole() throws IOException {
    StrictJsonReader json =
        reader(utf8("[{\"a\": [1, {\"b\": null}], \"c\": true}, \"x\", -1.5e3, 7]"));
    json.beginArray();
    json.skipValue();
    json.skipValue();
    json.skipValue();
    assertThat(json.nextString()).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{]",
        "{\"a\"}",
        "{a: 1}",
        "{'a': 1}",
        "{\"a\": 1,}",
        "[1 2]",
        "[01]",
        "[1.]",
        "[+1]",
        "[NaN]",
        "[TRUE]",
        "[nul]",
        "[\"\t\"]",
        "[\"\\x\"]",
        "[\"\\U0041\"]",
        "[\"\\u00g0\"]",
        "[\"\\u004\"]",
        "[\"\\'\"]",
        "[/**/1]",
        "# \n[1]",
        "[1];",
        "[1] [2]",
        ")]}'\n[1]",
        "\ufeff[1]",
        "[[[[[[[[[1]]]]]]]]]"
      })
  void whatIsNotJsonIsAnError(String text) {
    if (!text.contains("\t")) {
      // A control character counts in a text that is read, not in one that is skipped.
      assertThatThrownBy(() -> skip(utf8(text))).isInstanceOf(IOException.class);
    }
    assertThat(isRead(utf8(text))).isFalse();
  }

  @Test
  void bytesThatAreNotUtf8AreAnError() {
    for (byte[] document :
        new byte[][] {
          {'"', (byte) 0xff, '"'},
          {'"', (byte) 0xc0, (byte) 0xaf, '"'},
          {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
          "\"\u20ac\"".getBytes(StandardCharsets.UTF_16),
        }) {
      assertThatThrownBy(() -> skip(document)).isInstanceOf(IOException.class);
      assertThat(isRead(document)).isFalse();
    }
  }

  @Test
  void halfOfAPairOfSurrogatesIsNoText() {
    for (String text : List.of("[\"\\ud800\"]", "[\"\\udc00\"]", "[\"\\ud800\\ud800\"]")) {
      assertThat(isRead(utf8(text))).as(text).isFalse();
    }
  }

  @Test
  void noMoreIsReadThanThereMayBe() throws IOException {
    byte[] longest = utf8("\"" + "x".repeat(MOST_BYTES - 2) + "\"");
    skip(longest);
    assertThatThrownBy(() -> skip(utf8(new String(longest, StandardCharsets.UTF_8) + " ")))
        .isInstanceOf(IOException.class);
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };
    assertThatThrownBy(() -> new StrictJsonReader(endless, MOST_BYTES, DEEPEST).peek())
        .isInstanceOf(IOException.class);
  }

  /** Wherever the parts of a document end of which it is read, it is the same. */
  @Property(tries = 3_000)
  void charactersOfAnyLengthComeThrough(
      @ForAll("texts") String text, @ForAll @IntRange(min = 0, max = 4_200) int before)
      throws IOException {
    String whole = "y".repeat(before) + text;
    StrictJsonReader json = reader(utf8("[\"" + whole + "\",1]"));
    json.beginArray();
    assertThat(json.nextString()).isEqualTo(whole);
    assertThat(json.nextString()).isEqualTo("1");
  }

  @Provide
  static Arbitrary<String> texts() {
    return Arbitraries.of("a", "\u00fc", "\u20ac", "\ud83d\ude00")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  /** Jackson's parser, which most of AWS's own Java uses, as the second opinion. */
  @Property(tries = 20_000)
  void takesNothingThatJacksonDoesNot(@ForAll("documents") String text) {
    byte[] document = utf8(text);
    boolean ours = isRead(document);
    boolean jacksons = isReadByJackson(document);
    assertThat(ours).as(text).isEqualTo(jacksons);
  }

  @Provide
  static Arbitrary<String> documents() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"b\\n\"",
            "\"\\u00e9\"",
            "\"\u20ac\"",
            "'",
            "1",
            "-1",
            "0",
            "-",
            "1.5",
            "1e3",
            "01",
            "true",
            "false",
            "null",
            "True",
            " ",
            "\n",
            "/",
            "#",
            "\\",
            "\u0001",
            "\"\u0001\"")
        .list()
        .ofMinSize(1)
        .ofMaxSize(7)
        .map(parts -> String.join("", parts))
        .flatMap(text -> Arbitraries.of(text, "[" + text + "]", "{\"k\":" + text + "}"));
  }

  /**
   * Whole documents, a few bytes of which were changed: nothing is read that Jackson does not read,
   * nor otherwise if few bytes come at a time, and what is read can be skipped.
   */
  @Property(tries = 30_000, edgeCases = EdgeCasesMode.NONE)
  void readsNothingThatJacksonDoesNot(
      @ForAll("values") String text,
      @ForAll("changes") List<int[]> changes,
      @ForAll @IntRange(min = 1, max = 40) int atATime) {
    byte[] document = utf8(text);
    for (int[] change : changes) {
      document[change[0] % document.length] = (byte) change[1];
    }
    Optional<List<String>> tokens = tokens(new ByteArrayInputStream(document));
    assertThat(tokens(trickling(document, atATime))).as(text).isEqualTo(tokens);
    if (tokens.isPresent()) {
      assertThat(isSkipped(trickling(document, atATime))).as(text).isTrue();
      assertThat(isReadByJackson(document)).as(text).isTrue();
    }
  }

  @Provide
  static Arbitrary<String> values() {
    Arbitrary<String> space = Arbitraries.of("", "", " ", "\n", "\t\r ");
    Arbitrary<String> leaf =
        Arbitraries.oneOf(
            Arbitraries.of("true", "false", "null", "0", "-0", "12", "-3.25", "1E+9", "0.5e-3"),
            Arbitraries.of(
                    "a",
                    "/",
                    " ",
                    "\u00fc",
                    "\u20ac",
                    "\ud83d\ude00",
                    "\\n",
                    "\\b",
                    "\\f",
                    "\\r",
                    "\\t",
                    "\\\"",
                    "\\\\",
                    "\\/",
                    "\\u00e9",
                    "\\uD83D\\uDE00",
                    "\\ud800",
                    "\\uDC00")
                .list()
                .ofMaxSize(6)
                .map(parts -> "\"" + String.join("", parts) + "\""));
    Arbitrary<String> values = leaf;
    for (int depth = 0; depth < 3; depth++) {
      Arbitrary<String> inner = values;
      Arbitrary<String> spaced =
          space.flatMap(one -> inner.flatMap(value -> space.map(two -> one + value + two)));
      values =
          Arbitraries.oneOf(
              leaf,
              spaced.list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]"),
              spaced
                  .list()
                  .ofMaxSize(3)
                  .map(all -> {
                    List<String> members = new ArrayList<>();
                    for (String value : all) {
                      members.add("\"k" + members.size() + "\" :" + value);
                    }
                    return "{" + String.join(",", members) + "}";
                  }));
    }
    return values;
  }

  @Provide
  static Arbitrary<List<int[]>> changes() {
    Arbitrary<Integer> bytes =
        Arbitraries.oneOf(
            Arbitraries.of(
                    '"', '\\', '{', '}', '[', ']', ',', ':', 'u', 'U', 'b', 'g', '0', '-', '.', 'e',
                    ' ')
                .map(c -> (int) c),
            Arbitraries.integers().between(0, 255));
    return Arbitraries.integers()
        .between(0, 10_000)
        .flatMap(place -> bytes.map(b -> new int[] {place, b}))
        .list()
        .ofMaxSize(2);
  }

  private static InputStream trickling(byte[] document, int atATime) {
    return new ByteArrayInputStream(document) {
      @Override
      public synchronized int read(byte[] to, int at, int length) {
        return super.read(to, at, Math.min(length, atATime));
      }
    };
  }

  private static Optional<List<String>> tokens(InputStream document) {
    StrictJsonReader json = new StrictJsonReader(document, MOST_BYTES, DEEPEST);
    return tokens(
        () -> json.peek().name(),
        Map.of(
            "BEGIN_ARRAY", nothing(json::beginArray),
            "BEGIN_OBJECT", nothing(json::beginObject),
            "END_ARRAY", nothing(json::endArray),
            "END_OBJECT", nothing(json::endObject),
            "NAME", json::nextName,
            "STRING", json::nextString,
            "NUMBER", json::nextString,
            "BOOLEAN", json::nextBoolean,
            "NULL", nothing(json::skipValue)));
  }

  /** Takes what a reader has, and says it. */
  @FunctionalInterface
  private interface Taking {
    Object take() throws IOException;
  }

  /** Takes what has no words of its own. */
  @FunctionalInterface
  private interface Passing {
    void pass() throws IOException;
  }

  private static Taking nothing(Passing passing) {
    return () -> {
      passing.pass();
      return "";
    };
  }

  /**
   * All tokens of a document, each with what it says; empty when it is none.
   *
   * @param next the name of the token that comes next
   * @param taking how each is taken
   */
  private static Optional<List<String>> tokens(Taking next, Map<String, Taking> taking) {
    List<String> tokens = new ArrayList<>();
    int open = 0;
    try {
      do {
        String token = next.take().toString();
        Taking one = taking.get(token);
        if (one == null) {
          throw new IOException("ends too early");
        }
        tokens.add(token + " " + one.take());
        open += token.startsWith("BEGIN") ? 1 : token.startsWith("END") ? -1 : 0;
      } while (open > 0);
      return next.take().equals("END_DOCUMENT") ? Optional.of(tokens) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isSkipped(InputStream document) {
    try {
      skip(document);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isRead(byte[] document) {
    return tokens(new ByteArrayInputStream(document)).isPresent();
  }

  private static boolean isReadByJackson(byte[] document) {
    try (JsonParser json = new JsonFactory().createParser(document)) {
      if (json.nextToken() == null) {
        return false;
      }
      json.skipChildren();
      return json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static void skip(byte[] document) throws IOException {
    skip(new ByteArrayInputStream(document));
  }

  private static void skip(InputStream document) throws IOException {
    StrictJsonReader json = new StrictJsonReader(document, MOST_BYTES, DEEPEST);
    json.skipValue();
    json.expect(JsonToken.END_DOCUMENT);
  }

  private static StrictJsonReader reader(byte[] document) {
    return new StrictJsonReader(new ByteArrayInputStream(document), MOST_BYTES, DEEPEST);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
