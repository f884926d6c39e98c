package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.gateway.testing.Disguises;
import updategateway.gateway.testing.FileServer;
import updategateway.gateway.testing.PathVariants;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/** Nothing that is refused can be had by another name, and nothing else is turned away. */
final class TricksTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());
  private static final Sent SHIPPED =
      new Sent(ActivePolicySource.always(UpdateHandlerTest.shipped()), NOBODY, Map.of());
  private static final Sent WIDE =
      new Sent(ActivePolicySource.always(Disguises.policy()), NOBODY, Map.of());

  static Stream<String> tricks() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(TricksTest.class.getResourceAsStream("tricks.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tricks")
  void aPathIsServedAsItSaysOrNotAtAll(String line) throws Exception {
    int end = line.lastIndexOf('"') + 1;
    String path = Sent.JSON.readValue(line.substring(0, end), String.class);
    List<String> statuses = List.of(line.substring(end).strip().split(" ", -1));
    for (int i = 0; i < 2; i++) {
      String country = List.of("US", "DE").get(i);
      Sent.Answered answer = SHIPPED.send(Sent.get(path, country, AT));
      assertThat(answer.status()).as(country).isEqualTo(Integer.parseInt(statuses.get(i)));
      if (answer.status() == 302) {
        assertThat(answer.header("Location").orElse(""))
            .startsWith("https://origin.example/files/");
      }
    }
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void noOriginOpensForAServedPathWhatIsRefused(@ForAll long seed) {
    String path = Disguises.disguised(new SplittableRandom(seed));
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
    for (String opened : PathVariants.opened(sent)) {
      assertThat(refused(opened)).as("%s for %s, asked for as %s", opened, sent, path).isFalse();
    }
  }

  private static boolean refused(String file) {
    return WIDE.send(Sent.get(encoded(file), "US", AT)).status() == 451;
  }

  private static String encoded(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Found by the property above: one letter of a name that is two when folded, and a trick beside
   * it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/größe::$dāta/a.bin/",
        "/größe/a.bin::$dāta",
        "/x/%2ē%2ē/größe/a.bin",
        "/größe/x/%2ē%2ē/a.bin",
        "/GRÖẞE/a.bin",
        "/GRÖẞE::$dāta/a.bin"
      })
  void aLetterThatFoldsToTwoHidesNoTrick(String path) {
    assertThat(WIDE.send(Sent.get(encoded(path), "US", AT)).status()).isNotEqualTo(302);
  }

  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
  void aClientWhomNoPolicyCoversMayUseAnyName(@ForAll long seed) {
    String path = Disguises.disguised(new SplittableRandom(seed));
    Sent.Answered answer = WIDE.send(Sent.get(path, "DE", AT));
    if (answer.status() != 302) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).doesNotContain("servers");
    }
  }

  /** To an origin that ignores case they are one folder: neither hides the other. */
  @ParameterizedTest(name = "{0}: {1} from the US, {2} from elsewhere")
  @CsvSource({
    "/bases/main.cvd, 451, 302",
    "/Bases/main.cvd, 451, 302",
    "/BASES/main.cvd, 451, 302",
    "/BASES/main.cvd%3F.txt, 451, 302",
    "/Bases;x/main.cvd, 400, 302",
    "/bases/README.txt, 302, 302",
    "/bases/readme.txt, 451, 302",
    "/Manuals/a.PDF, 302, 302",
    "/Manuals/setup.pdf, 302, 302",
    "/manuals/a.pdf, 302, 302",
    "/manuals/SETUP.pdf, 302, 302",
    "/Tools/fix.exe, 451, 302",
    "/tools/FIX.exe, 451, 302",
    "/größe/a.bin, 451, 302",
    "/GRÖSSE/a.bin, 400, 302",
    "/Free/b, 302, 302"
  })
  void routesThatDifferOnlyInCaseDoNotHideEachOther(String path, int covered, int elsewhere)
      throws Exception {
    Sent gateway =
        new Sent(
            ActivePolicySource.always(
                Disguises.policy(
                    """
                    routes:
                      - {path: /bases/README.txt, product: docs, activity: informational}
                      - {path: /Bases/*, product: docs, activity: informational}
                      - {path: /bases/**, product: endpoint-security, activity: signature-update}
                      - {path: /Manuals/*.PDF, product: docs, activity: informational}
                      - {path: /Manuals/**, product: docs, activity: informational}
                      - {path: /TOOLS/*.exe, product: docs, activity: informational}
                      - {path: /tools/f*, product: endpoint-security, activity: patch-update}
                      - {path: /größe/**, product: endpoint-security, activity: patch-update}
                      - {path: /**, product: anything-else, activity: informational}
                    """)),
            NOBODY,
            Map.of());
    assertThat(gateway.send(Sent.get(path, "US", AT)).status()).isEqualTo(covered);
    assertThat(gateway.send(Sent.get(path, "DE", AT)).status()).isEqualTo(elsewhere);
  }

  @Test
  void whatIsSaidBackOfAPathIsTheShortNameOfAProduct() {
    String name = "a".repeat(64);
    for (String accept : List.of("text/plain", "application/json")) {
      Sent.Answered shortName =
          SHIPPED.send(
              Sent.with(Sent.get("/products/" + name + "/patches/1", "US", AT), "accept", accept));
      assertThat(shortName.status()).isEqualTo(451);
      assertThat(shortName.body()).contains(name);
      Sent.Answered longName =
          SHIPPED.send(
              Sent.with(Sent.get("/products/" + name + "b/patches/1", "US", AT), "accept", accept));
      assertThat(longName.status()).isEqualTo(451);
      assertThat(longName.body()).contains("unclassified").doesNotContain("aaa");
    }
  }

  @Test
  void aRedirectIsNotFreshBeyondTheTimeFromWhichOnAPolicyCoversTheClient() {
    Instant first = Instant.parse("2024-07-20T04:00:00Z");
    String path = "/advisories/a:b.txt";
    Sent.Answered before = SHIPPED.send(Sent.get(path, "US", first.minusSeconds(90)));
    assertThat(before.status()).isEqualTo(302);
    assertThat(before.header("Cache-Control")).contains("private, max-age=90, stale-if-error=0");
    assertThat(before.header("Sunset")).contains("Sat, 20 Jul 2024 04:00:00 GMT");
    assertThat(SHIPPED.send(Sent.get(path, "US", first)).status()).isEqualTo(400);
  }

  @Test
  void aRedirectIsNotFreshBeyondTheTimeAtWhichTheNameInOtherCaseIsRefused() {
    String path = "/BASES/main.cvd";
    Sent.Answered before = WIDE.send(Sent.get(path, "US", AT.minusSeconds(90)));
    assertThat(before.status()).isEqualTo(302);
    assertThat(before.header("Cache-Control")).contains("private, max-age=90, stale-if-error=0");
    assertThat(before.header("Sunset")).contains("Sun, 29 Sep 2024 04:00:00 GMT");
    Sent.Answered refused = WIDE.send(Sent.get(path, "US", AT));
    assertThat(refused.status()).isEqualTo(451);
    assertThat(refused.line().path("activity").asText()).isEqualTo("signature-update");
  }

  @Test
  void aRegistrationDecidesWhetherOnlyPortableNamesAreServed() {
    Sent gateway =
        new Sent(
            ActivePolicySource.always(UpdateHandlerTest.shipped()),
            _ -> new AgentRegistry.Found(Set.of("US")),
            Map.of());
    ObjectNode event =
        Sent.with(Sent.get("/advisories/setup.exe;.txt", "DE", AT), "x-agent-id", "agent-1");
    assertThat(gateway.send(event).status()).isEqualTo(400);
    assertThat(SHIPPED.send(event).status()).isEqualTo(302);
  }

  /** A table that does not answer is waited for once. */
  @Test
  void forAnUnusualNameAnAccountIsLookedUpOnce() throws Exception {
    List<String> lookups = new ArrayList<>();
    Evaluator policy =
        Evaluator.of(
            PolicyFiles.read(
                List.of(
                    new PolicyFile(
                        "catalog.yaml",
                        """
                        routes:
                          - {path: /docs/setup.exe, product: two, activity: patch-update}
                          - {path: /docs/**, product: one, activity: signature-update}
                        """),
                    new PolicyFile(
                        "policy.yaml",
                        """
                        id: cut-off
                        title: A cut-off
                        authority: Somebody
                        citation: Somewhere
                        scope: {locations: [US], subjects: [registered]}
                        products: ["*"]
                        phases:
                          - id: updates
                            from: 2024-09-29 00:00 America/New_York
                            refuses: [signature-update, patch-update]
                        undetermined: refuse
                        """))));
    Sent gateway =
        new Sent(
            ActivePolicySource.always(policy),
            id -> {
              lookups.add(id);
              return new AgentRegistry.Found(Set.of("DE"));
            },
            Map.of());
    ObjectNode event =
        Sent.with(Sent.get("/docs/setup.exe;.txt", "DE", AT), "x-agent-id", "agent-1");
    assertThat(gateway.send(event).status()).isEqualTo(302);
    assertThat(lookups).containsExactly("agent-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://origin.example",
        "https://origin.example/",
        "https://origin.example/files",
        "https://origin.example/files/",
        "https://origin.example:8443/a/b"
      })
  void noPathLeavesTheOrigin(String origin) throws Exception {
    Sent gateway =
        new Sent(
            ActivePolicySource.always(UpdateHandlerTest.shipped()),
            NOBODY,
            Map.of("ORIGIN_URL", origin));
    String base = origin.replaceAll("/$", "");
    for (String path :
        List.of(
            "/",
            "/@evil.example",
            "/evil.example",
            "/.evil.example",
            "/:80",
            "/%40evil.example",
            "/;@evil.example",
            "/http:/evil.example",
            "/./evil.example",
            "/././",
            "/.",
            "/./@evil.example/.",
            "/%3Fx",
            "/%23x")) {
      String location = gateway.send(Sent.get(path, "DE", AT)).header("Location").orElseThrow();
      URI uri = new URI(location);
      URI expected = new URI(base);
      assertThat(location).startsWith(base + "/");
      assertThat(uri.getScheme()).isEqualTo(expected.getScheme());
      assertThat(uri.getRawAuthority()).isEqualTo(expected.getRawAuthority());
      assertThat(uri.getRawUserInfo()).isNull();
      assertThat(uri.getRawQuery()).isNull();
      assertThat(uri.getRawFragment()).isNull();
      assertThat(uri.normalize()).isEqualTo(uri);
    }
  }

  @ParameterizedTest(name = "a path of {0} and a query of {1} characters: {2}")
  @CsvSource({
    "8192, 0, 302",
    "8193, 0, 414",
    "1, 8192, 302",
    "1, 8193, 414",
    "100000, 0, 414",
    "100000, 100000, 414"
  })
  void aTargetHasALength(int path, int query, int status) {
    ObjectNode event = Sent.get("/" + "a".repeat(path - 1), "DE", AT);
    event.put("rawQueryString", "q".repeat(query));
    assertThat(SHIPPED.send(event).status()).isEqualTo(status);
  }

  @ParameterizedTest(name = "{0} segments: {1}")
  @CsvSource({"128, 302", "129, 414", "4000, 414"})
  void aPathHasADepth(int segments, int status) {
    assertThat(SHIPPED.send(Sent.get("/a".repeat(segments), "DE", AT)).status()).isEqualTo(status);
  }

  @Test
  void aPathThatGrowsBeyondTheLengthWhenItIsEncodedIsTooLong() {
    assertThat(SHIPPED.send(Sent.get("/" + "ü".repeat(1_300), "DE", AT)).status()).isEqualTo(302);
    assertThat(SHIPPED.send(Sent.get("/" + "ü".repeat(1_400), "DE", AT)).status()).isEqualTo(414);
  }

  @ParameterizedTest(name = "{0} headers of {1} characters: {2}")
  @CsvSource({"100, 10, 302", "126, 10, 302", "200, 10, 431", "1, 30000, 302", "1, 40000, 431"})
  void headersHaveANumberAndALength(int headers, int length, int status) {
    for (String country : List.of("US", "DE")) {
      ObjectNode event = Sent.get("/bases/main.cvd", country, AT);
      for (int i = 0; i < headers; i++) {
        Sent.with(event, "x-" + i, "v".repeat(length));
      }
      assertThat(SHIPPED.send(event).status())
          .isEqualTo(status == 302 && country.equals("US") ? 451 : status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/<script>alert(1)</script>/../x",
        "/%zz<img src=x onerror=alert(1)>",
        "/a\r\nSet-Cookie: a=b",
        "/\u2028\u2029%",
        "/{\"status\":302}/..",
        "/..;<b>"
      })
  void nothingOfTheClientsComesBackInABody(String path) throws Exception {
    for (String accept : List.of("text/plain", "application/json", "text/html")) {
      for (String method : List.of("GET", "<b>" + path)) {
        ObjectNode event = Sent.method(Sent.get(path, "US", AT), method);
        event.put("rawQueryString", "<script>");
        Sent.Answered answer = SHIPPED.send(Sent.with(event, "accept", accept));
        assertThat(answer.status()).isIn(400, 405);
        assertThat(answer.body()).doesNotContain("<", ">", "script", "alert", "Cookie", "\u2028");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("Content-Type").orElse(""))
            .isIn("text/plain; charset=us-ascii", "application/problem+json");
        answer
            .headers()
            .properties()
            .forEach(header -> assertThat(header.getValue().asText()).matches("[\\x20-\\x7e]*"));
      }
    }
  }

  @Test
  void whatAFrontHasDecodedAlreadyIsMatchedAndSentAlike() {
    // HTTP APIs decode rawPath once, function URLs do not: `/a%2520b` comes as `/a%20b` or as it
    // was sent. Either way what is matched is what is sent, and a further layer opens nothing.
    assertThat(SHIPPED.send(Sent.get("/bases/ma in.cvd", "DE", AT)).header("Location"))
        .contains("https://origin.example/files/bases/ma%20in.cvd");
    for (String path : List.of("/bases/main.cvd", "/%62ases/main.cvd", "/%2562ases/main.cvd")) {
      assertThat(SHIPPED.send(Sent.get(path, "US", AT)).status()).isEqualTo(451);
    }
    for (String path :
        List.of(
            "/advisories/../bases/main.cvd",
            "/advisories/%2e%2e/bases/main.cvd",
            "/advisories/%252e%252e/bases/main.cvd",
            "/advisories/%25252e%25252e/bases/main.cvd")) {
      assertThat(SHIPPED.send(Sent.get(path, "US", AT)).status()).isEqualTo(400);
    }
  }
}
