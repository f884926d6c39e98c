package updategateway.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.gateway.registration.AgentIdExtractor;
import updategateway.region.EdgeAuthentication;
import updategateway.region.LocationSource;
import updategateway.store.agents.AgentCacheSettings;

final class SettingsReaderTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "ORIGIN_URL", "https://updates.example/files/",
          "OPERATOR_NAME", "Example Inc.",
          "OPERATOR_URL", "https://vendor.example/legal",
          "CONTACT", "legal@vendor.example");

  @Test
  void whatIsNotSetHasItsDefault() {
    GatewaySettings settings = SettingsReader.read(LEAST);
    assertThat(settings.origin().base()).isEqualTo("https://updates.example/files");
    assertThat(settings.trust())
        .isEqualTo(new LocationSource.Edge(new EdgeAuthentication.SignedRequest()));
    assertThat(settings.geoDatabase()).isNull();
    assertThat(settings.geoMaxAge()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.agentId()).isEqualTo(new AgentIdExtractor.Header("x-agent-id"));
    assertThat(settings.agentsCache()).isEqualTo(AgentCacheSettings.DEFAULT);
    assertThat(settings.cacheMaxAge()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.maxClockSkew()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.policyRefresh()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.policyMaxAge()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.store().policySetsTable()).isEqualTo("PolicySets");
    assertThat(settings.store().endpoint()).isNull();
    assertThat(settings.store().timeouts().budget()).isEqualTo(Duration.ofMillis(400));
    assertThat(settings.store().timeouts().firstLoad()).isEqualTo(Duration.ofSeconds(6));
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          ORIGIN_URL              | -                          | ORIGIN_URL is not set
          ORIGIN_URL              | ftp://updates.example      | is not an address like
          ORIGIN_URL              | https://a@updates.example  | user data
          ORIGIN_URL              | https://updates.example?x  | has a query
          ORIGIN_URL              | https://updates.example#x  | has a query, a fragment
          ORIGIN_URL              | updates.example            | is not an address like
          ORIGIN_URL              | https://u.example/a/../b   | write it plainly
          ORIGIN_URL              | https://u.example/a//b     | write it plainly
          ORIGIN_URL              | https://u.example/a%2fb    | write it plainly
          OPERATOR_URL            | javascript:alert(1)        | is a web address
          CONTACT                 | -                          | CONTACT is not set
          CONTACT                 | юрист@пример.рф            | write an address of ASCII alone, a domain in its punycode form (xn--...)
          CONTACT                 | jürgen@vendor.example      | has letters that are not in ASCII
          OPERATOR_NAME           | Лаборатория К              | write it in Latin letters
          AGENT_ID_FROM           | basic                      | with REGION_EVIDENCE=cloudfront the edge signs in the header of basic authentication
          REGION_EVIDENCE         | trust-me                   | it is cloudfront, cloudfront-secret, address or alb
          REGION_EVIDENCE         | cloudfront-secret          | EDGE_SECRETS is not set
          CACHE_MAX_AGE_SECONDS   | -1                         | from 0 to 31536000
          CACHE_MAX_AGE_SECONDS   | 1h                         | a whole number of seconds
          MAX_CLOCK_SKEW_SECONDS  | 1e3                        | a whole number of seconds
          POLICY_REFRESH_SECONDS  | 0                          | from 1 to 86400
          POLICY_MAX_AGE_SECONDS  | 5                          | shorter than POLICY_REFRESH_SECONDS
          POLICY_LOAD_MILLIS      | 99                         | milliseconds from 100 to 25000
          DYNAMODB_BUDGET_MILLIS  | 0.4                        | milliseconds from 20 to 10000
          API_MAPPING             | /updates                   | without slashes at its ends
          API_MAPPING             | updates/                   | without slashes at its ends
          API_MAPPING             | a//b                       | without slashes at its ends
          API_MAPPING             | a/../b                     | is the key of an API mapping
          API_MAPPING             | a%2fb                      | letters, digits
          API_MAPPING             | a b                        | letters, digits
          GEO_DATABASE            | /no/such.mmdb              | is no file: name a database
          GEO_DATABASE            | pom.xml                    | is no database in the MaxMind DB format
          GEO_MAX_AGE_DAYS        | 0                          | a whole number of days from 1 to 3650
          AGENT_ID_FROM           | cookie:id                  | is header:NAME, query:NAME, basic or user-agent:PATTERN
          AGENT_ID_FROM           | header:                    | is the name of a header
          AGENT_ID_FROM           | header:x y                 | is the name of a header
          AGENT_ID_FROM           | query:                     | is query:NAME
          AGENT_ID_FROM           | basic:x                    | with nothing behind it
          AGENT_ID_FROM           | user-agent:(               | is no regular expression
          AGENT_ID_FROM           | user-agent:UUID            | with one group
          AGENT_ID_FROM           | user-agent:(a)(b)          | it has 2
          AGENT_ID_FROM           | user-agent:(a)\\1          | is no regular expression
          AGENTS_CACHE_SECONDS    | -1                         | a whole number of seconds from 0 to 86400
          AGENTS_ABSENT_CACHE_SECONDS | soon                   | a whole number of seconds
          AGENTS_CACHE_ENTRIES    | 1000001                    | a whole number of accounts
          AGENT_ID_HEADER         | x agent                    | the name of a header
          AGENT_ID_HEADER         | Authorization              | carries credentials, which are no agent id
          AGENT_ID_HEADER         | cookie                     | carries credentials
          AGENT_ID_HEADER         | x-edge-secret              | carries credentials
          AGENT_ID_HEADER         | user-agent                 | names a program, which many agents share: for an id that stands in it set AGENT_ID_FROM to user-agent:PATTERN
          AGENT_ID_HEADER         | accept                     | is a header of HTTP itself
          AGENT_ID_HEADER         | If-None-Match              | is a header of HTTP itself
          AGENT_ID_HEADER         | cloudfront-viewer-country  | is written on the way and not by the agent
          AGENT_ID_HEADER         | x-forwarded-for            | is written on the way
          AGENT_ID_FROM           | header:authorization       | carries credentials
          POLICY_TABLE            | a                          | a table's name
          DYNAMODB_ENDPOINT       | localhost:8000             | is a web address
          """)
  void whatIsWrongIsNamed(String name, String value, String message) {
    assertThat(failure(name, value))
        .contains(message)
        .startsWith("The settings are wrong:\n" + (message.startsWith("EDGE") ? "" : name));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndNoSecretIs() {
    Map<String, String> variables = new HashMap<>();
    variables.put("REGION_EVIDENCE", "cloudfront-secret");
    variables.put("EDGE_SECRETS", "tooshort");
    variables.put("CACHE_MAX_AGE_SECONDS", "soon");
    assertThat(catchThrowable(() -> SettingsReader.read(variables)))
        .hasMessageContainingAll(
            "ORIGIN_URL",
            "OPERATOR_NAME",
            "OPERATOR_URL",
            "CONTACT",
            "EDGE_SECRETS",
            "CACHE_MAX_AGE_SECONDS")
        .hasMessageNotContaining("tooshort");
  }

  @Test
  void aNameThatHasAFormInAsciiWillDo() {
    Map<String, String> variables = new HashMap<>(LEAST);
    variables.put("OPERATOR_NAME", "Łódź Größe & Søn");
    assertThat(SettingsReader.read(variables).operatorName()).isEqualTo("Łódź Größe & Søn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret-number-one, secret-number-two",
        "                ",
        "secret-number-one\n",
        "secret-number-\u00f6ne",
      })
  void aSecretThatNoHeaderBringsIsRefusedAndNotSaid(String secrets) {
    Map<String, String> variables = new HashMap<>(LEAST);
    variables.put("REGION_EVIDENCE", "cloudfront-secret");
    variables.put("EDGE_SECRETS", secrets);
    assertThat(catchThrowable(() -> SettingsReader.read(variables)))
        .hasMessageContaining("EDGE_SECRETS: it has a space, a line's end or another character")
        .hasMessageNotContaining("secret-number");
    variables.put("EDGE_SECRETS", "secret-number-one,secret-number-two");
    variables.put("AGENT_ID_FROM", "basic");
    assertThat(SettingsReader.read(variables).agentId())
        .isEqualTo(new AgentIdExtractor.BasicUser());
  }

  @ParameterizedTest
  @CsvSource({"address", "alb"})
  void whereTheAddressIsTheOnlyEvidenceThereMustBeADatabase(String mode) {
    assertThat(failure("REGION_EVIDENCE", mode))
        .isEqualTo(
            "The settings are wrong:\nGEO_DATABASE is not set: it is the file of an address database, on which REGION_EVIDENCE="
                + mode
                + " rests");
  }

  @Test
  void hopsAreCheckedWhereTheyCount() {
    Map<String, String> variables = new HashMap<>(LEAST);
    variables.put("REGION_EVIDENCE", "alb");
    variables.put("TRUSTED_HOPS", "0");
    assertThat(catchThrowable(() -> SettingsReader.read(variables)))
        .hasMessageContainingAll("TRUSTED_HOPS is 0: it is a whole number of proxies from 1 to 10");
  }

  @Test
  void theNewerSettingOfTheAgentIdCounts() {
    Map<String, String> variables = new HashMap<>(LEAST);
    variables.put("AGENT_ID_HEADER", "x-agent-id");
    variables.put("AGENT_ID_FROM", "query:id");
    assertThat(SettingsReader.read(variables).agentId())
        .isEqualTo(new AgentIdExtractor.QueryParameter("id"));
  }

  private static String failure(String name, String value) {
    Map<String, String> variables = new HashMap<>(LEAST);
    if (value == null) {
      variables.remove(name);
    } else {
      variables.put(name, value);
    }
    return String.valueOf(catchThrowable(() -> SettingsReader.read(variables)).getMessage());
  }
}
