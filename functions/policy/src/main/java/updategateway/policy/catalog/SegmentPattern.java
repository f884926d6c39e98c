package updategateway.policy.catalog;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import updategateway.policy.model.KebabCase;

/** An element of a path pattern: one segment of a path, or any number of them. */
sealed interface SegmentPattern {
  /** Returns true if this matches one segment. */
  boolean matchesSegment(String segment);

  /**
   * Parses what stands between two slashes of a pattern.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static SegmentPattern parse(String written, boolean isLast) {
    if (written.equals(AnySegments.WRITTEN)) {
      return new AnySegments();
    }
    if (written.equals(ProductName.WRITTEN)) {
      return new ProductName();
    }
    if (written.toLowerCase(Locale.ROOT).contains(SlashedName.SLASH)) {
      return SlashedName.parse(written);
    }
    if (written.isEmpty() && !isLast) {
      throw new IllegalArgumentException(
          "no path has an empty segment (//): such requests are malformed");
    }
    return name(written);
  }

  /** Parses a segment, or what stands on one side of an encoded slash. */
  private static SegmentPattern name(String written) {
    if (written.contains(AnySegments.WRITTEN)) {
      throw new IllegalArgumentException(
          "** is a whole segment; within one, * is any number of characters");
    }
    if (written.indexOf('{') >= 0 || written.indexOf('}') >= 0) {
      throw new IllegalArgumentException("{product} as a whole segment is the only name in braces");
    }
    if (written.equals(".") || written.equals("..")) {
      throw new IllegalArgumentException("no path has a dot segment: such requests are malformed");
    }
    if (written.chars().anyMatch(c -> "%\\?#".indexOf(c) >= 0 || Character.isISOControl(c))) {
      throw new IllegalArgumentException(
          "a path pattern is written decoded, without a query: no %, \\, ?, # or control character;"
              + " only %2f may stand within a segment, for a slash that is encoded in the path");
    }
    return written.indexOf('*') >= 0
        ? new Glob(List.of(written.split("\\*", -1)))
        : new Literal(written);
  }

  /** Any number of segments, each without an encoded slash. */
  record AnySegments() implements SegmentPattern {
    static final String WRITTEN = "**";

    @Override
    public boolean matchesSegment(String segment) {
      return segment.indexOf('/') < 0;
    }

    @Override
    public String toString() {
      return WRITTEN;
    }
  }

  /** One segment in kebab-case, which names the product. */
  record ProductName() implements SegmentPattern {
    static final String WRITTEN = "{product}";

    /** The name is repeated in responses, so its length is limited. */
    private static final int MAX_LENGTH = 64;

    @Override
    public boolean matchesSegment(String segment) {
      return segment.length() <= MAX_LENGTH && KebabCase.matches(segment);
    }

    @Override
    public String toString() {
      return WRITTEN;
    }
  }

  /** One segment that is equal to the text. */
  record Literal(String text) implements SegmentPattern {
    @Override
    public boolean matchesSegment(String segment) {
      return text.equals(segment);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * One segment that has some texts in order, with any characters in place of the stars between
   * them. It is not empty and has no encoded slash.
   *
   * @param texts what stands before, between and behind the stars; at least two, empty or not
   */
  record Glob(List<String> texts) implements SegmentPattern {
    public Glob {
      texts = List.copyOf(texts);
    }

    /** Each text is taken where it is found first, which leaves the most to the others. */
    @Override
    public boolean matchesSegment(String segment) {
      if (segment.isEmpty() || segment.indexOf('/') >= 0 || !segment.startsWith(texts.getFirst())) {
        return false;
      }
      int at = texts.getFirst().length();
      for (String text : texts.subList(1, texts.size() - 1)) {
        int found = segment.indexOf(text, at);
        if (found < 0) {
          return false;
        }
        at = found + text.length();
      }
      String last = texts.getLast();
      return segment.length() - last.length() >= at && segment.endsWith(last);
    }

    @Override
    public String toString() {
      return String.join("*", texts);
    }
  }

  /**
   * One segment with an encoded slash, or several.
   *
   * @param written as in the pattern
   * @param names what stands between the slashes: literals and globs
   */
  record SlashedName(String written, List<SegmentPattern> names) implements SegmentPattern {
    static final String SLASH = "%2f";
    private static final Pattern SLASHES = Pattern.compile(SLASH, Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD_IN_BRACES = Pattern.compile("\\{([^{}]*)}");

    public SlashedName {
      names = List.copyOf(names);
    }

    static SlashedName parse(String written) {
      return new SlashedName(
          written, Stream.of(SLASHES.split(written, -1)).map(SlashedName::parseName).toList());
    }

    private static SegmentPattern parseName(String written) {
      if (written.isEmpty()) {
        throw new IllegalArgumentException(
            "no path has an encoded slash (" + SLASH + ") without a name on both sides of it");
      }
      return name(withStars(written));
    }

    /** Replaces each kebab-case word in braces by a star. */
    private static String withStars(String name) {
      if (name.contains(ProductName.WRITTEN)) {
        throw new IllegalArgumentException(
            "{product} is a whole segment: beside "
                + SLASH
                + " write another word in braces, and product: for the route");
      }
      return WORD_IN_BRACES
          .matcher(name)
          .replaceAll(word ->
              KebabCase.matches(word.group(1)) ? "*" : Matcher.quoteReplacement(word.group()));
    }

    @Override
    public boolean matchesSegment(String segment) {
      List<String> given = List.of(segment.split("/", -1));
      return given.size() == names.size()
          && IntStream.range(0, given.size())
              .allMatch(i -> names.get(i).matchesSegment(given.get(i)));
    }

    @Override
    public String toString() {
      return written;
    }
  }
}
