package updategateway.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.testing.RandomCatalogs;
import updategateway.policy.testing.SlowCatalog;

final class RouteMatcherTest {
  private static final int CATALOGS = 2_000;
  private static final int PATHS_A_CATALOG = 100;

  @Test
  void hundredsOfThousandsOfPathsAreWhatTheirPatternsSay() {
    SplittableRandom random = new SplittableRandom(451);
    int classified = 0;
    for (int c = 0; c < CATALOGS; c++) {
      RandomCatalogs catalogs = new RandomCatalogs(random, c % 4 == 0);
      Catalog catalog = catalogs.catalog();
      RouteMatcher matcher = RouteMatcher.of(catalog);
      for (int p = 0; p < PATHS_A_CATALOG; p++) {
        List<String> path = catalogs.path();
        Classification expected = SlowCatalog.classify(catalog, path);
        if (!matcher.classify(path).equals(expected)) {
          assertThat(matcher.classify(path)).as("%s by %s", path, catalog).isEqualTo(expected);
        }
        classified += expected.equals(Classification.UNCLASSIFIED) ? 0 : 1;
      }
    }
    // The comparison is worth something only where both are common.
    int all = CATALOGS * PATHS_A_CATALOG;
    assertThat(classified).isBetween(all / 5, all - all / 5);
  }

  /** Patterns on which a backtracking matcher takes exponential time. */
  @Test
  void patternsMadeToBlowUpDoNot() {
    List<Route> routes = new ArrayList<>();
    routes.add(route("/" + "**/a/".repeat(24) + "b", 0));
    routes.add(route("/**/a" + "/*".repeat(24) + "/c", 1));
    routes.add(route("/" + "*a".repeat(40) + "*b", 2));
    for (int i = 3; i < 300; i++) {
      routes.add(route("/**/*x" + i + "*/**/a*" + i + "/**/y", i));
    }
    routes.add(route("/**/{product}/z", 0));
    Catalog catalog = new Catalog(routes);
    RouteMatcher matcher = RouteMatcher.of(catalog);
    assertThat(matcher.classify(Collections.nCopies(200, "a")))
        .isEqualTo(Classification.UNCLASSIFIED);
    assertThat(matcher.classify(List.of("a".repeat(2_000)))).isEqualTo(Classification.UNCLASSIFIED);
    assertThat(matcher.classify(List.of("a".repeat(2_000) + "b")).activity())
        .isEqualTo(new Activity("activity-2"));
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 1_000; i++) {
      List<String> path = new ArrayList<>();
      for (int s = 0; s < 60; s++) {
        path.add(
            random.nextBoolean()
                ? "a"
                : random.nextBoolean() ? "x" + random.nextInt(300) : "a" + random.nextInt(300));
      }
      path.add(random.nextBoolean() ? "z" : "y");
      assertThat(matcher.classify(path))
          .isEqualTo(
              routes.stream()
                  .filter(route -> route.path().matches(path))
                  .findFirst()
                  .map(route -> RouteMatcher.of(new Catalog(List.of(route))).classify(path))
                  .orElse(Classification.UNCLASSIFIED));
    }
  }

  /** Each beside the characters before and behind it, and all of them in one catalog. */
  @Test
  void lettersBeyondAsciiInGlobsAreToldFromTheirNeighbours() {
    String letters = "\u00e0\u00e4\u00f6\u03a9\u0416\u65e5";
    List<Route> routes = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      routes.add(route("/*" + letters.charAt(i) + ".dat", i));
      routes.add(route("/" + letters.charAt(i) + "*z", 100 + i));
    }
    Catalog catalog = new Catalog(routes);
    RouteMatcher matcher = RouteMatcher.of(catalog);
    for (int i = 0; i < letters.length(); i++) {
      assertThat(matcher.classify(List.of("x" + letters.charAt(i) + ".dat")).activity())
          .isEqualTo(new Activity("activity-" + i));
      assertThat(matcher.classify(List.of(letters.charAt(i) + "yz")).activity())
          .isEqualTo(new Activity("activity-" + (100 + i)));
      for (char other :
          new char[] {(char) (letters.charAt(i) - 1), (char) (letters.charAt(i) + 1)}) {
        assertThat(matcher.classify(List.of("x" + other + ".dat")))
            .isEqualTo(Classification.UNCLASSIFIED);
        assertThat(matcher.classify(List.of(other + "yz"))).isEqualTo(Classification.UNCLASSIFIED);
      }
    }
  }

  @Test
  void theMatchNamesTheRouteAsWritten() {
    Route any =
        new Route(
            PathPattern.parse("/Bases/**"),
            new Product("p"),
            new Activity("a"),
            FileNames.ANY,
            null);
    Catalog catalog = new Catalog(List.of(any));
    assertThat(RouteMatcher.of(catalog).match(List.of("Bases", "x")))
        .contains(
            new RouteMatcher.Match(any, new Classification(new Product("p"), new Activity("a"))));
    assertThat(RouteMatcher.of(catalog).match(List.of("bases", "x"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "A, a",
    "\u00c4, \u00e4",
    "\u0130, i",
    "I, i",
    "\u0131, i",
    "\u017f, s",
    "\u212a, k",
    "\u03a3, \u03c3",
    "\u03c2, \u03c3",
    "\ud801\udc00, \ud801\udc28",
    "\u00df, \u00df",
    "a-1_%, a-1_%",
  })
  void foldingIsThatOfFileSystemsInEveryLocale(String text, String folded) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr"));
      assertThat(CaseFolding.fold(text)).isEqualTo(folded);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Route route(String pattern, int number) {
    PathPattern path = PathPattern.parse(pattern);
    return new Route(
        path,
        path.namesProduct() ? null : new Product("p"),
        new Activity("activity-" + number),
        null);
  }
}
