package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import updategateway.gateway.testing.Disguises;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/**
 * Paths in the form of those that real repositories and update services use, all of which may be
 * served: which are a 400 for a client to whom some policy refuses something else, and why, and
 * which for every client.
 */
final class RealPathsTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");

  private static final Sent GATEWAY =
      new Sent(
          ActivePolicySource.always(
              Disguises.policy(
                  """
                  routes:
                    - {path: "/npm/@*%2f*", product: anything, activity: informational}
                    - {path: /**, product: anything, activity: informational}
                  """)),
          _ -> new AgentRegistry.Found(Set.of()),
          Map.of());

  static Stream<String> paths() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RealPathsTest.class.getResourceAsStream("real-paths.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.startsWith("#")).toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("paths")
  void aRealPathIsServedUnlessItHasAReason(String line) throws Exception {
    int end = line.lastIndexOf('"') + 1;
    String path = Sent.JSON.readValue(line.substring(0, end), String.class);
    List<String> expected = List.of(line.substring(end).strip().split(" ", 3));
    Sent.Answered covered = GATEWAY.send(Sent.get(path, "US", AT));
    assertThat(covered.status()).as("US").isEqualTo(Integer.parseInt(expected.get(0)));
    assertThat(GATEWAY.send(Sent.get(path, "DE", AT)).status())
        .as("DE")
        .isEqualTo(Integer.parseInt(expected.get(1)));
    assertThat(covered.body()).contains(expected.size() < 3 ? "" : expected.get(2));
  }

  /** Before names had to be portable for some, these 14 were a 400 for every client too. */
  @Test
  void fewAreMalformedForEveryClient() throws IOException {
    List<String> malformed = paths().filter(line -> line.contains("\" 400 400")).toList();
    assertThat(malformed).hasSize(14);
    assertThat(paths().count()).isGreaterThanOrEqualTo(377);
    assertThat(paths().filter(line -> line.contains("\" 400 302"))).hasSizeLessThan(80);
  }
}
