package updategateway.policy.parse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.KebabCase;
import updategateway.policy.source.Document;
import updategateway.policy.source.Position;

/**
 * The fields of one mapping, asked for by key. Whatever is missing, of the wrong kind or not known
 * becomes a finding, and the answer is then null: the caller reads on, so that everything is found
 * at once.
 */
final class MappingReader {
  private static final int BYTE_ORDER_MARK = 0xfeff;

  private final Map<String, Document> values = new HashMap<>();
  private final Position position;
  private final String what;
  private final Diagnostics findings;

  private MappingReader(Position position, String what, Diagnostics findings) {
    this.position = position;
    this.what = what;
    this.findings = findings;
  }

  /**
   * Opens a mapping.
   *
   * @param what what it stands for, for findings: {@code a phase}
   * @param known every key that it may have
   */
  static Optional<MappingReader> of(
      Document document, String what, List<String> known, Diagnostics findings) {
    if (!(document instanceof Document.Mapping mapping)) {
      findings.add(
          document,
          what + " is a mapping, not " + kind(document),
          "write its keys: " + String.join(", ", known));
      return Optional.empty();
    }
    MappingReader fields = new MappingReader(mapping.position(), what, findings);
    Set<String> written = new HashSet<>();
    for (Document.Field field : mapping.fields()) {
      written.add(field.key());
    }
    for (Document.Field field : mapping.fields()) {
      if (!known.contains(field.key())) {
        Optional<String> meant = Suggestion.to(field.key(), known);
        findings.add(
            field.position(),
            what + " has no key " + quoted(field.key()),
            meant.map(key -> "write " + key).orElse("the keys are " + String.join(", ", known)));
        // Read on as if the right key stood here, so that one slip is one finding.
        meant
            .filter(key -> !written.contains(key))
            .ifPresent(key -> fields.values.putIfAbsent(key, field.value()));
      } else if (fields.values.putIfAbsent(field.key(), field.value()) != null) {
        findings.add(field.position(), "the key stands here twice", "keep one of the two");
      }
    }
    return Optional.of(fields);
  }

  Position position() {
    return position;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value of a key that must be there; the example says what to write when it is not. */
  @Nullable Document required(String key, String example) {
    Document value = values.get(key);
    if (value == null) {
      findings.add(position, what + " has no " + key, "add " + key + ": " + example);
    }
    return value;
  }

  @Nullable Document optional(String key) {
    return values.get(key);
  }

  @Nullable String requiredText(String key, String example) {
    Document value = required(key, example);
    return value == null ? null : text(value);
  }

  @Nullable String optionalText(String key) {
    Document value = values.get(key);
    return value == null ? null : text(value);
  }

  /** A kebab-case word that must be there. */
  @Nullable String requiredName(String key, String example) {
    Document value = required(key, example);
    return value == null ? null : name(value, findings);
  }

  /** A text that says something and holds no control characters. */
  private @Nullable String text(Document value) {
    return text(value, findings);
  }

  static @Nullable String text(Document value, Diagnostics findings) {
    if (!(value instanceof Document.Text text)) {
      findings.add(value, "a text is expected here, not " + kind(value), "write a text");
      return null;
    }
    if (isBlank(text.value())) {
      findings.add(
          value, "the text is empty", "write it, or leave the key out where it is optional");
      return null;
    }
    if (isUnprintable(text.value())) {
      findings.add(
          value,
          "the text has a control character or a line break in it",
          "write it in one line of printable characters");
      return null;
    }
    return text.value();
  }

  // Loops, not streams: each start of the function reads some hundred texts, in bytecode.

  private static boolean isBlank(String text) {
    int i = 0;
    while (i < text.length() && isBlank(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i == text.length();
  }

  private static boolean isUnprintable(String text) {
    int i = 0;
    while (i < text.length() && !isUnprintable(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i < text.length();
  }

  /** Also where Java sees no white space: a no-break space, and a byte order mark, show nothing. */
  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || codePoint == BYTE_ORDER_MARK;
  }

  private static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint)
        || switch (Character.getType(codePoint)) {
          case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
          default -> false;
        };
  }

  static @Nullable String name(Document value, Diagnostics findings) {
    String text = text(value, findings);
    if (text == null || KebabCase.matches(text)) {
      return text;
    }
    String kebab =
        text.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    findings.add(
        value,
        quoted(text) + " is not kebab-case",
        kebab.isEmpty() ? "write lower-case letters, digits and single hyphens" : "write " + kebab);
    return null;
  }

  /** A list that must be there, with at least one item. */
  @Nullable List<Document> requiredList(String key, String example) {
    Document value = required(key, example);
    return value == null ? null : items(value, false, example);
  }

  /** A list that may be missing; null then, or when it is wrong. */
  @Nullable List<Document> optionalList(String key, boolean mayBeEmpty, String example) {
    Document value = values.get(key);
    return value == null ? null : items(value, mayBeEmpty, example);
  }

  private @Nullable List<Document> items(Document value, boolean mayBeEmpty, String example) {
    if (!(value instanceof Document.Sequence sequence)) {
      boolean nothing = value instanceof Document.Text text && text.value().isEmpty();
      findings.add(
          value,
          "a list is expected here, not " + kind(value),
          nothing && mayBeEmpty
              ? "write [], or leave the key out where it is optional"
              : "write it like " + example);
      return null;
    }
    if (sequence.items().isEmpty() && !mayBeEmpty) {
      findings.add(value, "the list is empty", "write it like " + example);
      return null;
    }
    return sequence.items();
  }

  /** Each item read, and counted once where it stands twice; null when any is wrong. */
  <T> @Nullable List<T> each(
      @Nullable List<Document> items, BiFunction<Document, Diagnostics, @Nullable T> reading) {
    if (items == null) {
      return null;
    }
    int before = findings.count();
    Set<T> all = new LinkedHashSet<>();
    for (Document item : items) {
      T read = reading.apply(item, findings);
      if (read != null) {
        all.add(read);
      }
    }
    return findings.count() == before ? List.copyOf(all) : null;
  }

  static String quoted(String text) {
    return "`" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "`";
  }

  private static String kind(Document document) {
    return switch (document) {
      case Document.Text text ->
          text.value().isEmpty() ? "nothing" : "the text " + quoted(text.value());
      case Document.Sequence _ -> "a list";
      case Document.Mapping _ -> "a mapping";
    };
  }
}
