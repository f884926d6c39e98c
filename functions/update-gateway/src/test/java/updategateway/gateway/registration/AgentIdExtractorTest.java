package updategateway.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import updategateway.gateway.event.Event;
import updategateway.region.AgentRegistry;

final class AgentIdExtractorTest {
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
          header:x-agent-id | müller          | -                 | an agent id that none can be: too long, or not in ASCII
          header:x-agent-id | a-1\u00a0      | -                 | an agent id that none can be: too long, or not in ASCII
          header:x-agent-id | a\u200bb       | -                 | an agent id that none can be: too long, or not in ASCII
          query:id          | -               | id=m%C3%BCller  | an agent id that none can be: too long, or not in ASCII
          query:id          | -               | id=a%0Ab         | an agent id that none can be: too long, or not in ASCII
          query:id          | -               | id=a%20          | an agent id that none can be: too long, or not in ASCII
          query:id          | -               | id=a+             | an agent id that none can be: too long, or not in ASCII
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
          Basic user:pass:word   | user
          BASIC user:            | user
          Basic üser:pass:word   | an agent id that none can be: too long, or not in ASCII
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

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          header:x-agent-id|agent-1|
          header:x-agent-id|a 1;=\"x\"|
          header:x-agent-id|a,b|the id "a,b" has a comma
          header:x-agent-id|müller|the id müller has a character that no request can carry, U+00FC
          header:x-agent-id|a-1\u00a0|the id a-1<U+00A0> has a character that no request can carry, U+00A0
          header:x-agent-id|a\u200bb|the id a<U+200B>b has a character
          header:x-agent-id|a\u007fb|the id a<U+007F>b has a character
          header:x-agent-id|\ud83d\ude00|the id <U+1F600> has a character that no request can carry, U+1F600
          header:x-agent-id| a|the id " a" has a space at an end
          header:x-agent-id|a |the id "a " has a space at an end
          query:id|a,b:c|
          query:id|müller|the id müller has a character
          basic|a,b|
          basic|a:b|the id "a:b" has a colon
          user-agent:UUID: (.*)$|a,b:c|
          user-agent:UUID: ([0-9a-f-]{36})|4c9ff69e-e0d0-4b9e-9b1c-2d8f5e0f7a11|
          user-agent:UUID: ([0-9A-F-]{8})|4c9ff69e-e0d0-4b9e-9b1c-2d8f5e0f7a11|the id "4c9ff69e
          user-agent:id=([a-z]+)|ABC|the id "ABC" is none
          user-agent:UUID: ([0-9a-f-]{36})|agent-1|the id "agent-1" is none that the group of AGENT_ID_FROM matches, [0-9a-f-]{36}
          user-agent:UUID: (?:x )?((?:a)[^](]+)|ac|
          user-agent:[(]?UUID: ([a-c]+)|abd|the id "abd" is none
          user-agent:UUID: ([]a]+)|]a|
          user-agent:UUID: (\\(a\\))|(a)|
          user-agent:UUID: (.*)$|a\tb|the id a<U+0009>b has a character
          """)
  void anIdThatCannotTravelIsNamed(String setting, String id, @Nullable String problem) {
    String found = AgentIdExtractor.parse(setting).problem(id).orElse("");
    assertThat(found).startsWith(problem == null ? "" : problem);
    assertThat(found.isEmpty()).isEqualTo(problem == null);
    assertThat(isBrought(setting, id)).isEqualTo(problem == null);
  }

  /** It is stored in lower case, and agents send it in either. */
  @Test
  void aUuidIsTakenInEitherCase() {
    String lower = "4c9ff69e-e0d0-4b9e-9b1c-2d8f5e0f7a11";
    String upper = lower.toUpperCase(Locale.ROOT);
    for (String pattern : new String[] {"UUID: ([0-9a-f-]{36})", "UUID: ([0-9A-F-]{36})"}) {
      AgentIdExtractor source = AgentIdExtractor.parse("user-agent:" + pattern);
      assertThat(source.problem(lower)).as(pattern).isEmpty();
      assertThat(source.problem(upper)).as(pattern).isEmpty();
    }
  }

  @Property(tries = 5_000)
  void anIdIsRejectedExactlyWhenNoRequestBringsIt(
      @ForAll("ids") String id, @ForAll("settings") String setting) {
    assertThat(isBrought(setting, id))
        .isEqualTo(AgentIdExtractor.parse(setting).problem(id).isEmpty());
  }

  @Provide
  Arbitrary<String> ids() {
    Arbitrary<String> printable = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(300);
    Arbitrary<String> separators =
        Arbitraries.strings().withChars("a:, \u00fc\u00a0").ofMaxLength(4);
    return Arbitraries.oneOf(printable, separators, Arbitraries.strings().ofMaxLength(5));
  }

  @Provide
  Arbitrary<String> settings() {
    return Arbitraries.of(
        "header:x-agent-id",
        "query:id",
        "basic",
        "user-agent:UUID: (.*)$",
        "user-agent:^UUID: ([a-z, :]{1,3})$");
  }

  /** Whether a request that an agent sends with the id in this place is one of the agent. */
  private static boolean isBrought(String setting, String id) {
    // As it travels: a header has no spaces at its ends.
    String authorization =
        Base64.getEncoder().encodeToString((id + ":secret").getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers =
        Map.of(
            "x-agent-id",
            id.strip(),
            "user-agent",
            "UUID: " + id,
            "authorization",
            "Basic " + authorization);
    String query = "id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    return words(setting, headers, query).equals(AgentRegistry.normalizeId(id));
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
    return switch (AgentIdExtractor.parse(setting).read(request)) {
      case AgentId.None _ -> "NONE";
      case AgentId.Named named -> named.id();
      case AgentId.Unreadable unreadable -> unreadable.reason();
    };
  }
}
