package updategateway.gateway.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.text.AsciiText;

/**
 * The members of a response body, in order, rendered in two ways with the same content: as JSON for
 * programs and as lines of ASCII for people, because agents print the body.
 */
final class ProblemDetails {
  /** ASCII, and nothing that a browser could take for markup or a script for the end of a line. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .characterEscapes(new MarkupEscapes())
          .build();

  /** Items of a list that are named; of more, their number is named. */
  static final int MAX_LISTED = 20;

  /**
   * Characters of a text that are kept. A refusal has some 60 texts, each character of which takes
   * at most 7 bytes on the way (a Unicode escape in a body that is JSON in JSON): less than half of
   * the megabyte that a load balancer takes.
   */
  private static final int MAX_TEXT_LENGTH = 1_000;

  private static final int MAX_ITEM_LENGTH = 100;

  private final Map<String, Object> members = new LinkedHashMap<>();

  /** Adds a member, cut to a bounded length; null adds nothing. */
  ProblemDetails add(String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value instanceof Integer ? value : cut(value.toString(), MAX_TEXT_LENGTH));
    }
    return this;
  }

  /** Adds a text whole, which is of bounded length by itself. */
  ProblemDetails addWhole(String name, String text) {
    members.put(name, text);
    return this;
  }

  /** Adds all members of a group as members of this one. */
  ProblemDetails addAll(ProblemDetails group) {
    members.putAll(group.members);
    return this;
  }

  /**
   * Adds the first items of a list, and the number of all as {@code <name>InAll} if there are more;
   * an empty list adds nothing.
   */
  <T> ProblemDetails addFirst(String name, List<T> all, Function<T, ?> item) {
    if (all.isEmpty()) {
      return this;
    }
    List<Object> first = new ArrayList<>();
    for (T each : all.subList(0, Math.min(all.size(), MAX_LISTED))) {
      Object value = item.apply(each);
      first.add(value instanceof ProblemDetails ? value : cut(value.toString(), MAX_ITEM_LENGTH));
    }
    members.put(name, List.copyOf(first));
    if (all.size() > MAX_LISTED) {
      members.put(name + "InAll", all.size());
    }
    return this;
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "...";
  }

  /** Adds a list of groups of members; an empty list adds nothing. */
  ProblemDetails addAll(String name, List<ProblemDetails> groups) {
    if (!groups.isEmpty()) {
      members.put(name, List.copyOf(groups));
    }
    return this;
  }

  /** Returns a JSON object, with the end of a line. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return text.append('\n').toString();
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Object> member : members.entrySet()) {
      out.writeFieldName(member.getKey());
      write(member.getValue(), out);
    }
    out.writeEndObject();
  }

  private static void write(Object value, JsonGenerator out) throws IOException {
    if (value instanceof Integer number) {
      out.writeNumber(number);
    } else if (value instanceof ProblemDetails group) {
      group.write(out);
    } else if (value instanceof List<?> items) {
      out.writeStartArray();
      for (Object item : items) {
        write(item, out);
      }
      out.writeEndArray();
    } else {
      out.writeString(value.toString());
    }
  }

  /** Returns one member a line. */
  String text() {
    List<String> lines = new ArrayList<>();
    write("", lines);
    lines.replaceAll(AsciiText::of);
    return String.join("\n", lines) + "\n";
  }

  private void write(String indent, List<String> lines) {
    members.forEach((name, value) -> {
      if (value instanceof List<?> items
          && items.stream().allMatch(ProblemDetails.class::isInstance)) {
        for (Object item : items) {
          lines.add(indent + name + ":");
          ((ProblemDetails) item).write(indent + "  ", lines);
        }
      } else if (value instanceof List<?> items) {
        lines.add(
            indent
                + name
                + ": "
                + String.join(", ", items.stream().map(Object::toString).toList()));
      } else {
        lines.add(indent + name + ": " + value);
      }
    });
  }

  private static final class MarkupEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    private static final int[] ESCAPES = standardAsciiEscapesForJSON();

    static {
      for (char markup : new char[] {'<', '>', '&', '\''}) {
        ESCAPES[markup] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ESCAPES.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return null;
    }
  }
}
