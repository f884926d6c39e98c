package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.gateway.settings.SettingsReader;
import updategateway.region.AgentRegistry;
import updategateway.region.testing.MmdbWriter;
import updategateway.store.refresh.ActivePolicySource;

/** Requests that the gateway records as sample events, and what a replay makes of them. */
final class EventSamplesTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final String SECRET = "a-secret-of-the-edge";
  private static final AgentRegistry NOWHERE = _ -> new AgentRegistry.Found(Set.of());

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          GET,  /bases/main.cvd,              DE, -,  -,  302
          GET,  /bases/main.cvd,              US, -,  -,  451
          HEAD, /bases/main.cvd,              US, PR, -,  451
          GET,  /bases/main.cvd,              -,  -,  -,  451
          GET,  /bases/main.cvd,              DE, -,  US, 451
          GET,  /bases/main.cvd,              DE, -,  FR, 302
          GET,  /security-training/a.txt,     US, -,  -,  302
          GET,  /advisories/setup.exe;.txt,   US, -,  -,  400
          GET,  /a/../b,                      DE, -,  -,  400
          POST, /bases/main.cvd,              DE, -,  -,  405
          GET,  /.well-known/update-policy,   DE, -,  -,  200
          """)
  void aSampleHasTheSameOutcomeAgain(
      String method,
      String path,
      @Nullable String country,
      @Nullable String subdivision,
      @Nullable String registered,
      int status)
      throws IOException {
    AgentRegistry agents =
        registered == null ? NOWHERE : _ -> new AgentRegistry.Found(Set.of(registered));
    Sent recording =
        gateway(agents, Map.of("REGION_EVIDENCE", "cloudfront-secret", "EDGE_SECRETS", SECRET));
    ObjectNode event = Sent.method(Sent.get(path, country == null ? "" : country, AT), method);
    ((ObjectNode) event.path("requestContext")).remove("authorizer");
    Sent.with(event, "x-edge-secret", SECRET);
    Sent.with(event, "x-agent-id", "agent-7");
    Sent.with(event, "cloudfront-viewer-address", "203.0.113.77:1234");
    if (subdivision != null) {
      Sent.with(event, "cloudfront-viewer-country-region", subdivision);
    }

    Sent.Answered first = recording.send(event);

    assertThat(first.status()).isEqualTo(status);
    JsonNode sample = Sent.JSON.readTree(first.sample());
    assertThat(sample.path("policySet").asText())
        .isEqualTo(UpdateHandlerTest.SHIPPED.policySet().digest().hex());
    assertThat(first.sample()).doesNotContain(SECRET, "agent-7", "203.0.113.77");
    Sent.Answered again = new Sent(shipped(), agentsOf(sample), Map.of()).send((ObjectNode) sample);
    assertThat(again.status()).isEqualTo(status);
    sample
        .path("expect")
        .properties()
        .forEach(
            member -> assertThat(again.line().path(member.getKey())).isEqualTo(member.getValue()));
    assertThat(again.line().path("time")).isEqualTo(first.line().path("time"));
  }

  /** What stands for the table of accounts in a replay. */
  private static AgentRegistry agentsOf(JsonNode sample) {
    return id -> {
      Set<String> places = new HashSet<>();
      sample.path("agents").path(id).forEach(place -> places.add(place.asText()));
      return new AgentRegistry.Found(places);
    };
  }

  @Test
  void aLoadBalancersEventIsRecordedWithTheAddressThatCounted(@TempDir Path folder)
      throws IOException {
    Path database =
        new MmdbWriter("Test-Country", 6)
            .flat("8.8.8.0/24", "US")
            .write(folder.resolve("test.mmdb"));
    Map<String, String> settings =
        Map.of("REGION_EVIDENCE", "alb", "GEO_DATABASE", database.toString());
    ObjectNode event = Sent.JSON.createObjectNode();
    event.put("httpMethod", "GET").put("path", "/bases/main.cvd");
    event.putObject("headers").put("x-forwarded-for", "9.9.9.9, 8.8.8.8");
    event.putObject("requestContext").putObject("elb").put("targetGroupArn", "arn");

    Sent.Answered first = gateway(NOWHERE, settings).send(event);

    assertThat(first.status()).isEqualTo(451);
    assertThat(first.sample()).contains("\"sourceIp\":\"8.8.8.0\"").doesNotContain("9.9.9.9");
    Map<String, String> replayed =
        Map.of("REGION_EVIDENCE", "address", "GEO_DATABASE", database.toString());
    assertThat(
            new Sent(shipped(), NOWHERE, replayed)
                .send((ObjectNode) Sent.JSON.readTree(first.sample()))
                .line()
                .path("region")
                .asText())
        .isEqualTo("US");
  }

  @Test
  void whatAReplayCannotDecideAgainIsNotRecorded() {
    AgentRegistry down = _ -> new AgentRegistry.Unavailable("down");
    ObjectNode named = Sent.with(event(1), "x-agent-id", "agent-7");
    assertThat(gateway(down, Map.of()).send(named).sample()).isEmpty();
    ObjectNode overlong = Sent.with(event(2), "x-more", "x".repeat(40_000));
    assertThat(gateway(NOWHERE, Map.of()).send(overlong).sample()).isEmpty();
    ObjectNode longPath = event(3).put("rawPath", "/bases/" + "a".repeat(3_000));
    assertThat(gateway(NOWHERE, Map.of()).send(longPath).sample()).isEmpty();
    byte[] malformed = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(gateway(NOWHERE, Map.of()).send(malformed).sample()).isEmpty();
  }

  @Test
  void nothingIsRecordedUnlessItIsSet() {
    Sent usual = new Sent(shipped(), NOWHERE, Map.of());
    assertThat(usual.send(event(1)).sample()).isEmpty();
  }

  @Test
  void aShareOfTheRequestsIsRecorded() {
    Sent quarter =
        new Sent(shipped(), NOWHERE, Map.of(SettingsReader.RECORD_EVENTS_PER_MILLION, "250000"));
    int recorded = 0;
    for (int i = 0; i < 4_000; i++) {
      recorded += quarter.send(event(i)).sample().isEmpty() ? 0 : 1;
    }
    assertThat(recorded).isBetween(900, 1_100);
  }

  private static ObjectNode event(int id) {
    ObjectNode event = Sent.get("/bases/main.cvd", "DE", AT);
    ((ObjectNode) event.path("requestContext")).put("requestId", "request-" + id);
    return event;
  }

  private static Sent gateway(AgentRegistry agents, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put(SettingsReader.RECORD_EVENTS_PER_MILLION, "1000000");
    return new Sent(shipped(), agents, all);
  }

  private static ActivePolicySource shipped() {
    return ActivePolicySource.always(UpdateHandlerTest.SHIPPED);
  }
}
