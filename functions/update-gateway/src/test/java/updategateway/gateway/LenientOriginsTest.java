package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import updategateway.gateway.path.OtherReadings;
import updategateway.gateway.path.RequestPath;
import updategateway.policy.catalog.Catalog;
import updategateway.policy.catalog.Classification;
import updategateway.policy.catalog.PathPattern;
import updategateway.policy.catalog.Route;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;
import updategateway.policy.set.PolicySet;

/** What else a path may be: beside a twin that tries route after route, and how long it takes. */
final class LenientOriginsTest {
  private static final int CATALOGS = 3_000;
  private static final int PATHS_A_CATALOG = 60;

  @Test
  void aPathIsAllThatRivalsSayAndNothingThatIsHidden() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    int alone = 0;
    int with = 0;
    int plainWith = 0;
    for (int c = 0; c < CATALOGS; c++) {
      Catalog catalog = catalog(random);
      Evaluator policy = policy(catalog);
      SlowFoldedCatalog slow = new SlowFoldedCatalog(catalog);
      LenientOrigins origins = new LenientOrigins();
      for (int p = 0; p < PATHS_A_CATALOG; p++) {
        RequestPath path = RequestPath.parse(path(random));
        Classification own = policy.classify(path.segments());
        Set<Classification> expected = new HashSet<>();
        for (List<String> reading : OtherReadings.of(path)) {
          expected.add(policy.classify(reading));
          expected.addAll(slow.classify(reading));
        }
        expected.remove(own);
        Set<Classification> others = origins.othersThan(own, path, policy);
        if (!others.equals(expected)) {
          assertThat(others).as("%s by %s", path, catalog).isEqualTo(expected);
        }
        alone += others.isEmpty() ? 1 : 0;
        with += others.size() > 1 ? 1 : 0;
        plainWith += path.isPlain() && !others.isEmpty() ? 1 : 0;
      }
    }
    // The comparison is worth something only where all of these are common.
    int all = CATALOGS * PATHS_A_CATALOG;
    assertThat(alone).isGreaterThan(all / 10);
    assertThat(with).isGreaterThan(1_000);
    assertThat(plainWith).isGreaterThan(1_000);
  }

  /** Ever new words fill what is remembered; beyond that the answers are the same. */
  @Test
  void manyRivalsInManyPlacesAreWhatTheySay() throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    List<Route> routes = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String name = (random.nextBoolean() ? "n" : "N") + i % 150;
      routes.add(
          route(
              switch (random.nextInt(4)) {
                case 0 -> "/**/" + name + "/**";
                case 1 -> "/*" + name + "*/**";
                case 2 -> "/**/" + name + "*/*";
                default -> "/" + name + "/**";
              },
              i));
    }
    Catalog catalog = new Catalog(routes);
    Evaluator policy = policy(catalog);
    SlowFoldedCatalog slow = new SlowFoldedCatalog(catalog);
    LenientOrigins origins = new LenientOrigins();
    for (int p = 0; p < 3_000; p++) {
      StringBuilder written = new StringBuilder();
      for (int s = random.nextInt(1, 6); s > 0; s--) {
        written.append("/n").append(random.nextInt(150)).append(random.nextBoolean() ? "" : "x");
      }
      RequestPath path = RequestPath.parse(written.toString());
      Classification own = policy.classify(path.segments());
      Set<Classification> expected = new HashSet<>(slow.classify(path.segments()));
      expected.remove(own);
      assertThat(origins.othersThan(own, path, policy)).as("%s", path).isEqualTo(expected);
    }
  }

  private static Evaluator policy(Catalog catalog) {
    return Evaluator.of(PolicySet.of(catalog, List.of()));
  }

  private static Catalog catalog(RandomGenerator random) {
    List<Route> routes = new ArrayList<>();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      StringBuilder pattern = new StringBuilder();
      boolean named = false;
      for (int s = random.nextInt(1, 5); s > 0; s--) {
        String segment =
            switch (random.nextInt(9)) {
              case 0, 1 -> "**";
              case 2 -> named ? word(random) : "{product}";
              case 3 -> "*";
              case 4 -> "*" + word(random);
              case 5 -> word(random) + "*" + (random.nextBoolean() ? word(random) : "");
              default -> word(random);
            };
        named |= segment.equals("{product}");
        pattern.append('/').append(segment);
      }
      // Few activities, so that some routes say the same.
      routes.add(route(pattern.toString(), random.nextInt(6)));
    }
    return new Catalog(routes);
  }

  private static String path(RandomGenerator random) {
    StringBuilder path = new StringBuilder();
    for (int s = random.nextInt(1, 5); s > 0; s--) {
      String word = word(random) + (random.nextInt(3) == 0 ? word(random) : "");
      path.append('/').append(random.nextBoolean() ? OtherReadings.folded(word) : word);
    }
    return path.append(random.nextInt(12) == 0 ? ";x" : "").toString();
  }

  private static String word(RandomGenerator random) {
    List<String> words =
        List.of(
            "a", "A", "ab", "aB", "AB", "b", "B", "ba", "\u00fc", "\u00dc", "\uff21", "\u200bb");
    return words.get(random.nextInt(words.size()));
  }

  private static Route route(String pattern, int number) {
    PathPattern path = PathPattern.parse(pattern);
    return new Route(
        path,
        path.namesProduct() ? null : new Product("p" + number % 3),
        new Activity("activity-" + number),
        null);
  }
}
