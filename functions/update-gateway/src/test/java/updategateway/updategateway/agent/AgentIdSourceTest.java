package updategateway.updategateway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.updategateway.event.Event;

final class AgentIdSourceTest {
  private static final String FRESHCLAM =
      "user-agent:^ClamAV/[^ ]+ \\(.*UUID: ([0-9a-fA-F-]{36})\\)$";

  @ParameterizedTest(name = "{0}, header {1}, query {2}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          header:X-Agent-Id | agent-1         | -                 | agent-1
          header:x-agent-id | -               | -                 | NONE
          header:x-agent-id | ''              | -                 | NONE
          header:x-agent-id | agent-1,agent-2 | -                 | several agent ids
          header:x-agent-id | agent-1         | id=other          | agent-1
          query:id          | -               | -                 | NONE
          query:id          | -               | ''                | NONE
          query:id          | -               | id=7              | 7
          query:id          | -               | a=b&id=7&c=d      | 7
          query:id          | -               | id=7&id=7         | 7
          query:id          | -               | id=7&id=8         | several agent ids
          query:id          | -               | id=               | NONE
          query:id          | -               | id                | NONE
          query:id          | -               | ID=7              | NONE
          query:id          | -               | xid=7             | NONE
          query:id          | -               | id=a%20b          | a b
          query:id          | -               | id=a,b            | a,b
          query:id          | -               | %69d=7            | 7
          query:id          | -               | id=%zz            | an agent id that is not well encoded
          query:id          | -               | a=%zz&id=7        | 7
          query:my id       | -               | my%20id=7         | 7
          """)
  void aHeaderOrAParameterNamesTheAgent(
      String setting, @Nullable String header, @Nullable String query, String expected) {
    Map<String, String> headers = new HashMap<>();
    if (header != null) {
      headers.put("x-agent-id", header);
    }
    assertThat(words(setting, headers, query)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                      | NONE
          Bearer abc             | NONE
          Basic user:password    | user
          basic user:password    | user
          BASIC user:            | user
          Basic üser:pass:word   | üser
          Basic :password        | NONE
          Basic user             | basic authentication without a colon
          Basic %                | basic authentication that is not well encoded
          Basic %ff              | basic authentication that is not well encoded
          """)
  void theUserOfBasicAuthenticationIsTheAgent(@Nullable String header, String expected) {
    Map<String, String> headers = new HashMap<>();
    if (header != null) {
      int space = header.indexOf(' ');
      String rest = header.substring(space + 1);
      String encoded =
          switch (rest) {
            case "%", "abc" -> rest;
            case "%ff" -> Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, ':'});
            default -> Base64.getEncoder().encodeToString(rest.getBytes(StandardCharsets.UTF_8));
          };
      headers.put("authorization", header.substring(0, space + 1) + encoded);
    }
    assertThat(words("basic", headers, null)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ClamAV/1.0.7 (OS: Linux, ARCH: x86_64, CPU: x86_64, UUID: 4c9ff69e-e0d0-4b9e-9b1c-2d8f5e0f7a11) | 4c9ff69e-e0d0-4b9e-9b1c-2d8f5e0f7a11
          ClamAV/1.0.7 (OS: Linux, ARCH: x86_64, CPU: x86_64)                                            | NONE
          curl/8.5.0                                                                                     | NONE
          ''                                                                                             | NONE
          """)
  void freshclamNamesItselfInItsUserAgent(String header, String expected) {
    assertThat(words(FRESHCLAM, Map.of("user-agent", header), null)).isEqualTo(expected);
  }

  @Test
  void aHeaderThatNamesSeveralOrIsTooLongIsUnreadable() {
    String twice = "UUID: a UUID: b";
    assertThat(words("user-agent:UUID: (\\w)", Map.of("user-agent", twice), null))
        .isEqualTo("several agent ids");
    assertThat(words(FRESHCLAM, Map.of("user-agent", "x".repeat(1_025)), null))
        .isEqualTo("a User-Agent longer than 1024 characters");
    assertThat(words("user-agent:(a?)", Map.of("user-agent", "b"), null)).isEqualTo("NONE");
    assertThat(words("user-agent:(a)|b", Map.of("user-agent", "b"), null)).isEqualTo("NONE");
  }

  /** With a matcher that goes back, this pattern would outlive us. */
  @Test
  void noPatternTakesLong() {
    String evil = "a".repeat(1_023) + "!";
    for (String pattern : new String[] {"^(a+)+$", "^((?:a|aa)+)$", "^(.*.*.*.*.*.*.*)x$"}) {
      assertThat(words("user-agent:" + pattern, Map.of("user-agent", evil), null))
          .isEqualTo("NONE");
    }
  }

  @Property(tries = 2_000)
  void nothingThatAClientWritesThrows(@ForAll String text) {
    Map<String, String> headers =
        Map.of("x-agent-id", text, "user-agent", text, "authorization", "Basic " + text);
    for (String setting : new String[] {"header:x-agent-id", "query:id", "basic", FRESHCLAM}) {
      assertThat(words(setting, headers, "id=" + text)).isNotNull();
    }
  }

  private static String words(String setting, Map<String, String> headers, @Nullable String query) {
    Event.HttpRequest request =
        new Event.HttpRequest(
            "GET", "/", query, headers, null, null, null, null, null, false, Event.Front.HTTP_API);
    return switch (AgentIdSource.parse(setting).read(request)) {
      case AgentId.None _ -> "NONE";
      case AgentId.Named named -> named.id();
      case AgentId.Unreadable unreadable -> unreadable.reason();
    };
  }
}
