package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.region.AgentRegistry;
import updategateway.region.testing.MmdbWriter;
import updategateway.store.refresh.ActivePolicySource;

/** Subdivisions that do not exist, parts of parts, and places with two codes. */
final class SubdivisionsTest {
  private static final Instant AT = Instant.parse("2026-11-15T00:00:00Z");

  @TempDir Path folder;

  @ParameterizedTest(name = "[{0}], the edge says {1}: {2}, in {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # What ISO 3166-2 does not have says nothing about where in the country the client is.
          UA-43  | UA+9   | undetermined | UA
          UA-43  | UA+99  | undetermined | UA
          UA-43  | UA+ZZ  | undetermined | UA
          UA-43  | UA+XX  | undetermined | UA
          UA-43  | UA+999 | undetermined | UA
          UA-43  | UA+KRM | undetermined | UA
          UA-43  | UA+43  | refuse       | UA-43
          UA-43  | UA+30  | serve        | UA-30
          NP-P1  | NP+1   | undetermined | NP
          FR-IDF | FR+Z   | undetermined | FR
          # Nor does it matter where nobody asks for the part.
          UA     | UA+9   | refuse       | UA
          DE     | UA+9   | serve        | UA
          # A code that was replaced is the place that has the new one.
          FR-IDF | FR+J   | refuse       | FR-IDF
          FR-NOR | FR+J   | serve        | FR-IDF
          FR-75C | FR+J   | undetermined | FR-IDF
          FR-75C | FR+75  | refuse       | FR-75C
          IN-TS  | IN+TG  | refuse       | IN-TS
          IN-KA  | IN+TG  | serve        | IN-TS
          # Parts of parts.
          GB-SCT | GB+EDH | refuse       | GB-EDH
          GB-SCT | GB+SCT | refuse       | GB-SCT
          GB-EDH | GB+SCT | undetermined | GB-SCT
          GB-EDH | GB+ENG | serve        | GB-ENG
          GB-EDH | GB+GLG | serve        | GB-GLG
          GB-GBN | GB+EDH | refuse       | GB-EDH
          ES-CT  | ES+B   | refuse       | ES-B
          IT-25  | IT+MI  | refuse       | IT-MI
          FR-IDF | FR+75C | refuse       | FR-75C
          BE-VLG | BE+VAN | refuse       | BE-VAN
          # Places with two codes, both ways; the other country covers none.
          CN-HK  | HK     | refuse       | HK
          CN-HK  | CN+HK  | refuse       | HK
          HK     | CN+HK  | refuse       | HK
          CN     | CN+HK  | serve        | HK
          CN-HK  | CN     | serve        | CN
          FR-974 | RE     | refuse       | RE
          RE     | FR+974 | refuse       | RE
          FR     | FR+974 | serve        | RE
          FR     | RE     | serve        | RE
          NL-AW  | AW     | refuse       | AW
          NL-BQ1 | BQ+BO  | refuse       | BQ-BO
          NL-BQ1 | BQ     | undetermined | BQ
          BQ     | NL+BQ3 | refuse       | BQ-SE
          FI-01  | AX     | refuse       | AX
          AX     | FI+01  | refuse       | AX
          FI     | AX     | serve        | AX
          SJ     | NO+21  | refuse       | NO-21
          NO-21  | NO+21  | refuse       | NO-21
          NO-21  | NO+22  | serve        | NO-22
          NO-21  | SJ     | undetermined | SJ
          NO     | SJ     | serve        | SJ
          US     | PR     | refuse       | US-PR
          US-PR  | PR     | refuse       | US-PR
          US-PR  | US     | undetermined | US
          """)
  void aPolicyReachesThePlaceWhateverItIsCalled(
      String locations, String edge, String outcome, String region) {
    JsonNode line = gateway("locations: [" + locations + "]", Map.of()).send(event(edge)).line();
    assertThat(line.path("outcome").asText()).isEqualTo(outcome);
    assertThat(line.path("region").asText()).isEqualTo(region);
  }

  @ParameterizedTest(name = "{0} but {1}, the edge says {2}: {3}")
  @CsvSource({
    "GB, GB-SCT, GB+EDH, serve",
    "GB, GB-SCT, GB+LND, refuse",
    "GB, GB-EDH, GB+SCT, refuse",
    "GB, GB-EDH, GB+EDH, serve",
    "US, PR,     US+PR,  serve",
    "US, PR,     GU,     refuse",
    "US, US-PR,  PR,     serve",
    "HK, CN-HK,  HK,     serve",
    "UA, UA-43,  UA+9,   refuse",
  })
  void onlyAClientThatIsKnownToBeThereIsLeftOut(
      String locations, String except, String edge, String outcome) {
    String scope = "locations: [" + locations + "]\n  except: [" + except + "]";
    assertThat(gateway(scope, Map.of()).send(event(edge)).line().path("outcome").asText())
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "ZZ", "KRM", "a text of some length, \" and \\"})
  void whatIsoDoesNotHaveIsCountedAndNamed(String subdivision) {
    JsonNode line = gateway("locations: [UA-43]", Map.of()).send(event("UA+" + subdivision)).line();
    assertThat(line.path("UnknownSubdivisions").asInt()).isEqualTo(1);
    assertThat(line.path("unknownSubdivisions").asText())
        .startsWith("cloudfront-viewer-country says UA-" + subdivision.substring(0, 1))
        .hasSizeLessThan(60);
    JsonNode known = gateway("locations: [UA-43]", Map.of()).send(event("UA+30")).line();
    assertThat(known.has("UnknownSubdivisions")).isFalse();
    assertThat(known.has("unknownSubdivisions")).isFalse();
  }

  @Test
  void aDatabaseIsReadLikeTheEdge() throws Exception {
    Path database =
        new MmdbWriter("Test-City", 6)
            .builtAt(AT)
            .put("1.0.0.0/24", record("UA", "9"))
            .put("1.0.1.0/24", record("GB", "SCT", "EDH"))
            .put("1.0.2.0/24", record("GB", "ENG", "EDH"))
            .put("1.0.3.0/24", record("FR", "974"))
            .write(Files.createTempFile(folder, "parts", ".mmdb"));
    String[][] rows = {
      {"UA-43", "1.0.0.1", "undetermined"},
      {"GB-EDH", "1.0.1.1", "refuse"},
      {"GB-SCT", "1.0.1.1", "refuse"},
      {"GB-EDH", "1.0.2.1", "refuse"},
      {"GB-ENG", "1.0.2.1", "refuse"},
      {"GB-WLS", "1.0.2.1", "undetermined"},
      {"FR", "1.0.3.1", "serve"},
      {"RE", "1.0.3.1", "refuse"},
    };
    for (String[] row : rows) {
      ObjectNode event = Sent.get("/bases/main.cvd", "", AT);
      Sent.with(event, "cloudfront-viewer-address", row[1] + ":443");
      JsonNode line =
          gateway("locations: [" + row[0] + "]", Map.of("GEO_DATABASE", database.toString()))
              .send(event)
              .line();
      assertThat(line.path("outcome").asText()).as(String.join(" ", row)).isEqualTo(row[2]);
      assertThat(line.path("UnknownSubdivisions").asInt())
          .isEqualTo(row[1].startsWith("1.0.0.") ? 1 : 0);
      assertThat(line.path("EvidenceConflicts").asInt())
          .isEqualTo(row[1].startsWith("1.0.2.") ? 1 : 0);
    }
  }

  @ParameterizedTest(name = "registered in {1}, policy on {0}: {2}")
  @CsvSource({
    "GB-SCT, GB-EDH, refuse",
    "CN-HK,  HK,     refuse",
    "HK,     CN-HK,  refuse",
    "IN-TS,  IN-TG,  refuse",
    "UA-43,  UA-14,  serve",
    "UA-43,  UA-99,  undetermined",
  })
  void anAccountIsReadAsWell(String locations, String account, String outcome) {
    ObjectNode event = Sent.with(event("JP"), "x-agent-id", "somebody");
    JsonNode line =
        gateway(
                "locations: [" + locations + "]",
                Map.of(),
                _ -> new AgentRegistry.Found(Set.of(account)))
            .send(event)
            .line();
    assertThat(line.path("outcome").asText()).isEqualTo(outcome);
  }

  private static Map<String, Object> record(String country, String... subdivisions) {
    return Map.of(
        "country",
        Map.of("iso_code", country),
        "subdivisions",
        List.of(subdivisions).stream().map(code -> Map.of("iso_code", code)).toList());
  }

  private static ObjectNode event(String edge) {
    ObjectNode event = Sent.get("/bases/main.cvd", edge.substring(0, 2), AT);
    return edge.length() == 2
        ? event
        : Sent.with(event, "cloudfront-viewer-country-region", edge.substring(3));
  }

  private static Sent gateway(String scope, Map<String, String> settings) {
    return gateway(scope, settings, _ -> new AgentRegistry.Found(Set.of()));
  }

  private static Sent gateway(String scope, Map<String, String> settings, AgentRegistry agents) {
    List<PolicyFile> files = new ArrayList<>();
    for (PolicyFile file : UpdateHandlerTest.shippedFiles()) {
      files.add(
          file.name().startsWith("us-icts")
              ? new PolicyFile(
                  file.name(), file.text().replaceFirst("(?m)^  locations: .*$", "  " + scope))
              : file);
    }
    try {
      return new Sent(
          ActivePolicySource.always(Evaluator.of(PolicyFiles.read(files))), agents, settings);
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }
}
