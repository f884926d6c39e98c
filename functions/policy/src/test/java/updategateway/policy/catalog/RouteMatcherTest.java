package updategateway.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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
      RouteMatcher compiled = RouteMatcher.of(catalog, List.of(new Product("a")));
      for (int p = 0; p < PATHS_A_CATALOG; p++) {
        List<String> path = catalogs.path();
        Classification expected = SlowCatalog.classify(catalog, path);
        if (!compiled.classify(path).equals(expected) || !catalog.classify(path).equals(expected)) {
          assertThat(compiled.classify(path)).as("%s by %s", path, catalog).isEqualTo(expected);
          assertThat(catalog.classify(path)).as("%s by %s", path, catalog).isEqualTo(expected);
        }
        classified += expected.equals(Classification.UNCLASSIFIED) ? 0 : 1;
      }
    }
    // The comparison is worth something only where both are common.
    int all = CATALOGS * PATHS_A_CATALOG;
    assertThat(classified).isBetween(all / 5, all - all / 5);
  }

  @Test
  void manyThreadsAskingForTheFirstTimeGetTheSameAnswers() throws Exception {
    SplittableRandom random = new SplittableRandom(302);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int c = 0; c < 50; c++) {
        RandomCatalogs catalogs = new RandomCatalogs(random);
        Catalog catalog = catalogs.catalog();
        RouteMatcher compiled = RouteMatcher.of(catalog, List.of());
        List<List<String>> paths = IntStream.range(0, 200).mapToObj(_ -> catalogs.path()).toList();
        List<Classification> expected =
            paths.stream().map(path -> SlowCatalog.classify(catalog, path)).toList();
        List<Future<List<Classification>>> answers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
          answers.add(threads.submit(() -> paths.stream().map(compiled::classify).toList()));
        }
        for (Future<List<Classification>> answer : answers) {
          assertThat(answer.get()).isEqualTo(expected);
        }
      }
    }
  }

  /**
   * Patterns on which a matcher that tries everything takes for ever, and paths that make an
   * automaton remember a new set each. Both end in the time limit of a build otherwise.
   */
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
    RouteMatcher compiled = RouteMatcher.of(catalog, List.of());
    assertThat(compiled.classify(Collections.nCopies(200, "a")))
        .isEqualTo(Classification.UNCLASSIFIED);
    assertThat(catalog.classify(Collections.nCopies(200, "a")))
        .isEqualTo(Classification.UNCLASSIFIED);
    assertThat(compiled.classify(List.of("a".repeat(2_000))))
        .isEqualTo(Classification.UNCLASSIFIED);
    assertThat(compiled.classify(List.of("a".repeat(2_000) + "b")).activity())
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
      if (i % 100 == 0) {
        assertThat(compiled.classify(path)).isEqualTo(catalog.classify(path));
      } else {
        compiled.classify(path);
      }
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
    RouteMatcher compiled = RouteMatcher.of(catalog, List.of());
    for (int i = 0; i < letters.length(); i++) {
      assertThat(compiled.classify(List.of("x" + letters.charAt(i) + ".dat")).activity())
          .isEqualTo(new Activity("activity-" + i));
      assertThat(compiled.classify(List.of(letters.charAt(i) + "yz")).activity())
          .isEqualTo(new Activity("activity-" + (100 + i)));
      for (char other :
          new char[] {(char) (letters.charAt(i) - 1), (char) (letters.charAt(i) + 1)}) {
        assertThat(compiled.classify(List.of("x" + other + ".dat")))
            .isEqualTo(Classification.UNCLASSIFIED);
        assertThat(compiled.classify(List.of(other + "yz"))).isEqualTo(Classification.UNCLASSIFIED);
      }
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
