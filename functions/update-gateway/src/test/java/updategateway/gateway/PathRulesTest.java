package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.gateway.testing.Disguises;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/** Which paths a client is served to whom some policy refuses something, and everybody else. */
final class PathRulesTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());

  /** By a catalog of which nearly everything may be served. */
  @ParameterizedTest(name = "{0}: {1} from the US, {2} from elsewhere")
  @CsvSource({
    "/docs/a.txt, 302, 302",
    "/docs/2024-01 (final)~1%2C2.txt, 302, 302",
    "/docs/a:b, 400, 302",
    "/docs/a*, 400, 302",
    "/docs/a., 400, 302",
    "/docs/a%20, 400, 302",
    "/docs/a%20b, 302, 302",
    "/docs/%20a, 400, 302",
    "/docs/g++/x, 302, 302",
    "/docs/libstdc++6.deb, 302, 302",
    "/docs/gr%C3%B6%C3%9Fe, 400, 302",
    "/docs/100%25, 400, 302",
    "/docs/SIGNAT~1, 400, 302",
    "/docs/, 302, 302",
    // Refused by itself: the law goes before the name.
    "/bases/a:b, 451, 302",
    // Refused in another case, with a slash at the end, or with a space for a plus sign.
    "/BASES/main.cvd, 451, 302",
    "/Bases/a:b, 451, 302",
    "/docs/SETUP.exe, 451, 302",
    "/docs/setup.exe/, 451, 302",
    "/two+words/x, 451, 302",
    "/docs/setup.exe+, 451, 302",
    "/docs/+setup.exe, 451, 302",
    "/docs/setup.exe.+, 400, 302",
    "/docs/+/setup.exe, 400, 302",
    "/two%20words/x, 451, 302",
    "/docs/Private/x, 451, 302",
    // What an earlier route says of the path as it is written hides a later one.
    "/bases/README.txt, 302, 302",
    "/bases/readme.txt, 451, 302",
    // The route for what is open in any case comes first, and the other one counts all the same.
    "/Open/x, 302, 302",
    "/Open/secret/x, 451, 302",
    "/open/secret/x, 451, 302",
    "/open/x, 302, 302"
  })
  void aCoveredClientGetsPortableNamesAndNothingThatIsRefusedInOtherCase(
      String path, int covered, int elsewhere) {
    Sent gateway =
        gateway(
            """
            routes:
              - {path: /Open/**, product: docs, activity: informational}
              - {path: /bases/README.txt, product: docs, activity: informational}
              - {path: /open/secret/**, product: endpoint-security, activity: patch-update}
              - {path: /docs/setup.exe, product: endpoint-security, activity: patch-update}
              - {path: /docs/private/**, product: endpoint-security, activity: patch-update}
              - {path: /bases/**, product: endpoint-security, activity: signature-update}
              - {path: /two words/**, product: endpoint-security, activity: signature-update}
              - {path: /**, product: docs, activity: informational}
            """);
    assertThat(gateway.send(Sent.get(path, "US", AT)).status()).isEqualTo(covered);
    assertThat(gateway.send(Sent.get(path, "DE", AT)).status()).isEqualTo(elsewhere);
    // Where the client is decides, and an unknown place counts as covered.
    assertThat(gateway.send(Sent.get(path, "", AT)).status()).isEqualTo(covered);
  }

  /** Lifts the rule for names alone, and only where the route is the one that matches. */
  @ParameterizedTest(name = "{0}: {1} from the US, {2} from elsewhere")
  @CsvSource({
    "/exact/a:b, 302, 302",
    "/exact/a;b., 302, 302",
    "/exact/SIGNAT~1, 302, 302",
    "/exact/gr%C3%B6%C3%9Fe%20, 302, 302",
    "/exact/100%25, 302, 302",
    "/Exact/a:b, 400, 302",
    "/other/a:b, 400, 302",
    "/@a:b%2fc, 302, 302",
    // What is compared in any case stays, and so do the rules for every client.
    "/exact/SECRET/x, 451, 302",
    "/EXACT/secret/x, 451, 302",
    "/exact/secret/x/, 451, 302",
    "/exact/%C3%A4/x, 451, 302",
    "/@vendor%2fagent, 451, 302",
    "/@VENDOR%2fagent, 451, 302",
    "/exact/.., 400, 400",
    "/exact/%2e%2e/x, 400, 400",
    "/exact/..;x/y, 400, 400",
    "/exact/a%2fb, 400, 400",
    "/exact/a%5cb, 400, 400",
    "/exact/%00, 400, 400"
  })
  void aRouteForAnyNamesLiftsTheRuleForNamesAlone(String path, int covered, int elsewhere) {
    Sent gateway =
        gateway(
            """
            routes:
              - {path: /exact/secret/**, product: endpoint-security, activity: patch-update}
              - {path: /exact/Ä/**, product: endpoint-security, activity: patch-update}
              - {path: /@vendor/agent, product: endpoint-security, activity: patch-update}
              - {path: "/@*%2f*", product: docs, activity: informational, names: any}
              - {path: /exact/**, product: docs, activity: informational, names: any}
              - {path: /**, product: docs, activity: informational}
            """);
    assertThat(gateway.send(Sent.get(path, "US", AT)).status()).isEqualTo(covered);
    assertThat(gateway.send(Sent.get(path, "DE", AT)).status()).isEqualTo(elsewhere);
  }

  /** A redirect ends with the first change of all that the path is, and is then not shared. */
  @ParameterizedTest(name = "{0} {1} s before: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/docs/a.txt|90|public, s-maxage=3600, max-age=0, stale-if-error=0",
        "/docs/a:b|90|private, max-age=90, stale-if-error=0",
        "/docs/a:b|3601|private, max-age=3600, stale-if-error=0",
        "/BASES/main.cvd|90|private, max-age=90, stale-if-error=0",
        "/Both/x|90|private, max-age=90, stale-if-error=0",
        "/exact/a:b|90|public, s-maxage=3600, max-age=0, stale-if-error=0",
        "/exact/@a%2fb|90|private, max-age=90, stale-if-error=0"
      })
  void aRedirectIsFreshAsLongAsAllThatThePathIsMayBeServed(
      String path, long before, String cacheControl) {
    Sent gateway =
        new Sent(
            ActivePolicySource.always(
                Disguises.policy(
                    """
                    routes:
                      - {path: /bases/**, product: endpoint-security, activity: signature-update}
                      - {path: /both/**, product: endpoint-security, activity: signature-update}
                      - {path: /Both/*, product: endpoint-security, activity: patch-update}
                      - {path: "/exact/*%2f*", product: docs, activity: informational, names: any}
                      - {path: "/exact/@a/b", product: docs, activity: patch-update}
                      - {path: /exact/**, product: docs, activity: informational, names: any}
                      - {path: /**, product: docs, activity: informational}
                    """)),
            NOBODY,
            Map.of("EDGE_CACHING", "on"));
    Sent.Answered answer = gateway.send(Sent.get(path, "US", AT.minusSeconds(before)));
    assertThat(answer.header("Cache-Control")).contains(cacheControl);
  }

  @Test
  void theAnswerSaysWhichCharacterInWhichSegmentIsNotPortable() {
    Sent gateway = gateway("routes:\n  - {path: /**, product: docs, activity: informational}\n");
    Sent.Answered answer = gateway.send(Sent.get("/docs/a:b", "US", AT));
    assertThat(answer.body()).contains("segment (number 2)", "U+003A COLON");
    assertThat(answer.line().path("outcome").asText()).isEqualTo("malformed");
    assertThat(answer.line().toString()).contains("U+003A COLON");
    assertThat(answer.line().path("region").isMissingNode()).isFalse();
  }

  /** Which client is covered may depend on the account, which is looked up for that alone. */
  @Test
  void anUnreadableAccountIsCovered() {
    Sent gateway =
        new Sent(
            ActivePolicySource.always(UpdateHandlerTest.shipped()),
            _ -> new AgentRegistry.Unavailable("down"),
            Map.of());
    String path = "/threat-intelligence/a:b";
    assertThat(gateway.send(Sent.get(path, "DE", AT)).status()).isEqualTo(302);
    ObjectNode event = Sent.with(Sent.get(path, "DE", AT), "x-agent-id", "agent-1");
    assertThat(gateway.send(event).status()).isEqualTo(400);
  }

  /** What is served may be served in lower case by the catalog in lower case. */
  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void nothingIsServedToACoveredClientThatIsRefusedWhenCaseIsIgnored(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String catalog = catalog(random);
    Sent gateway = gateway(catalog);
    Sent folded = gateway(catalog.toLowerCase(Locale.ROOT));
    for (int i = 0; i < 40; i++) {
      String path = path(random);
      Sent.Answered answer = gateway.send(Sent.get(path, "US", AT));
      if (answer.status() != 302) {
        continue;
      }
      String sent = URI.create(answer.header("Location").orElse("")).getRawPath();
      String lower = sent.substring("/files".length()).toLowerCase(Locale.ROOT);
      assertThat(folded.send(Sent.get(lower, "US", AT)).status())
          .as("%s by %s", path, catalog)
          .isEqualTo(302);
    }
  }

  private static String catalog(SplittableRandom random) {
    StringBuilder catalog = new StringBuilder("routes:\n");
    Set<String> seen = new HashSet<>();
    for (int i = random.nextInt(1, 8); i > 0; i--) {
      StringBuilder pattern = new StringBuilder();
      for (int s = random.nextInt(1, 4); s > 0; s--) {
        pattern
            .append('/')
            .append(
                switch (random.nextInt(6)) {
                  case 0 -> "**";
                  case 1 -> "*";
                  case 2 -> word(random) + "*";
                  case 3 -> "*" + word(random);
                  default -> word(random);
                });
      }
      if (seen.add(pattern.toString().toLowerCase(Locale.ROOT))) {
        catalog
            .append("  - {path: \"")
            .append(pattern)
            .append("\", product: one, activity: ")
            .append(random.nextBoolean() ? "patch-update" : "informational")
            .append("}\n");
      }
    }
    return catalog.append("  - {path: /**, product: one, activity: informational}\n").toString();
  }

  private static String path(SplittableRandom random) {
    StringBuilder path = new StringBuilder();
    for (int s = random.nextInt(1, 4); s > 0; s--) {
      path.append('/').append(word(random));
      if (random.nextInt(3) == 0) {
        path.append(word(random));
      }
    }
    return path.append(random.nextInt(5) == 0 ? "/" : "").toString();
  }

  private static String word(SplittableRandom random) {
    List<String> words = List.of("a", "A", "ab", "aB", "AB", "b", "B", "a b", "a+B");
    return words.get(random.nextInt(words.size()));
  }

  private static Sent gateway(String catalog) {
    return new Sent(ActivePolicySource.always(Disguises.policy(catalog)), NOBODY, Map.of());
  }
}
