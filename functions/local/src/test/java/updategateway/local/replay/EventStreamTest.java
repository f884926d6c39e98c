package updategateway.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EventStreamTest {
  private static final JsonMapper JSON = new JsonMapper();

  static Stream<Arguments> streams() {
    return Stream.of(
        arguments("nothing", "", ""),
        arguments("blank lines", "\n \r\n\t\n", ""),
        arguments("one a line", "{\"n\":1}\n{\"n\":2}\n", "1 event,2 event"),
        arguments("no newline at the end", "{\"n\":1}\n{\"n\":2}", "1 event,2 event"),
        arguments("Windows's line ends", "{\"n\":1}\r\n{\"n\":2}\r\n", "1 event,2 event"),
        arguments("two on a line", "{\"n\":1} {\"n\":2}{\"n\":3}\n", "1 event,1 event,1 event"),
        arguments("a byte order mark", "\uFEFF{\"n\":1}\n", "1 event"),
        arguments("two files with marks", "\uFEFF{\"n\":1}\n\uFEFF{\"n\":2}", "1 event,2 event"),
        arguments("over many lines", "{\n  \"n\": 1\n}\n{\n  \"n\": 2\n}\n", "1 event,4 event"),
        arguments("blank lines in and between", "{\n\n\"n\":1}\n\n\n{\"n\":2}", "1 event,6 event"),
        arguments("braces in a text", "{\"n\":\"}{\\\"\"}\n{\"n\":2}", "1 event,2 event"),
        arguments("a bad line between", "{\"n\":1}\nbad\n{\"n\":3}", "1 event,2 bad,3 event"),
        arguments("bad lines in a row", "bad\n}\n]\n{\"n\":4}", "1 bad,2 bad,3 bad,4 event"),
        arguments("no objects", "1\n\"a\"\n[\n{\"n\":4}", "1 bad,2 bad,3 bad,4 event"),
        arguments(
            "a line that is cut off", "{\"n\":\n{\"n\":2}\n{\"n\":3}", "1 bad,2 event,3 event"),
        arguments("cut off in a text", "{\"n\":\"a\n{\"n\":2}\n{\"n\":3}", "1 bad,2 event,3 event"),
        arguments("cut off at the end", "{\"n\":1}\n{\"n\":", "1 event,2 bad"),
        arguments(
            "a bad one of many lines", "{\n \"n\": 1,,\n \"m\": 2\n}\n{\"n\":5}", "1 bad,5 event"),
        arguments(
            "many lines, cut off", "{\n \"n\": {\n{\"n\":3}\n{\"n\":4}", "1 bad,3 event,4 event"),
        arguments("more behind an event", "{\"n\":1} more\n{\"n\":2}", "1 event,1 bad,2 event"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void eventsAreFoundAndOtherTextIsNamedWithItsLine(String name, String text, String expected)
      throws IOException {
    List<String> found = new ArrayList<>();
    for (EventStream.Item item : all(text)) {
      found.add(item.line() + (item.problem() == null ? " event" : " bad"));
      if (item.problem() == null) {
        assertThat(JSON.readTree(item.text()).has("n")).isTrue();
      }
    }
    assertThat(String.join(",", found)).isEqualTo(expected);
  }

  @Test
  void aProblemIsNamedWithItsPlaceInTheStream() throws IOException {
    List<EventStream.Item> items = all("{\"n\":1}\n\n{\n \"n\": 1,,\n \"m\": 2\n}\n{\"n\":");
    assertThat(items.get(1).problem()).hasMessageStartingWith("line 4, column 9: not JSON: ");
    assertThat(items.get(2).problem())
        .hasMessageEndingWith("the event that begins on line 7 does not end");
  }

  /** An interactive writer waits for a response before it sends the next event. */
  @Test
  void nothingIsReadBeyondTheLineOnWhichAnEventEnds() throws IOException {
    InputStream in =
        new ByteArrayInputStream("{\"n\":1}\n{\"n\":2}\n".getBytes(StandardCharsets.UTF_8));
    new EventStream(in).next();
    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("{\"n\":2}\n");
  }

  @Property(tries = 300)
  void everyEventIsFoundHoweverItIsWritten(@ForAll("written") List<String> written)
      throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (EventStream.Item item : all(String.join("", written))) {
      if (item.problem() == null) {
        events.add(JSON.readTree(item.text()));
      }
    }
    List<JsonNode> expected = new ArrayList<>();
    for (String text : written) {
      if (!text.startsWith("bad")) {
        // As it is sent: half a surrogate pair has no form in UTF-8.
        byte[] event = text.replaceFirst("^\uFEFF", "").getBytes(StandardCharsets.UTF_8);
        expected.add(JSON.readTree(event));
      }
    }
    assertThat(events).isEqualTo(expected);
  }

  @Provide
  static Arbitrary<List<String>> written() {
    Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(6);
    Arbitrary<JsonNode> events =
        text.map(value -> JSON.createObjectNode().put("n", value).set("m", JSON.createArrayNode()));
    Arbitrary<String> formatted =
        Combinators.combine(events, Arbitraries.of(true, false), Arbitraries.of("", "\uFEFF"))
            .as((event, pretty, mark) ->
                mark + (pretty ? event.toPrettyString() : event.toString()) + "\n");
    return Arbitraries.oneOf(formatted, Arbitraries.of("bad\n", "bad {\n", "bad }\n"))
        .list()
        .ofMaxSize(8);
  }

  private static List<EventStream.Item> all(String text) throws IOException {
    EventStream stream =
        new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    List<EventStream.Item> items = new ArrayList<>();
    for (EventStream.Item item = stream.next(); item != null; item = stream.next()) {
      items.add(item);
    }
    return items;
  }
}
