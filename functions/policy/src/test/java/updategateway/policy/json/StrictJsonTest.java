package updategateway.policy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static final int DEEPEST = 8;
  private static final int MOST_BYTES = 100_000;

  @Test
  void readsWhatIsThere() throws IOException {
    JsonReader json = reader(utf8("{\"\u00fc\": [1, \"\\u20ac\", true]}"));
    json.beginObject();
    assertThat(json.nextName()).isEqualTo("\u00fc");
    json.beginArray();
    assertThat(json.nextInt()).isEqualTo(1);
    assertThat(json.nextString()).isEqualTo("\u20ac");
    StrictJson.expect(json, JsonToken.BOOLEAN);
    assertThatThrownBy(() -> StrictJson.expect(json, JsonToken.STRING))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BOOLEAN where STRING belongs");
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
    assertThatThrownBy(() -> read(utf8(text))).isInstanceOf(IOException.class);
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
      assertThatThrownBy(() -> read(document)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void halfOfAPairOfSurrogatesIsNoText() {
    for (String text : List.of("[\"\\ud800\"]", "[\"\\udc00\"]", "[\"\\ud800\\ud800\"]")) {
      assertThatThrownBy(() -> read(utf8(text))).as(text).isInstanceOf(IOException.class);
    }
  }

  @Test
  void noMoreIsReadThanThereMayBe() throws IOException {
    byte[] longest = utf8("\"" + "x".repeat(MOST_BYTES - 2) + "\"");
    read(longest);
    assertThatThrownBy(() -> read(utf8(new String(longest, StandardCharsets.UTF_8) + " ")))
        .isInstanceOf(IOException.class);
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };
    assertThatThrownBy(() -> StrictJson.reader(endless, MOST_BYTES, DEEPEST).peek())
        .isInstanceOf(IOException.class);
  }

  /** Wherever the parts of a document end of which it is read, it is the same. */
  @Property(tries = 3_000)
  void charactersOfAnyLengthComeThrough(
      @ForAll("texts") String text, @ForAll @IntRange(min = 0, max = 2_100) int before)
      throws IOException {
    String whole = "y".repeat(before) + text;
    JsonReader json = reader(utf8("[\"" + whole + "\",1]"));
    json.beginArray();
    assertThat(json.nextString()).isEqualTo(whole);
    assertThat(json.nextInt()).isEqualTo(1);
    Reader characters = new Utf8Reader(new ByteArrayInputStream(utf8(whole)), MOST_BYTES);
    StringBuilder one = new StringBuilder();
    for (int c = characters.read(); c >= 0; c = characters.read()) {
      one.append((char) c);
    }
    assertThat(one).hasToString(whole);
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

  private static boolean isRead(byte[] document) {
    try {
      read(document);
      return true;
    } catch (IOException e) {
      return false;
    }
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

  /** All of a document, and nothing of it skipped: of what is, texts are looked at less closely. */
  private static void read(byte[] document) throws IOException {
    JsonReader json = reader(document);
    int open = 0;
    do {
      switch (json.peek()) {
        case BEGIN_ARRAY -> {
          json.beginArray();
          open++;
        }
        case BEGIN_OBJECT -> {
          json.beginObject();
          open++;
        }
        case END_ARRAY -> {
          json.endArray();
          open--;
        }
        case END_OBJECT -> {
          json.endObject();
          open--;
        }
        case NAME -> assertThat(json.nextName()).isNotNull();
        case STRING, NUMBER -> assertThat(json.nextString()).isNotNull();
        case BOOLEAN -> assertThat(json.nextBoolean()).isIn(true, false);
        case NULL -> json.nextNull();
        case END_DOCUMENT -> throw new IOException("ends too early");
      }
    } while (open > 0);
    StrictJson.expect(json, JsonToken.END_DOCUMENT);
  }

  private static JsonReader reader(byte[] document) {
    return StrictJson.reader(new ByteArrayInputStream(document), MOST_BYTES, DEEPEST);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
