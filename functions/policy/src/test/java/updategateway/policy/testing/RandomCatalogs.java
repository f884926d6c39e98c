package updategateway.policy.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/**
 * Random catalogs and paths of few words, so that patterns overlap and shadow each other, with
 * everything that a pattern can have.
 */
public final class RandomCatalogs {
  private static final List<String> WORDS =
      List.of("a", "b", "ab", "ba", "A", "a-b", "\u00fc", "aab");

  private final RandomGenerator random;
  private final boolean encodedSlashes;

  public RandomCatalogs(RandomGenerator random) {
    this(random, false);
  }

  /**
   * @param encodedSlashes whether some patterns and paths have encoded slashes in their segments
   */
  public RandomCatalogs(RandomGenerator random, boolean encodedSlashes) {
    this.random = random;
    this.encodedSlashes = encodedSlashes;
  }

  /** None to fifteen routes, each with an activity of its own. */
  public Catalog catalog() {
    List<Route> routes = IntStream.range(0, random.nextInt(16)).mapToObj(this::route).toList();
    return new Catalog(routes);
  }

  private Route route(int number) {
    PathPattern pattern = PathPattern.parse(pattern());
    return new Route(
        pattern,
        pattern.namesProduct() ? null : new Product("p" + number),
        new Activity("activity-" + number),
        null);
  }

  private String pattern() {
    List<String> parts = new ArrayList<>();
    boolean named = false;
    int length = 1 + random.nextInt(5);
    for (int i = 0; i < length; i++) {
      boolean last = i == length - 1;
      if (encodedSlashes && random.nextInt(3) == 0) {
        parts.add(side() + (random.nextBoolean() ? "%2f" : "%2F") + side());
        continue;
      }
      String part =
          switch (random.nextInt(8)) {
            case 0, 1 -> "**";
            case 2 -> named ? oneOf(WORDS) : "{product}";
            case 3 -> "*";
            case 4 -> glob();
            default -> last && random.nextInt(6) == 0 ? "" : oneOf(WORDS);
          };
      named |= part.equals("{product}");
      parts.add(part);
    }
    return "/" + String.join("/", parts);
  }

  private String side() {
    return switch (random.nextInt(4)) {
      case 0 -> "*";
      case 1 -> "{name}";
      case 2 -> oneOf(WORDS) + "*";
      default -> oneOf(WORDS);
    };
  }

  private String glob() {
    String glob =
        IntStream.range(0, 2 + random.nextInt(2))
            .mapToObj(_ -> random.nextBoolean() ? "" : oneOf(WORDS))
            .collect(Collectors.joining("*"));
    return glob.contains("**") ? "*" + oneOf(WORDS) : glob;
  }

  /** The segments of a path; only the last may be empty. */
  public List<String> path() {
    int length = 1 + random.nextInt(6);
    return IntStream.range(0, length)
        .mapToObj(i ->
            i == length - 1 && random.nextInt(6) == 0
                ? ""
                : encodedSlashes && random.nextInt(3) == 0
                    ? oneOf(WORDS) + "/" + oneOf(WORDS)
                    : random.nextInt(3) == 0 ? oneOf(WORDS) + oneOf(WORDS) : oneOf(WORDS))
        .toList();
  }

  private <T> T oneOf(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
