package updategateway.policy.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.Scanner;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * The part of YAML that YAML 1.1 and YAML 1.2 read in the same way. Editors and this project read
 * YAML 1.2, CloudFormation reads YAML 1.1 ("CloudFormation template formats", AWS CloudFormation
 * User Guide). A difference between the two could hide a key from a reviewer.
 */
public final class PortableYaml {
  private static final int NEXT_LINE = 0x85;
  private static final int BYTE_ORDER_MARK = 0xfeff;

  /** Escapes of double-quoted text, so that a backslash that is escaped itself begins none. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))", Pattern.DOTALL);

  private PortableYaml() {}

  /**
   * Finds what the two versions read differently, in the order of the lines.
   *
   * @throws YamlEngineException when the text is not YAML
   */
  public static List<Diagnostic> check(String file, String text) {
    List<Diagnostic> findings = new ArrayList<>(checkCharacters(file, text));
    findings.addAll(checkNotation(file, text, LoadSettings.builder().build()));
    return Diagnostic.inOrder(findings);
  }

  /** Finds the characters of a text that the two versions treat differently, or not at all. */
  static List<Diagnostic> checkCharacters(String file, String text) {
    List<Diagnostic> findings = new ArrayList<>();
    int line = 1;
    int foundInLine = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
        line++;
      } else if (foundInLine != line && !isPortable(c)) {
        foundInLine = line;
        findings.add(finding(file, line, c));
      }
    }
    return findings;
  }

  private static boolean isPortable(int c) {
    if (c == '\r' || c >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
      return true;
    }
    return !Character.isISOControl(c)
        && c != BYTE_ORDER_MARK
        && c < 0xfffe
        && switch (Character.getType(c)) {
          case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  private static Diagnostic finding(String file, int line, int c) {
    String code = "U+" + String.format("%04X", c);
    Position position = new Position(file, line, "");
    return switch (c) {
      case '\t' ->
          new Diagnostic(
              position, "a tab, which YAML 1.1 does not separate words by", "write spaces");
      case NEXT_LINE, 0x2028, 0x2029 ->
          new Diagnostic(
              position,
              "the invisible character "
                  + code
                  + ", at which a new line begins in YAML 1.1 (CloudFormation) and not in YAML 1.2",
              "remove it, or begin a new line");
      default ->
          new Diagnostic(
              position,
              "the invisible character " + code + ", which is not allowed in every YAML",
              "remove it");
    };
  }

  /**
   * Finds the keys, scalars and directives that the two versions may read differently.
   *
   * @throws YamlEngineException when the text is not YAML
   */
  static List<Diagnostic> checkNotation(String file, String text, LoadSettings settings) {
    int[] characters = text.codePoints().toArray();
    List<Diagnostic> findings = new ArrayList<>();
    Scanner scanner = new ScannerImpl(settings, new StreamReader(settings, text));
    while (scanner.hasNext()) {
      checkKey(file, characters, scanner.next()).ifPresent(findings::add);
    }
    int flowDepth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      // Whatever stands inside of [ ] or { } is written like that, too.
      if (event instanceof CollectionStartEvent start) {
        flowDepth += flowDepth > 0 || start.getFlowStyle() == FlowStyle.FLOW ? 1 : 0;
      } else if (event instanceof CollectionEndEvent) {
        flowDepth -= flowDepth > 0 ? 1 : 0;
      } else if (event instanceof DocumentStartEvent start && hasDirective(start)) {
        Position position = new Position(file, line(event.getStartMark()), "");
        findings.add(
            new Diagnostic(position, "a directive (%) above the document", "leave it out"));
      } else if (event instanceof ScalarEvent scalar) {
        checkScalar(file, characters, scalar, flowDepth > 0).ifPresent(findings::add);
      }
    }
    return findings;
  }

  /** A question mark is YAML's long notation of a key. */
  private static Optional<Diagnostic> checkKey(String file, int[] characters, Token token) {
    int start = token.getStartMark().map(Mark::getIndex).orElse(0);
    return token.getTokenId() == Token.ID.Key && characters[start] == '?'
        ? Optional.of(
            new Diagnostic(
                new Position(file, line(token.getStartMark()), ""),
                "a key behind a question mark",
                "write `key: value`"))
        : Optional.empty();
  }

  private static Optional<Diagnostic> checkScalar(
      String file, int[] characters, ScalarEvent scalar, boolean isInFlow) {
    int start = scalar.getStartMark().map(Mark::getIndex).orElse(0);
    int end = scalar.getEndMark().map(Mark::getIndex).orElse(start);
    Position position = new Position(file, line(scalar.getStartMark()), "");
    return switch (scalar.getScalarStyle()) {
      case PLAIN ->
          isInFlow && scalar.getValue().contains("?")
              ? Optional.of(
                  new Diagnostic(
                      position,
                      "a question mark without quotes inside [ ] or { }",
                      "write quotes around the text"))
              : Optional.empty();
      case DOUBLE_QUOTED ->
          escape(new String(characters, start, end - start))
              .map(escape ->
                  new Diagnostic(
                      position,
                      "the escape " + escape + ", which not every YAML knows",
                      "write the character itself"));
      case LITERAL, FOLDED ->
          end == characters.length && !isLineEnd(characters[end - 1])
              ? Optional.of(
                  new Diagnostic(
                      position,
                      "the last line of the file has no end, and belongs to a text of several lines",
                      "end it with a line break"))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean hasDirective(DocumentStartEvent start) {
    return start.getSpecVersion().isPresent() || !start.getTags().isEmpty();
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  private static Optional<String> escape(String raw) {
    Matcher matcher = ESCAPE.matcher(raw);
    while (matcher.find()) {
      String hex = matcher.group(1);
      if (hex == null
          ? "/".equals(matcher.group(2))
          : Character.isSurrogate((char) Integer.parseInt(hex, 16))) {
        return Optional.of(matcher.group());
      }
    }
    return Optional.empty();
  }
}
