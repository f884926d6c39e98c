package updategateway.policy.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import updategateway.policy.model.KebabCase;
import updategateway.policy.model.Product;

/**
 * Which paths a route is about, compared segment by segment with a decoded path, case-sensitively.
 *
 * <ul>
 *   <li>{@code **} is any number of segments, none included;
 *   <li>{@code *} is one segment, or within a segment any number of characters ({@code *.cvd});
 *   <li>{@code {product}} is one segment in kebab-case of at most 64 characters, and names the
 *       product;
 *   <li>{@code %2f} within a segment is a slash that is encoded in the path ({@code
 *       /@{scope}%2f{name}}, as npm names packages); beside it a word in braces is the same as
 *       {@code *};
 *   <li>anything else is itself.
 * </ul>
 *
 * <p>A segment with an encoded slash is decoded like any other and so has a {@code /} in it. Only a
 * segment of a pattern that has {@code %2f} matches it, not {@code *} or {@code **}.
 *
 * <p>Where several readings of a path fit, the one in which each {@code **} from the left takes the
 * fewest segments names the product.
 */
public final class PathPattern {
  private static final int NO_MATCH = -2;
  private static final int NO_PRODUCT = -1;

  private final String written;
  private final List<Part> parts;

  private PathPattern(String written, List<Part> parts) {
    this.written = written;
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a pattern such as {@code /products/{product}/patches/**}.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static PathPattern parse(String written) {
    if (!written.startsWith("/")) {
      throw new IllegalArgumentException("a path pattern begins with /");
    }
    List<Part> parts = new ArrayList<>();
    String[] segments = written.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      parts.add(part(segments[i], i == segments.length - 1));
    }
    if (parts.stream().filter(ProductName.class::isInstance).count() > 1) {
      throw new IllegalArgumentException("{product} stands in a path pattern once");
    }
    return new PathPattern(written, parts);
  }

  private static Part part(String segment, boolean last) {
    if (segment.equals("**")) {
      return new AnySegments();
    }
    if (segment.equals("{product}")) {
      return new ProductName();
    }
    if (SlashedName.isWritten(segment)) {
      return SlashedName.of(segment);
    }
    if (segment.isEmpty() && !last) {
      throw new IllegalArgumentException(
          "no path has an empty segment (//): such requests are malformed");
    }
    return name(segment);
  }

  /** A segment, or what stands on one side of an encoded slash. */
  static Part name(String segment) {
    if (segment.contains("**")) {
      throw new IllegalArgumentException(
          "** is a whole segment; within one, * is any number of characters");
    }
    if (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0) {
      throw new IllegalArgumentException("{product} as a whole segment is the only name in braces");
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException("no path has a dot segment: such requests are malformed");
    }
    if (segment.indexOf('%') >= 0
        || segment.indexOf('\\') >= 0
        || segment.indexOf('?') >= 0
        || segment.indexOf('#') >= 0
        || segment.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a path pattern is written decoded, without a query: no %, \\, ?, # or control character;"
              + " only %2f may stand within a segment, for a slash that is encoded in the path");
    }
    return segment.indexOf('*') >= 0 ? Glob.of(segment) : new Literal(segment);
  }

  /** Whether a segment of the path names the product. */
  public boolean namesProduct() {
    return parts.stream().anyMatch(ProductName.class::isInstance);
  }

  /** Whether it matches only paths with an encoded slash. */
  public boolean hasEncodedSlash() {
    return parts.stream().anyMatch(SlashedName.class::isInstance);
  }

  /** Whether a segment of a path has an encoded slash. */
  static boolean hasEncodedSlash(List<String> segments) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).indexOf('/') >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether the path is one of these. */
  public boolean matches(List<String> segments) {
    return match(segments) != NO_MATCH;
  }

  /** The product that the path names; empty when the pattern does not match it or names none. */
  Optional<Product> productIn(List<String> segments) {
    int at = match(segments);
    return at < 0 ? Optional.empty() : Optional.of(new Product(segments.get(at)));
  }

  /** How many parts it has: segments, and runs of any number of them. */
  int length() {
    return parts.size();
  }

  /** Whether a part is any number of segments. */
  boolean isAnySegments(int part) {
    return parts.get(part) instanceof AnySegments;
  }

  /** Whether a part that is one segment takes this one. */
  boolean fits(int part, String segment) {
    return parts.get(part).fits(segment);
  }

  /** The part as written. */
  String part(int part) {
    return parts.get(part).toString();
  }

  /** What it is made of, in order. */
  List<Part> parts() {
    return parts;
  }

  /**
   * The index of the segment that names the product, {@link #NO_PRODUCT} or {@link #NO_MATCH}.
   *
   * <p>What stands between two {@code **} may as well be taken where it is found first, since that
   * leaves the most to what follows: only the last {@code **} is ever tried again, and the time is
   * that of segments times parts whatever the pattern.
   */
  int match(List<String> segments) {
    int part = 0;
    int product = NO_PRODUCT;
    int behindLast = NO_MATCH;
    int taken = 0;
    int productBefore = NO_PRODUCT;
    int segment = 0;
    while (segment < segments.size()) {
      Part current = part < parts.size() ? parts.get(part) : null;
      if (current instanceof AnySegments) {
        part++;
        if (part == parts.size()) {
          return hasEncodedSlash(segments.subList(segment, segments.size())) ? NO_MATCH : product;
        }
        behindLast = part;
        taken = segment;
        productBefore = product;
      } else if (current != null && current.fits(segments.get(segment))) {
        product = current instanceof ProductName ? segment : product;
        part++;
        segment++;
      } else if (behindLast != NO_MATCH && segments.get(taken).indexOf('/') < 0) {
        part = behindLast;
        taken++;
        segment = taken;
        product = productBefore;
      } else {
        return NO_MATCH;
      }
    }
    while (part < parts.size() && parts.get(part) instanceof AnySegments) {
      part++;
    }
    return part == parts.size() ? product : NO_MATCH;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern pattern && pattern.written.equals(written);
  }

  @Override
  public int hashCode() {
    return written.hashCode();
  }

  /** The pattern as written. */
  @Override
  public String toString() {
    return written;
  }

  /** A segment, or any number of them. */
  sealed interface Part permits AnySegments, ProductName, Literal, Glob, SlashedName {
    /** Whether it takes this segment. */
    boolean fits(String segment);
  }

  /** Any number of segments without encoded slashes. */
  record AnySegments() implements Part {
    @Override
    public boolean fits(String segment) {
      return segment.indexOf('/') < 0;
    }

    @Override
    public String toString() {
      return "**";
    }
  }

  /** One segment in kebab-case, which names the product. */
  record ProductName() implements Part {
    /** What a path names comes back in answers: a name, and no more than that. */
    private static final int LONGEST = 64;

    /** Whether a segment is the name of a product. */
    static boolean isName(String segment) {
      return segment.length() <= LONGEST && KebabCase.matches(segment);
    }

    @Override
    public boolean fits(String segment) {
      return isName(segment);
    }

    @Override
    public String toString() {
      return "{product}";
    }
  }

  /** Just this segment. */
  record Literal(String text) implements Part {
    @Override
    public boolean fits(String segment) {
      return text.equals(segment);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Texts between the stars of one segment; a lone star is a segment that is not empty. */
  record Glob(List<String> texts) implements Part {
    static Glob of(String segment) {
      return new Glob(List.of(segment.split("\\*", -1)));
    }

    @Override
    public boolean fits(String segment) {
      String first = texts.getFirst();
      String last = texts.getLast();
      if (segment.isEmpty() || segment.indexOf('/') >= 0 || !segment.startsWith(first)) {
        return false;
      }
      int at = first.length();
      for (String text : texts.subList(1, texts.size() - 1)) {
        int found = segment.indexOf(text, at);
        if (found < 0) {
          return false;
        }
        at = found + text.length();
      }
      return segment.length() - last.length() >= at && segment.endsWith(last);
    }

    /** Written out, like {@link #hashCode}, for a quick start. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Glob same && texts.equals(same.texts);
    }

    @Override
    public int hashCode() {
      return texts.hashCode();
    }

    @Override
    public String toString() {
      return String.join("*", texts);
    }
  }
}
