package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/** What API Gateway puts before a path: the stage, which an event names, and an API mapping. */
final class PathPrefixTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());

  @ParameterizedTest(name = "rawPath {0}, stage {1}, mapping {2}: {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        // The stage, exactly where it is one.
        "/default/bases/main.cvd, default, -, /bases/main.cvd",
        "/default, default, -, /",
        "/default/, default, -, /",
        "/default/default/x, default, -, /default/x",
        "/prod-1/advisories/x.txt, prod-1, -, /advisories/x.txt",
        "/bases/main.cvd, $default, -, /bases/main.cvd",
        "/$default/main.cvd, $default, -, /$default/main.cvd",
        "/default/bases/main.cvd, $default, -, /default/bases/main.cvd",
        "/default/bases/main.cvd, -, -, /default/bases/main.cvd",
        "/defaults/main.cvd, default, -, /defaults/main.cvd",
        "/Default/main.cvd, default, -, /Default/main.cvd",
        "/%64efault/main.cvd, default, -, /default/main.cvd",
        // The mapping.
        "/updates/bases/main.cvd, $default, updates, /bases/main.cvd",
        "/updates, $default, updates, /",
        "/bases/main.cvd, $default, updates, /bases/main.cvd",
        "/updates2/main.cvd, $default, updates, /updates2/main.cvd",
        "/dl/v1/bases/main.cvd, $default, dl/v1, /bases/main.cvd",
        "/dl/v1/bases/main.cvd, prod, dl/v1, /bases/main.cvd",
        "/prod/bases/main.cvd, prod, dl/v1, /bases/main.cvd",
        "/prod/dl/v1/bases/main.cvd, prod, dl/v1, /bases/main.cvd",
        "/bases/main.cvd, $default, -, /bases/main.cvd",
      })
  void isRemovedWhereItIsOne(
      String rawPath, @Nullable String stage, @Nullable String mapping, String sent) {
    Sent.Answered answer = gateway(mapping).send(event(rawPath, stage, rawPath, "DE"));
    assertThat(answer.header("Location")).contains("https://origin.example/files" + sent);
    assertThat(answer.line().path("path").asText()).isEqualTo(sent);
  }

  @ParameterizedTest(name = "rawPath {0}, stage {1}")
  @CsvSource({
    "/default//evil.example, default",
    "/default/../bases/main.cvd, default",
    "/default//, default",
    "//default/bases/main.cvd, default"
  })
  void whatIsLeftIsReadAsAnyPath(String rawPath, String stage) {
    assertThat(gateway(null).send(event(rawPath, stage, rawPath, "DE")).status()).isEqualTo(400);
  }

  @Test
  void whatIsRefusedIsRefusedBehindAStageToo() {
    assertThat(
            gateway(null)
                .send(event("/default/bases/main.cvd", "default", "/default/bases/main.cvd", "US"))
                .status())
        .isEqualTo(451);
    assertThat(
            gateway(null)
                .send(
                    event(
                        "/default/advisories/x.txt", "default", "/default/advisories/x.txt", "US"))
                .status())
        .isEqualTo(302);
  }

  @ParameterizedTest(name = "rawPath {0}, http.path {1}, stage {2}, mapping {3}: {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "/updates/x.txt, /updates/x.txt, prod, -, true",
        "/updates/x.txt, /x.txt, $default, -, true",
        "/x.txt, /updates/x.txt, $default, -, true",
        "/, /updates/, $default, -, true",
        "/updates/x.txt, /updates/x.txt, prod, updates, false",
        "/updates/x.txt, /x.txt, $default, updates, false",
        "/prod/x.txt, /prod/x.txt, prod, -, false",
        "/updates/x.txt, /updates/x.txt, $default, -, false",
        "/x.txt, -, $default, -, false",
        "/a b, /a%20b, $default, -, false",
      })
  void aMappingThatNobodySetIsNamedAndCounted(
      String rawPath,
      @Nullable String path,
      String stage,
      @Nullable String mapping,
      boolean shown) {
    Sent.Answered answer = gateway(mapping).send(event(rawPath, stage, path, "DE"));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.line().has("unsetMapping")).isEqualTo(shown);
    assertThat(answer.line().path("ApiMappingUnset").asInt()).isEqualTo(shown ? 1 : 0);
    assertThat(answer.line().path("unsetMapping").asText("API_MAPPING")).contains("API_MAPPING");
  }

  private static Sent gateway(@Nullable String mapping) {
    return new Sent(
        ActivePolicySource.always(UpdateHandlerTest.shipped()),
        NOBODY,
        mapping == null ? Map.of() : Map.of("API_MAPPING", mapping));
  }

  private static ObjectNode event(
      String rawPath, @Nullable String stage, @Nullable String path, String country) {
    ObjectNode event = Sent.get(rawPath, country, AT);
    ObjectNode context = (ObjectNode) event.path("requestContext");
    if (stage != null) {
      context.put("stage", stage);
    }
    ObjectNode http = (ObjectNode) context.path("http");
    if (path == null) {
      http.remove("path");
    } else {
      http.put("path", path);
    }
    return event;
  }
}
