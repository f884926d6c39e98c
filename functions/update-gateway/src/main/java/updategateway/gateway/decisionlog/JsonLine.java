package updategateway.gateway.decisionlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.InstantFormat;

/** Writer of a JSON object in one line, in which every text and list has a maximum length. */
final class JsonLine {
  /** Bytes of a text, if nothing else is said. */
  private static final int MAX_TEXT_BYTES = 256;

  /** Items of a list. */
  private static final int MAX_ITEMS = 8;

  private static final int MAX_ITEM_BYTES = 128;
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator out;

  private JsonLine(JsonGenerator out) {
    this.out = out;
  }

  /** Writes members of the object. */
  interface Members {
    void writeTo(JsonLine line) throws IOException;
  }

  /** Writes an item of a list. */
  interface Item<T> {
    void writeTo(T item) throws IOException;
  }

  /** Returns the line in UTF-8, with its end. */
  static byte[] of(Members members) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(1_024);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      members.writeTo(new JsonLine(out));
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    text.write('\n');
    return text.toByteArray();
  }

  /** Returns the generator, for members that need no limit. */
  JsonGenerator generator() {
    return out;
  }

  /** Writes a text; nothing if it is null. */
  void text(String name, @Nullable Object value) throws IOException {
    text(name, value, MAX_TEXT_BYTES);
  }

  /** Writes a text, cut to a number of bytes; nothing if it is null. */
  void text(String name, @Nullable Object value, int maxBytes) throws IOException {
    if (value != null) {
      out.writeStringField(name, LogText.cut(value.toString(), maxBytes));
    }
  }

  /** Writes a time; nothing if it is null. */
  void time(String name, @Nullable Instant value) throws IOException {
    if (value != null) {
      out.writeStringField(name, InstantFormat.format(value));
    }
  }

  /** Writes a number; nothing if it is null. */
  void number(String name, @Nullable Number value) throws IOException {
    if (value != null) {
      out.writeNumberField(name, value.longValue());
    }
  }

  /** Writes the first texts of a list, and {@code <name>InAll} if there are more. */
  void texts(String name, List<String> all) throws IOException {
    list(name, all, text -> out.writeString(LogText.cut(text, MAX_ITEM_BYTES)));
  }

  /** Writes the first objects of a list, and {@code <name>InAll} if there are more. */
  <T> void objects(String name, List<T> all, Item<T> members) throws IOException {
    list(
        name,
        all,
        item -> {
          out.writeStartObject();
          members.writeTo(item);
          out.writeEndObject();
        });
  }

  private <T> void list(String name, List<T> all, Item<T> write) throws IOException {
    out.writeArrayFieldStart(name);
    for (T item : all.subList(0, Math.min(all.size(), MAX_ITEMS))) {
      write.writeTo(item);
    }
    out.writeEndArray();
    if (all.size() > MAX_ITEMS) {
      out.writeNumberField(name + "InAll", all.size());
    }
  }
}
