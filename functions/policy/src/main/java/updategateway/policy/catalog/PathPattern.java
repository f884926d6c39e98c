package updategateway.policy.catalog;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import updategateway.policy.catalog.SegmentPattern.AnySegments;
import updategateway.policy.catalog.SegmentPattern.Literal;
import updategateway.policy.catalog.SegmentPattern.ProductName;
import updategateway.policy.catalog.SegmentPattern.SlashedName;
import updategateway.policy.model.Product;

/**
 * The pattern of a route, compared segment by segment with a decoded path, case-sensitively.
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
 * <p>Where a pattern matches a path in several ways, the one in which each {@code **} from the left
 * takes the fewest segments names the product.
 */
public final class PathPattern {
  private static final int NO_MATCH = -2;
  private static final int NO_PRODUCT = -1;

  private final String written;
  private final List<SegmentPattern> parts;

  private PathPattern(String written, List<SegmentPattern> parts) {
    this.written = written;
    this.parts = List.copyOf(parts);
  }

  /**
   * Parses a pattern such as {@code /products/{product}/patches/**}.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static PathPattern parse(String written) {
    if (!written.startsWith("/")) {
      throw new IllegalArgumentException("a path pattern begins with /");
    }
    List<String> segments = List.of(written.substring(1).split("/", -1));
    List<SegmentPattern> parts =
        IntStream.range(0, segments.size())
            .mapToObj(i -> SegmentPattern.parse(segments.get(i), i == segments.size() - 1))
            .toList();
    if (parts.stream().filter(ProductName.class::isInstance).count() > 1) {
      throw new IllegalArgumentException("{product} stands in a path pattern once");
    }
    return new PathPattern(written, parts);
  }

  /** Returns true if a segment of the path names the product. */
  public boolean namesProduct() {
    return parts.stream().anyMatch(ProductName.class::isInstance);
  }

  /** Returns true if the pattern matches only paths with an encoded slash. */
  public boolean hasEncodedSlash() {
    return parts.stream().anyMatch(SlashedName.class::isInstance);
  }

  /** Returns the first segment of every path that matches, if all have the same. */
  Optional<String> literalFirstSegment() {
    return parts.getFirst() instanceof Literal literal
        ? Optional.of(literal.text())
        : Optional.empty();
  }

  /** Returns true if the pattern matches the path. */
  public boolean matches(List<String> segments) {
    return match(segments) != NO_MATCH;
  }

  /** Returns the product that the path names; empty if the pattern does not match or names none. */
  Optional<Product> productIn(List<String> segments) {
    int at = match(segments);
    return at < 0 ? Optional.empty() : Optional.of(new Product(segments.get(at)));
  }

  /** Returns the elements of the pattern in order. */
  List<SegmentPattern> parts() {
    return parts;
  }

  /**
   * Returns the index of the segment that names the product, {@link #NO_PRODUCT} or {@link
   * #NO_MATCH}.
   *
   * <p>The parts between two {@code **} can be matched where they occur first, since that leaves
   * the most segments to the parts behind them. So only the last {@code **} is ever extended, and
   * the time is at most that of segments times parts.
   */
  private int match(List<String> segments) {
    int part = 0;
    int product = NO_PRODUCT;
    int behindLast = NO_MATCH;
    int taken = 0;
    int productBefore = NO_PRODUCT;
    int segment = 0;
    while (segment < segments.size()) {
      SegmentPattern current = part < parts.size() ? parts.get(part) : null;
      if (current instanceof AnySegments) {
        part++;
        behindLast = part;
        taken = segment;
        productBefore = product;
      } else if (current != null && current.matchesSegment(segments.get(segment))) {
        product = current instanceof ProductName ? segment : product;
        part++;
        segment++;
      } else if (behindLast != NO_MATCH
          && parts.get(behindLast - 1).matchesSegment(segments.get(taken))) {
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
}
