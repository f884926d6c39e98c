package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.region.AgentRegistry;
import updategateway.region.testing.MmdbWriter;
import updategateway.store.refresh.ActivePolicySource;

/** Sources that agree, of which one knows more than the other. */
final class FinerPlacesTest {
  private static final Instant AT = Instant.parse("2026-11-15T00:00:00Z");
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());
  private static final String PARTS = "locations: [UA-43, UA-14, UA-09]";
  private static final String BUT_PUERTO_RICO = "locations: [US]\n  except: [US-PR]";

  /** By the third byte of its addresses. */
  private static final List<String> PLACES =
      List.of("UA", "UA-30", "UA-43", "US", "PR", "US-NY", "DE", "DE-BY");

  private static final Path DATABASE = database();

  private static Path database() {
    try {
      MmdbWriter database = new MmdbWriter("Test-City", 6).builtAt(AT);
      for (int i = 0; i < PLACES.size(); i++) {
        database.put("1.0." + i + ".0/24", record(PLACES.get(i)));
      }
      return database
          .put(
              "1.1.0.0/24",
              Map.of(
                  "country", Map.of("iso_code", "UA"),
                  "subdivisions", List.of(Map.of("iso_code", "30")),
                  "traits", Map.of("is_anonymous", true)))
          .put(
              "1.1.1.0/24",
              Map.of(
                  "country", Map.of("iso_code", "UA"),
                  "traits", Map.of("is_anonymous", true)))
          .put(
              "1.1.2.0/24",
              Map.of(
                  "country", Map.of("iso_code", "US"),
                  "represented_country", Map.of("iso_code", "PR")))
          .write(Files.createTempFile("finer", ".mmdb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> record(String place) {
    Map<String, Object> country = Map.of("iso_code", place.substring(0, 2));
    return place.length() == 2
        ? Map.of("country", country)
        : Map.of(
            "country", country, "subdivisions", List.of(Map.of("iso_code", place.substring(3))));
  }

  @ParameterizedTest(name = "edge {0}, address {1} as {2}: {3}, {4} by {5}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          UA-30, -,       -,       serve,        UA-30, cloudfront-viewer-country
          UA-30, 1.0.0.1, -,       serve,        UA-30, cloudfront-viewer-country
          UA,    1.0.1.1, -,       serve,        UA-30, address-database
          UA-30, 1.0.1.1, -,       serve,        UA-30, 'cloudfront-viewer-country,address-database'
          UA-43, 1.0.0.1, -,       refuse,       UA-43, cloudfront-viewer-country
          UA,    1.0.2.1, -,       refuse,       UA-43, address-database
          UA,    1.0.0.1, -,       undetermined, UA,    'cloudfront-viewer-country,address-database'
          UA-30, 1.0.2.1, -,       refuse,       UA-43, address-database
          -,     1.0.1.1, -,       serve,        UA-30, address-database
          # What cannot be relied on takes the place of nothing.
          UA,    1.1.0.1, -,       undetermined, UA,    cloudfront-viewer-country
          UA-30, 1.1.1.1, -,       undetermined, UA,    address-database
          # Nor does what anybody can send, and a claim that agrees changes nothing.
          UA,    -,       in-kyiv, undetermined, UA,    cloudfront-viewer-country
          UA-30, -,       in-ua,   serve,        UA-30, cloudfront-viewer-country
          UA,    1.0.1.1, in-ua,   serve,        UA-30, address-database
          UA-30, -,       in-43,   refuse,       UA-43, correction in-43
          """)
  void ofACountryAndAPartOfItThePartCounts(
      @Nullable String edge,
      @Nullable String address,
      @Nullable String agent,
      String outcome,
      String region,
      String source) {
    Sent.Answered answer = gateway(PARTS).send(event(edge, address, agent));
    assertThat(answer.line().path("outcome").asText()).isEqualTo(outcome);
    assertThat(answer.line().path("region").asText()).isEqualTo(region);
    assertThat(answer.line().path("regionSource").asText()).isEqualTo(source);
  }

  @ParameterizedTest(name = "edge {0}, address {1}: {2}, {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        "US-PR, -,       serve,  US-PR",
        "US-PR, 1.0.3.1, serve,  US-PR",
        "PR,    1.0.3.1, serve,  US-PR",
        "US,    1.0.4.1, serve,  US-PR",
        "US,    1.0.3.1, refuse, US",
        "US-NY, 1.0.4.1, refuse, US-NY",
        // A network in the US that stands for Puerto Rico is in the US.
        "US,    1.1.2.1, refuse, US",
      })
  void anExceptionIsNotUndoneByWhoKnowsLess(
      String edge, @Nullable String address, String outcome, String region) {
    Sent.Answered answer = gateway(BUT_PUERTO_RICO).send(event(edge, address, null));
    assertThat(answer.line().path("outcome").asText()).isEqualTo(outcome);
    assertThat(answer.line().path("region").asText()).isEqualTo(region);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void aSourceThatAgreesAndKnowsLessChangesNothing(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Sent gateway = random.nextBoolean() ? gateway(PARTS) : gateway(BUT_PUERTO_RICO);
    String finer = PLACES.get(random.nextInt(PLACES.size()));
    String country = finer.equals("PR") ? "US" : finer.substring(0, 2);
    Sent.Answered alone = gateway.send(event(finer, null, null));
    Sent.Answered coarserDatabase =
        gateway.send(event(finer, "1.0." + PLACES.indexOf(country) + ".1", null));
    Sent.Answered coarserEdge =
        gateway.send(event(country, "1.0." + PLACES.indexOf(finer) + ".1", null));
    for (Sent.Answered beside : List.of(coarserDatabase, coarserEdge)) {
      assertThat(beside.line().path("outcome")).isEqualTo(alone.line().path("outcome"));
      assertThat(beside.line().path("region")).isEqualTo(alone.line().path("region"));
      assertThat(beside.header("Location")).isEqualTo(alone.header("Location"));
      assertThat(beside.line().has("conflict")).isFalse();
    }
  }

  private static ObjectNode event(
      @Nullable String edge, @Nullable String address, @Nullable String agent) {
    ObjectNode event = Sent.get("/bases/main.cvd", edge == null ? "" : edge.substring(0, 2), AT);
    if (edge != null && edge.length() > 2) {
      Sent.with(event, "cloudfront-viewer-country-region", edge.substring(3));
    }
    if (address != null) {
      Sent.with(event, "cloudfront-viewer-address", address + ":443");
    }
    return agent == null ? event : Sent.with(event, "x-agent-id", agent);
  }

  private static Sent gateway(String scope) {
    return new Sent(
        ActivePolicySource.always(policies(scope)),
        NOBODY,
        Map.of("GEO_DATABASE", DATABASE.toString()));
  }

  private static Evaluator policies(String scope) {
    List<PolicyFile> files = new ArrayList<>();
    for (PolicyFile file : UpdateHandlerTest.shippedFiles()) {
      if (file.name().startsWith("us-icts")) {
        String text = file.text().replaceFirst("(?m)^  locations: .*$", "  " + scope);
        files.add(new PolicyFile(file.name(), text));
      } else if (!file.name().equals(PolicyFiles.CORRECTIONS)) {
        files.add(file);
      }
    }
    files.add(
        new PolicyFile(
            PolicyFiles.CORRECTIONS,
            "corrections:\n"
                + correction("in-kyiv", "UA-30")
                + correction("in-ua", "UA")
                + correction("in-43", "UA-43")));
    try {
      return Evaluator.of(PolicyFiles.read(files));
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String correction(String agent, String place) {
    return "  - {id: "
        + agent
        + ", agent: "
        + agent
        + ", place: "
        + place
        + ", because: a test, approved-by: a test, from: '2026-11-01T00:00:00Z', until:"
        + " '2026-12-01T00:00:00Z'}\n";
  }
}
