package updategateway.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.model.Activity;
import updategateway.policy.model.Product;

final class PathPatternTest {
  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /bases/**              | /bases/main.cvd        | true
          /bases/**              | /bases/a/b/c           | true
          /bases/**              | /bases/                | true
          /bases/**              | /bases                 | true
          /bases/**              | /Bases/main.cvd        | false
          /bases/**              | /basesx                | false
          /bases/*               | /bases/main.cvd        | true
          /bases/*               | /bases/                | false
          /bases/*               | /bases/a/b             | false
          /bases/*.cvd           | /bases/main.cvd        | true
          /bases/*.cvd           | /bases/.cvd            | true
          /bases/*.cvd           | /bases/main.cvd.sign   | false
          /bases/*.cvd           | /bases/main.CVD        | false
          /bases/a*a             | /bases/a               | false
          /bases/a*a             | /bases/aa              | true
          /bases/a*b*c           | /bases/abbc            | true
          /bases/a*b*c           | /bases/acb             | false
          /**/patches/*          | /x/y/patches/1         | true
          /**/patches/*          | /patches/1             | true
          /**/patches/*          | /patches               | false
          /**                    | /                      | true
          /                      | /                      | true
          /                      | /a                     | false
          /a/                    | /a/                    | true
          /a/                    | /a                     | false
          /p/{product}/x         | /p/vpn/x               | true
          /p/{product}/x         | /p/VPN/x               | false
          /p/{product}/x         | /p/v--n/x              | false
          /p/{product}/x         | /p//x                  | false
          /@{scope}%2f{name}     | /@vendor%2fagent       | true
          /@{scope}%2F{name}     | /@vendor%2fagent       | true
          /@*%2f*                | /@vendor%2fagent       | true
          /@*%2f*                | /@vendor/agent         | false
          /@*%2f*                | /vendor%2fagent        | false
          /@*%2f*                | /@vendor%2fa%2fb       | false
          /@*%2f*                | /@vendor%2f            | false
          /@*%2f*                | /%2fagent              | false
          /@*%2f*                | /x/@vendor%2fagent     | false
          /@*%2f*%2f*            | /@vendor%2fa%2fb       | true
          /@vendor%2fagent       | /@vendor%2fagent       | true
          /@vendor%2fagent       | /@vendor%2fagents      | false
          /@vendor%2f{name}      | /@Vendor%2fagent       | false
          /@*%2fa-{x}.tgz        | /@vendor%2fa-1.0.tgz   | true
          /@*%2f*/*              | /@vendor%2fagent/1.0   | true
          /@*%2f*/**             | /@vendor%2fagent/-/x   | true
          /@*%2f*/**             | /@vendor%2fagent       | true
          /@*%2f*/**             | /@vendor%2fa/b%2fc     | false
          /**/@*%2f*             | /npm/@vendor%2fagent   | true
          /**/@*%2f*             | /@vendor%2fagent       | true
          /**/@*%2f*             | /a%2fb/@vendor%2fagent | false
          /**                    | /@vendor%2fagent       | false
          /**                    | /a/b%2fc/d             | false
          /**/d                  | /a/b%2fc/d             | false
          /*                     | /@vendor%2fagent       | false
          /@*                    | /@vendor%2fagent       | false
          /*t                    | /@vendor%2fagent       | false
          /{product}             | /a%2fb                 | false
          """)
  void comparesSegmentBySegment(String pattern, String path, boolean matches) {
    assertThat(PathPattern.parse(pattern).matches(segments(path))).isEqualTo(matches);
  }

  @Test
  void theNameOfAProductIsShort() {
    PathPattern pattern = PathPattern.parse("/p/{product}/x");
    RouteMatcher matcher =
        RouteMatcher.of(
            new Catalog(List.of(new Route(pattern, null, new Activity("patch-update"), null))));
    for (int length : List.of(1, 64, 65, 8_000)) {
      List<String> path = List.of("p", "a".repeat(length), "x");
      assertThat(pattern.matches(path)).isEqualTo(length <= 64);
      assertThat(matcher.classify(path).equals(Classification.UNCLASSIFIED)).isEqualTo(length > 64);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/p/{product}/x,     /p/vpn/x,       vpn",
    "/**/{product}/x,    /a/b/vpn/x,     vpn",
    "/**/{product}/**,   /A/b/vpn/x,     b",
  })
  void aSegmentNamesTheProduct(String pattern, String path, String product) {
    assertThat(PathPattern.parse(pattern).productIn(segments(path))).contains(new Product(product));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bases/**                | begins with /
          /a//b                   | empty segment
          /a/../b                 | dot segment
          /a/b**                  | ** is a whole segment
          /@a%2f                  | without a name on both sides
          /%2fa                   | without a name on both sides
          /a%2f%2fb               | without a name on both sides
          /a%2f..                 | dot segment
          /.%2fb                  | dot segment
          /a%2f**                 | ** is a whole segment
          /a%2f{product}          | {product} is a whole segment
          /a%2f{a b}              | only name in braces
          /a%252fb                | only %2f may stand
          /a%5cb                  | only %2f may stand
          /a%2f%20b               | only %2f may stand
          /a/{name}               | {product} as a whole segment
          /a/x{product}           | {product} as a whole segment
          /{product}/{product}    | once
          /a%20b                  | written decoded
          /a?b                    | without a query
          """)
  void saysWhatIsWrong(String pattern, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathPattern.parse(pattern))
        .withMessageContaining(problem);
  }

  private static List<String> segments(String path) {
    return Stream.of(path.substring(1).split("/", -1))
        .map(segment -> segment.replace("%2f", "/"))
        .toList();
  }
}
