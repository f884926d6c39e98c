package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.gateway.testing.Disguises;
import updategateway.gateway.testing.FileServer;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/**
 * Encoded slashes, as in npm's scoped packages: served where a route has one, and only what may be
 * served if the origin takes it for a slash.
 */
final class EncodedSlashTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());

  private static final Sent NPM =
      gateway(
          """
          routes:
            - {path: "/@vendor%2fagent", product: endpoint-security, activity: patch-update}
            - {path: "/@{scope}%2f{name}", product: libraries, activity: informational}
            - {path: "/@open%2f*/**", product: libraries, activity: informational}
            - {path: "/@open/closed", product: endpoint-security, activity: patch-update}
            - {path: "/**", product: anything-else, activity: informational}
          """);

  /** Whatever can be served is served, whatever the slash is. */
  private static final Sent WIDE =
      gateway(
          """
          routes:
            - {path: "/*%2f*", product: anything-else, activity: informational}
            - {path: "/**/*%2f*/**", product: anything-else, activity: informational}
            - {path: "/*%2f*%2f*", product: anything-else, activity: informational}
            - {path: "/bases/**", product: endpoint-security, activity: signature-update}
            - {path: "/Products/{product}/Patches/**", activity: patch-update}
            - {path: "/größe/**", product: endpoint-security, activity: patch-update}
            - {path: "/free/*.exe", product: endpoint-security, activity: patch-update}
            - {path: "/**", product: anything-else, activity: informational}
          """);

  @ParameterizedTest(name = "{0}: {1} from the US, {2} from elsewhere")
  @CsvSource({
    "/@other%2fagent, 302, 302",
    "/@other%2Fagent, 302, 302",
    "/@other/agent, 302, 302",
    "/@vendor%2fagent, 451, 302",
    "/@vendor%2Fagent, 451, 302",
    "/@%76endor%2fagent, 451, 302",
    "/%40vendor%2fagent, 451, 302",
    // To an origin that ignores case it is the one that is refused.
    "/@Vendor%2fagent, 451, 302",
    "/@vendor%2fAgent, 451, 302",
    "/@VENDOR%2FAGENT, 451, 302",
    // Decided as what it is with a slash in the place, where that is stricter.
    "/@open%2fclosed, 451, 302",
    "/@open%2fCLOSED, 451, 302",
    "/@open%2fclosed., 400, 302",
    "/@open%2fother, 302, 302",
    // No route has one there.
    "/bases%2fmain.cvd, 400, 400",
    "/x/@vendor%2fagent, 400, 400",
    "/@other%2fagent/1.0, 400, 400",
    "/@open%2fagent/1.0, 302, 302",
    "/@other%2fa%2fb, 400, 400",
    "/@open%2fa/b%2fc, 400, 400",
    // Malformed by themselves.
    "/@other%2f, 400, 400",
    "/%2fagent, 400, 400",
    "/@other%2f%2fagent, 400, 400",
    "/@other%2f.., 400, 400",
    "/..%2fagent, 400, 400",
    "/@other%2f.;x, 400, 400",
    "/@other%252fagent, 400, 400",
    "/@other%25252fagent, 400, 400"
  })
  void isServedWhereARouteHasOne(String path, int covered, int elsewhere) {
    assertThat(NPM.send(Sent.get(path, "US", AT)).status()).isEqualTo(covered);
    Sent.Answered answer = NPM.send(Sent.get(path, "DE", AT));
    assertThat(answer.status()).isEqualTo(elsewhere);
    if (elsewhere == 302 && path.contains("%2")) {
      assertThat(answer.header("Location").orElse("")).contains("%2F").doesNotContain("%2f");
    }
  }

  @ParameterizedTest
  @CsvSource({"/@vendor%2fagent, patch-update", "/@open%2fclosed, patch-update"})
  void aRefusalIsOfWhatHasTheStricterOutcome(String path, String activity) {
    Sent.Answered refused = NPM.send(Sent.get(path, "US", AT));
    assertThat(refused.line().path("activity").asText()).isEqualTo(activity);
    Sent.Answered undetermined = NPM.send(Sent.get(path, "", AT));
    assertThat(undetermined.status()).isEqualTo(451);
    assertThat(undetermined.line().path("outcome").asText()).isEqualTo("undetermined");
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void noOriginOpensWhatIsRefusedByWayOfAnEncodedSlash(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String path = Disguises.disguised(random);
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      int slash = path.indexOf('/', random.nextInt(1, path.length()));
      if (slash > 0) {
        path = path.substring(0, slash) + "%2f" + path.substring(slash + 1);
      }
    }
    Sent.Answered answer = WIDE.send(Sent.get(path, "US", AT));
    if (answer.status() != 302) {
      return;
    }
    String sent =
        URI.create(answer.header("Location").orElse("")).getRawPath().substring("/files".length());
    for (FileServer server : FileServer.ALL) {
      Optional<String> opened = server.open(sent);
      if (opened.isPresent()) {
        assertThat(WIDE.send(Sent.get(opened.get(), "US", AT)).status())
            .as("%s opens %s for %s, asked for as %s", server.name(), opened.get(), sent, path)
            .isEqualTo(302);
      }
    }
  }

  private static Sent gateway(String catalog) {
    return new Sent(ActivePolicySource.always(Disguises.policy(catalog)), NOBODY, Map.of());
  }
}
