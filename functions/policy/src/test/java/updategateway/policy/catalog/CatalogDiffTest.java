package updategateway.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.testing.SlowCatalog;

/** What is said to be classified otherwise, beside what is. */
final class CatalogDiffTest {
  private static final List<String> PARTS =
      List.of("a", "b", "a*", "*b", "*", "**", "{product}", "a.cvd", "*.cvd", "");
  private static final List<String> SEGMENTS =
      List.of("a", "b", "ab", "a.cvd", "x.cvd", "X", "x", "b-a", "ab.cvd", "axb");

  @Test
  void everyPairOfRoutesThatSomePathHasIsFoundWithAPathThatShowsIt() {
    SplittableRandom random = new SplittableRandom(13_524);
    int found = 0;
    for (int i = 0; i < 1_500; i++) {
      Catalog before = catalog(random);
      Catalog after = random.nextBoolean() ? catalog(random) : shuffled(before, random);
      List<CatalogDiff.Reclassified> all = CatalogDiff.compare(before, after).orElseThrow();
      Set<List<@Nullable Route>> stated = new HashSet<>();
      for (CatalogDiff.Reclassified one : all) {
        assertThat(SlowCatalog.classify(before, one.segments())).isEqualTo(one.before());
        assertThat(SlowCatalog.classify(after, one.segments())).isEqualTo(one.after());
        assertThat(one.before()).isNotEqualTo(one.after());
        assertThat(first(before, one.segments())).isEqualTo(one.routeBefore());
        assertThat(first(after, one.segments())).isEqualTo(one.routeAfter());
        stated.add(Arrays.asList(one.routeBefore(), one.routeAfter()));
        found++;
      }
      for (int p = 0; p < 200; p++) {
        List<String> path = path(random);
        if (!SlowCatalog.classify(before, path).equals(SlowCatalog.classify(after, path))) {
          assertThat(stated)
              .as("%s: %s -> %s", path, before, after)
              .contains(Arrays.asList(first(before, path), first(after, path)));
        }
      }
    }
    assertThat(found).isGreaterThan(3_000);
  }

  private static @Nullable Route first(Catalog catalog, List<String> path) {
    return catalog.routes().stream()
        .filter(route -> route.path().matches(path))
        .findFirst()
        .orElse(null);
  }

  private static List<String> path(SplittableRandom random) {
    List<String> path = new ArrayList<>();
    for (int n = random.nextInt(1, 5); n > 0; n--) {
      path.add(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
    }
    if (random.nextInt(8) == 0) {
      path.add("");
    }
    return path;
  }

  private static Catalog catalog(SplittableRandom random) {
    return new Catalog(
        IntStream.range(0, random.nextInt(1, 5)).mapToObj(_ -> route(random)).toList());
  }

  private static Route route(SplittableRandom random) {
    while (true) {
      StringBuilder path = new StringBuilder();
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        path.append('/').append(PARTS.get(random.nextInt(PARTS.size())));
      }
      try {
        PathPattern pattern = PathPattern.parse(path.toString());
        return new Route(
            pattern,
            pattern.namesProduct() ? null : new Product("p" + random.nextInt(2)),
            new Activity("a" + random.nextInt(3)),
            null);
      } catch (IllegalArgumentException e) {
        // Not a pattern: another.
      }
    }
  }

  private static Catalog shuffled(Catalog catalog, SplittableRandom random) {
    List<Route> routes = new ArrayList<>(catalog.routes());
    Route one = routes.remove(random.nextInt(routes.size()));
    routes.add(random.nextInt(routes.size() + 1), random.nextBoolean() ? one : route(random));
    return new Catalog(routes);
  }
}
