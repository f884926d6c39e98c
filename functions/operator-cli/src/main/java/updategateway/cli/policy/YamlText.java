package updategateway.cli.policy;

import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import updategateway.cli.validation.CloudFormationYaml;
import updategateway.policy.source.Document;

/**
 * Documents in canonical form as an operator writes them: YAML, each time as it was written, with
 * the instant beside it. It reads back as the same set, as far as zones have kept their rules.
 */
final class YamlText {
  /** Texts that YAML takes for themselves wherever they stand. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z0-9/][A-Za-z0-9 ._/+@()*-]*(:[A-Za-z0-9._/+@()*-][A-Za-z0-9 ._/+@()*-]*)*");

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  static String of(Document.Mapping document) {
    YamlText text = new YamlText();
    text.fields(document, "", "");
    return text.out.toString();
  }

  private void fields(Document.Mapping mapping, String indent, String first) {
    String begin = first.isEmpty() ? indent : first;
    for (Document.Field field : mapping.fields()) {
      field(field, begin, indent);
      begin = indent;
    }
  }

  private void field(Document.Field field, String begin, String indent) {
    switch (field.value()) {
      case Document.Text text -> line(begin + field.key() + ": " + scalar(text.value()));
      case Document.Sequence sequence when isFlat(sequence) ->
          line(begin + field.key() + ": " + flow(sequence.items()));
      case Document.Sequence sequence -> {
        line(begin + field.key() + ":");
        for (Document item : sequence.items()) {
          if (item instanceof Document.Mapping mapping) {
            fields(mapping, indent + "    ", indent + "  - ");
          }
        }
      }
      case Document.Mapping time
          when time.get("written").orElse(null) instanceof Document.Text written -> {
        String instant =
            time.get("instant").orElse(null) instanceof Document.Text text ? text.value() : "";
        String value = written.value();
        String key = field.key();
        if (value.startsWith("through ") && key.equals("until")) {
          key = "through";
          value = value.substring("through ".length());
        }
        line(
            begin
                + key
                + ": "
                + scalar(value)
                + (instant.equals(value)
                    ? ""
                    : "  # " + (key.equals("through") ? "until " : "") + instant));
      }
      case Document.Mapping mapping -> {
        line(begin + field.key() + ":");
        fields(mapping, indent + "  ", "");
      }
    }
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  private static boolean isFlat(Document.Sequence sequence) {
    return sequence.items().stream().allMatch(Document.Text.class::isInstance);
  }

  private static String flow(List<Document> items) {
    return "["
        + String.join(
            ", ",
            items.stream()
                .map(item -> item instanceof Document.Text text ? scalar(text.value()) : "")
                .toList())
        + "]";
  }

  private static String scalar(String text) {
    return isPlain(text) ? text : quoted(text);
  }

  /** Whether the text reads as itself without quotes, in YAML 1.1 and 1.2. */
  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches()
        && !text.endsWith(" ")
        && !text.contains(" #")
        && CloudFormationYaml.isTextWithoutQuotes(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (Character.isISOControl(c)
          || Character.getType(c) == Character.LINE_SEPARATOR
          || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
          || Character.getType(c) == Character.FORMAT) {
        quoted.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
