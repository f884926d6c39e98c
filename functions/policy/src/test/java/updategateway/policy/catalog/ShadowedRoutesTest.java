package updategateway.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

/** The routes that are said never to win, beside those that do. */
final class ShadowedRoutesTest {
  private static final List<String> PARTS =
      List.of(
          "a",
          "b",
          "a*",
          "*b",
          "*",
          "**",
          "{product}",
          "a.cvd",
          "*.cvd",
          "a%2f*",
          "*%2fb",
          "a%2fb",
          "");
  private static final List<String> SEGMENTS =
      List.of(
          "a", "b", "ab", "a.cvd", "x.cvd", "X", "x", "b-a", "ab.cvd", "axb", "a.b", "_b", "a/b",
          "a/x", "x/b", "x/y");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/bases/** /bases/old/**                     | 1",
        "/bases/** /bases                            | 1",
        "/** /x                                      | 1",
        "/a /a                                       | 1",
        "/a/* /a/{product}                           | 1",
        "/a/{product} /a/*                           | ''",
        "/a/b* /a/*b                                 | ''",
        "/a/* /a/*.cvd /a/**                         | 1",
        "/*/x /a/**                                  | ''",
        "/a/*/** /a /a/** /a/b                       | 3",
        "/products/{product}/p/** /products/vpn/p/**  | 1",
        "/products/vpn/p/** /products/{product}/p/** | ''",
        "/**/x /a/**/b/x                             | 1",
        "/A/* /a/*                                   | ''",
        "/@*%2f* /@vendor%2f{name}                   | 1",
        "/@vendor%2f* /@{scope}%2fagent              | ''",
        "/** /@*%2f*                                 | ''",
        "/@*%2f*/** /@*%2f*/-/*                      | 1",
        "/@vendor%2fagent /@vendor%2fagent           | 1",
        "/@vendor%2fagent /@vendor%2f*               | ''",
      })
  void neverMatches(String patterns, String shadowed) {
    Catalog catalog =
        new Catalog(List.of(patterns.split(" ")).stream().map(p -> route(p)).toList());
    assertThat(ShadowedRoutes.of(catalog).orElseThrow().stream().map(s -> s.route() + ""))
        .containsExactlyElementsOf(shadowed.isEmpty() ? List.of() : List.of(shadowed));
  }

  @Test
  void severalTogetherTakeEveryPathOfOne() {
    Catalog catalog =
        new Catalog(List.of(route("/a"), route("/a/"), route("/a/*/**"), route("/a/**")));
    assertThat(ShadowedRoutes.of(catalog))
        .contains(List.of(new ShadowedRoutes.Shadowed(3, List.of(0, 1, 2))));
  }

  @Test
  void whatIsSaidNeverToWinNeverDoes() {
    SplittableRandom random = new SplittableRandom(451);
    int shadowed = 0;
    int winning = 0;
    for (int i = 0; i < 2_500; i++) {
      List<Route> routes = new ArrayList<>();
      for (int n = random.nextInt(1, 7); n > 0; n--) {
        routes.add(route("/" + String.join("/", parts(random))));
      }
      Catalog catalog = new Catalog(routes);
      Set<Integer> never = new HashSet<>();
      for (ShadowedRoutes.Shadowed one : ShadowedRoutes.of(catalog).orElseThrow()) {
        never.add(one.route());
        assertThat(one.by()).isNotEmpty().allMatch(by -> by < one.route());
      }
      Set<Integer> won = new HashSet<>();
      for (int p = 0; p < 300; p++) {
        List<String> path = path(random);
        IntStream.range(0, routes.size())
            .filter(route -> routes.get(route).path().matches(path))
            .findFirst()
            .ifPresent(won::add);
      }
      assertThat(won).as("%s", routes).noneMatch(never::contains);
      shadowed += never.size();
      winning += won.size();
    }
    assertThat(shadowed).isGreaterThan(500);
    assertThat(winning).isGreaterThan(1_500);
  }

  private static List<String> parts(SplittableRandom random) {
    List<String> parts = new ArrayList<>();
    int n = random.nextInt(1, 4);
    for (int i = 0; i < n; i++) {
      String part = PARTS.get(random.nextInt(PARTS.size()));
      boolean again = part.equals("{product}") && parts.contains(part);
      parts.add(again || (part.isEmpty() && i < n - 1) ? "a" : part);
    }
    return parts;
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

  private static Route route(String pattern) {
    PathPattern path = PathPattern.parse(pattern);
    return new Route(
        path, path.namesProduct() ? null : new Product("p"), new Activity("an-activity"), null);
  }
}
