package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.policy.decision.Evaluator;
import updategateway.policy.parse.PolicyFile;
import updategateway.policy.parse.PolicyFiles;
import updategateway.policy.source.InvalidPolicyException;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/** What the refused are told. */
final class RefusalTest {
  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final String SIGNATURES = "/bases/main.cvd";
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());

  private static final String SECOND =
      """
      id: an-earlier-cut-off
      title: Our own earlier cut-off
      authority: Example Inc.
      citation: Board decision 7
      reference: https://vendor.example/decision-7
      scope: {locations: [US, UA-43], except: [US-GU], subjects: [located, registered]}
      products: [endpoint-security, mail-security]
      exemptions:
        - products: [mail-security]
          activities: [telemetry]
      phases:
        - id: all
          from: 2024-08-01 00:00 America/New_York
          refuses: [signature-update]
      undetermined: refuse
      """;

  @ParameterizedTest(name = "from {0}, registered in {1}: {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "US, -, this request comes from US.",
        "PR, -, this request comes from US-PR.",
        "DE, US, the account of this agent is registered in US.",
        "US, US, this request comes from US.",
        "'', US, the account of this agent is registered in US.",
        "'', -, it could not be determined whether you are in one of them: the edge reported no",
        "UA, -, 'this request comes from UA, but it is not known which part.'",
        "DE, down, it could not be looked up where the account of this agent is registered."
      })
  void itSaysWhatIsKnownAndWhomToWriteTo(String country, @Nullable String registered, String known)
      throws Exception {
    JsonNode problem = json(refusal(country, registered, Map.of(), SECOND));
    String detail = problem.path("detail").asText();
    assertThat(detail)
        .contains("The law does not allow Example Inc. to provide this", known)
        .contains("signature-update of endpoint-security")
        .endsWith(
            "If that is wrong, write to legal@vendor.example and name the decision request-1.");
  }

  @ParameterizedTest(name = "from {0}, registered in {1}")
  @CsvSource(
      nullValues = "-",
      value = {"US, -", "PR, -", "DE, US", "US, US", "'', -", "UA, -", "DE, down", "'', US"})
  void textAndJsonSayTheSame(String country, @Nullable String registered) throws Exception {
    for (List<String> more : List.of(List.<String>of(), List.of(SECOND))) {
      ObjectNode event = event(country, registered);
      Sent gateway = gateway(registered, Map.of(), more);
      Sent.Answered text = gateway.send(event);
      Sent.Answered json = gateway.send(Sent.with(event, "accept", "application/problem+json"));
      if (text.status() == 302) {
        continue;
      }
      assertThat(facts(text.body())).isEqualTo(facts(json(json), ""));
      assertThat(text.body()).matches("[\\x20-\\x7e\\n]+");
      assertThat(json.body()).matches("[\\x20-\\x7e]+\\n");
      assertThat(text.body().lines().count()).isLessThan(50);
    }
  }

  @Test
  void everyRefusingPolicyIsNamedWithAllThatItSays() throws Exception {
    JsonNode problem = json(refusal("US", null, Map.of(), SECOND));
    assertThat(problem.path("policies"))
        .extracting(JsonNode::asText)
        .containsExactly("an-earlier-cut-off", "us-icts-2021-002");
    assertThat(problem.path("policy").asText()).isEqualTo("an-earlier-cut-off");
    assertThat(problem.path("persons").asText())
        .isEqualTo("anyone located in or registered in US, UA-43, except US-GU");
    assertThat(problem.path("resources").asText())
        .isEqualTo(
            "signature-update of endpoint-security, mail-security, except telemetry of"
                + " mail-security");
    assertThat(problem.path("effectiveFrom").asText()).isEqualTo("2024-08-01T04:00:00Z");
    JsonNode second = problem.path("alsoBy").path(0);
    assertThat(second.path("policy").asText()).isEqualTo("us-icts-2021-002");
    assertThat(second.path("authority").asText()).contains("Bureau of Industry and Security");
    assertThat(second.path("citation").asText()).contains("89 FR 52434");
    assertThat(second.path("effectiveFrom").asText()).isEqualTo("2024-09-29T04:00:00Z");
    assertThat(second.path("evidence").path(0).asText()).isEqualTo("located");
    assertThat(problem.path("alsoBy")).hasSize(1);
  }

  /** The shipped policy refuses signatures from {@link #AT} on, the operator's own before. */
  @ParameterizedTest(name = "from {0}, registered in {1}, at {2}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          US | -    | 2024-08-15T00:00:00Z | refused-by-operator   | operator | By its own policy, Example Inc. does not provide this (signature-update of endpoint-security) to you: this request comes from US.
          DE | US   | 2024-08-15T00:00:00Z | refused-by-operator   | operator | By its own policy, Example Inc. does not provide this (signature-update of endpoint-security) to you: the account of this agent is registered in US.
          '' | -    | 2024-08-15T00:00:00Z | location-undetermined | operator | By its own policy, Example Inc. does not provide this (signature-update of endpoint-security) in some places, and it could not be determined whether you are in one of them: the edge reported no country.
          US | -    | 2024-09-29T04:00:00Z | refused-by-law        | law      | The law does not allow Example Inc. to provide this (signature-update of endpoint-security) to you: this request comes from US. By its own policy, Example Inc. does not provide it to you either: this request comes from US.
          UA-43| US  | 2024-09-29T04:00:00Z | refused-by-law        | law      | The law does not allow Example Inc. to provide this (signature-update of endpoint-security) to you: the account of this agent is registered in US. By its own policy, Example Inc. does not provide it to you either: this request comes from UA-43, and the account of this agent is registered in US.
          UA-43|-   | 2024-09-29T04:00:00Z | refused-by-operator   | operator | By its own policy, Example Inc. does not provide this (signature-update of endpoint-security) to you: this request comes from UA-43.
          '' | -    | 2024-09-29T04:00:00Z | location-undetermined | law      | The law does not allow Example Inc. to provide this (signature-update of endpoint-security) in some places, and it could not be determined whether you are in one of them: the edge reported no country. By its own policy, Example Inc. does not provide it in some places either, and it could not be determined whether you are in one of them: the edge reported no country.
          """)
  void whoRefusesIsNamedTruthfully(
      String place, @Nullable String registered, Instant at, String type, String basis, String said)
      throws Exception {
    List<String> codes = List.of(place.split("-", -1));
    ObjectNode event = Sent.get(SIGNATURES, codes.getFirst(), at);
    if (codes.size() > 1) {
      Sent.with(event, "cloudfront-viewer-country-region", codes.getLast());
    }
    if (registered != null) {
      Sent.with(event, "x-agent-id", "agent-1");
    }
    Sent gateway = gateway(registered, Map.of(), List.of(SECOND + "basis: operator\n"));
    Sent.Answered answer = gateway.send(Sent.with(event, "accept", "application/json"));
    JsonNode problem = json(answer);
    assertThat(answer.status()).isEqualTo(451);
    assertThat(new URI(problem.path("type").asText()).getFragment()).isEqualTo(type);
    assertThat(problem.path("basis").asText()).isEqualTo(basis);
    assertThat(problem.path("policy").asText())
        .isEqualTo(basis.equals("law") ? "us-icts-2021-002" : "an-earlier-cut-off");
    assertThat(problem.path("detail").asText()).startsWith(said + " If that is wrong");
    if (basis.equals("operator")) {
      assertThat(problem.path("title").asText() + problem.path("detail").asText())
          .doesNotContain("law", "legal reasons");
      assertThat(problem.path("alsoBy")).isEmpty();
    } else {
      assertThat(problem.path("alsoBy").path(0).path("basis").asText()).isEqualTo("operator");
    }
    assertThat(answer.line().path("policy")).isEqualTo(problem.path("policy"));
    assertThat(answer.line().path("basis").asText()).isEqualTo(basis);
  }

  @Test
  void undeterminedHasATypeAndATitleOfItsOwn() throws Exception {
    JsonNode refused = json(refusal("US", null, Map.of(), SECOND));
    JsonNode undetermined = json(refusal("", null, Map.of(), SECOND));
    assertThat(undetermined.path("status").asInt()).isEqualTo(451);
    assertThat(undetermined.path("type")).isNotEqualTo(refused.path("type"));
    assertThat(undetermined.path("title")).isNotEqualTo(refused.path("title"));
    assertThat(undetermined.path("regionReason").asText())
        .isEqualTo("the edge reported no country");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://vendor.example/legal",
        "https://vendor.example/legal#updates",
        "https://vendor.example/?a=b#c",
        "https://vendor.example"
      })
  void theTypeIsAnAddressOfTheOperators(String operator) throws Exception {
    Sent.Answered answer = refusal("US", null, Map.of("OPERATOR_URL", operator));
    URI type = new URI(json(answer).path("type").asText());
    assertThat(type.getFragment()).isEqualTo("refused-by-law");
    assertThat(type.getHost()).isEqualTo("vendor.example");
    assertThat(answer.header("Link")).contains("<" + operator + ">; rel=\"blocked-by\"");
  }

  @Test
  void nothingHintsAtAWayRound() throws Exception {
    for (String country : List.of("US", "", "UA")) {
      for (String accept : List.of("text/plain", "application/json")) {
        Sent.Answered answer =
            gateway(null, Map.of(), List.of(SECOND))
                .send(Sent.with(Sent.get(SIGNATURES, country, AT), "accept", accept));
        assertThat(answer.status()).isEqualTo(451);
        assertThat(answer.body().toLowerCase(Locale.ROOT))
            .doesNotContain(
                "vpn",
                "proxy",
                "tor ",
                "abroad",
                "mirror",
                "another country",
                "try again",
                "later",
                "instead",
                "bypass",
                "avoid",
                "origin.example",
                "location:");
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.header("Retry-After")).isEmpty();
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
      }
    }
  }

  @Test
  void whatAnOperatorWritesInOtherLettersIsReadableInBoth() throws Exception {
    Map<String, String> settings =
        Map.of("OPERATOR_NAME", "Müller & Søn “Ärger” <GmbH>", "CONTACT", "Straße 1 – Köln\u2028");
    Sent gateway = gateway(null, settings, List.of());
    assertThat(gateway.send(Sent.get(SIGNATURES, "US", AT)).body())
        .contains("operator: Muller & Son \"Arger\" <GmbH>\n")
        .contains("contact: Strasse 1 - Koln");
    Sent.Answered json =
        gateway.send(Sent.with(Sent.get(SIGNATURES, "US", AT), "accept", "application/json"));
    assertThat(json.body()).doesNotContain("<", ">", "&", "\u2028", "ü");
    assertThat(json(json).path("operator").asText()).isEqualTo("Müller & Søn “Ärger” <GmbH>");
    assertThat(json(json).path("contact").asText()).isEqualTo("Straße 1 – Köln\u2028");
  }

  /** A refusal as JSON. */
  private static Sent.Answered refusal(
      String country, @Nullable String registered, Map<String, String> settings, String... more) {
    return gateway(registered, settings, List.of(more))
        .send(Sent.with(event(country, registered), "accept", "application/json"));
  }

  private static ObjectNode event(String country, @Nullable String registered) {
    ObjectNode event = Sent.get(SIGNATURES, country, AT);
    return registered == null ? event : Sent.with(event, "x-agent-id", "agent-1");
  }

  private static Sent gateway(
      @Nullable String registered, Map<String, String> settings, List<String> more) {
    List<PolicyFile> files = new ArrayList<>(UpdateHandlerTest.shippedFiles());
    more.forEach(text -> files.add(new PolicyFile("more-" + text.hashCode() + ".yaml", text)));
    AgentRegistry agents =
        registered == null
            ? NOBODY
            : registered.equals("down")
                ? _ -> new AgentRegistry.Unavailable("down")
                : _ -> new AgentRegistry.Found(Set.of(registered));
    try {
      return new Sent(
          ActivePolicySource.always(Evaluator.of(PolicyFiles.read(files))), agents, settings);
    } catch (InvalidPolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(Sent.Answered answer) throws Exception {
    return Sent.JSON.readTree(answer.body());
  }

  /** Each fact of a text, with the groups that it stands in before its name. */
  private static List<String> facts(String text) {
    List<String> facts = new ArrayList<>();
    String group = "";
    int groups = 0;
    for (String line : text.lines().toList()) {
      if (!line.startsWith(" ")) {
        group = "";
      }
      if (line.endsWith(":")) {
        group = line.substring(0, line.length() - 1) + "[" + groups++ + "].";
      } else {
        facts.add(group + line.strip());
      }
    }
    return facts.stream().sorted().toList();
  }

  private static List<String> facts(JsonNode json, String group) {
    List<String> facts = new ArrayList<>();
    json.properties()
        .forEach(fact -> {
          JsonNode value = fact.getValue();
          if (value.isArray() && value.path(0).isObject()) {
            for (int i = 0; i < value.size(); i++) {
              facts.addAll(facts(value.get(i), group + fact.getKey() + "[" + i + "]."));
            }
          } else if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(item.asText()));
            facts.add(group + fact.getKey() + ": " + String.join(", ", items));
          } else {
            facts.add(group + fact.getKey() + ": " + value.asText());
          }
        });
    return facts.stream().sorted().toList();
  }
}
