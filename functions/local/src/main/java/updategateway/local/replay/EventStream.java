package updategateway.local.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events, one after another: one a line, or each over many lines. Reads no further than
 * the line on which an event ends. Text that is no event does not end the stream: the next line is
 * read anew or, where a text of many lines is broken, the next line that begins with a brace.
 */
final class EventStream {
  private static final JsonFactory JSON = new JsonFactory();

  private final InputStream in;
  private final Deque<Line> readBefore = new ArrayDeque<>();
  private int lines;

  EventStream(InputStream in) {
    this.in = in;
  }

  /** One event, or text that is none. */
  static final class Item {
    private final byte[] text;
    private final int line;
    private final @Nullable UnreadableEventException problem;

    private Item(byte[] text, int line, @Nullable UnreadableEventException problem) {
      this.text = text;
      this.line = line;
      this.problem = problem;
    }

    byte[] text() {
      return text;
    }

    /** The line on which it begins, from 1. */
    int line() {
      return line;
    }

    /** Where and why it is no event; null when it is one. */
    @Nullable UnreadableEventException problem() {
      return problem;
    }
  }

  private static final class Line {
    private final int number;
    private final byte[] text;

    Line(int number, byte[] text) {
      this.number = number;
      this.text = text;
    }

    boolean isBlank() {
      for (byte b : text) {
        if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
          return false;
        }
      }
      return true;
    }

    boolean beginsWithBrace() {
      return text[0] == '{';
    }
  }

  /** Returns the next event or text that is none; null at the end of the stream. */
  @Nullable Item next() throws IOException {
    Line first = line();
    while (first != null && first.isBlank()) {
      first = line();
    }
    if (first == null) {
      return null;
    }
    Line start = new Line(first.number, ByteOrderMark.strip(first.text));
    List<Line> read = new ArrayList<>();
    try (JsonParser parser = JSON.createNonBlockingByteArrayParser()) {
      int depth = 0;
      for (Line line = start; line != null; line = line()) {
        read.add(line);
        ByteArrayFeeder feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
        feeder.feedInput(line.text, 0, line.text.length);
        for (JsonToken token = parser.nextToken();
            token != JsonToken.NOT_AVAILABLE;
            token = parser.nextToken()) {
          if (depth == 0 && token != JsonToken.START_OBJECT) {
            return broken(read, new UnreadableEventException(start.number, 1, "no JSON object"));
          }
          depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
          if (depth == 0) {
            return whole(read, parser);
          }
        }
      }
      return broken(
          read,
          new UnreadableEventException(
              read.getLast().number,
              Math.max(1, read.getLast().text.length),
              "the event that begins on line " + start.number + " does not end"));
    } catch (JsonParseException e) {
      return broken(read, new UnreadableEventException(e, start.number - 1));
    }
  }

  /** Returns the event, and leaves what follows it on its last line to the next one. */
  private Item whole(List<Line> read, JsonParser parser) throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    parser.releaseBuffered(rest);
    Line after = new Line(read.getLast().number, rest.toByteArray());
    if (!after.isBlank()) {
      readBefore.addFirst(after);
    }
    byte[] text = text(read);
    return new Item(Arrays.copyOf(text, text.length - rest.size()), read.getFirst().number, null);
  }

  /** Returns the text up to where another event may begin. */
  private Item broken(List<Line> read, UnreadableEventException problem) throws IOException {
    int end = 1;
    while (end < read.size() && !read.get(end).beginsWithBrace()) {
      end++;
    }
    List<Line> skipped = new ArrayList<>(read.subList(0, end));
    for (int i = read.size() - 1; i >= end; i--) {
      readBefore.addFirst(read.get(i));
    }
    if (skipped.size() > 1 && end == read.size()) {
      Line line = line();
      while (line != null && !line.beginsWithBrace()) {
        skipped.add(line);
        line = line();
      }
      if (line != null) {
        readBefore.addFirst(line);
      }
    }
    return new Item(text(skipped), read.getFirst().number, problem);
  }

  private static byte[] text(List<Line> lines) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    lines.forEach(line -> text.writeBytes(line.text));
    return text.toByteArray();
  }

  private @Nullable Line line() throws IOException {
    Line before = readBefore.pollFirst();
    if (before != null) {
      return before;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream(4_096);
    int b = in.read();
    while (b >= 0 && b != '\n') {
      text.write(b);
      b = in.read();
    }
    if (b < 0 && text.size() == 0) {
      return null;
    }
    text.write('\n');
    lines++;
    return new Line(lines, text.toByteArray());
  }
}
