package updategateway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import updategateway.gateway.testing.Disguises;
import updategateway.policy.decision.Evaluator;
import updategateway.region.AgentRegistry;
import updategateway.store.refresh.ActivePolicySource;

/**
 * No request costs more than a hundred times the usual one, by the bytes that answering it
 * allocates: a search for the most expensive path, query, headers and agent ids within the limits.
 */
final class RequestCostTest {
  /** Routes on which a matcher that tries everything takes for ever. */
  private static final String EXPENSIVE_CATALOG = expensiveCatalog();

  private static final Instant AT = Instant.parse("2024-09-29T04:00:00Z");
  private static final AgentRegistry NOBODY = _ -> new AgentRegistry.Found(Set.of());
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MOST = 100;
  private static final int RANDOM_INPUTS = 150;
  private static final int MUTATIONS = 150;

  /** Each is something that some layer expands, decodes, cuts or compares. */
  private static final List<String> ATOMS =
      List.of(
          "a",
          "A",
          "/",
          "/a",
          "/A",
          "/.",
          "/a.",
          "/ a ",
          ".",
          " ",
          "+",
          ";",
          ";a",
          "/;",
          ":",
          "::$a",
          ":a:$a",
          "%20",
          "%2B",
          "%3b",
          "%3F",
          "%23",
          "%25",
          "%2525",
          "%252525",
          "%2520",
          "%253b",
          "%25u003b",
          "%25u002e",
          "%u002e",
          "%2f",
          "a%2fb",
          "%C3%BC",
          "\u00fc",
          "\u00e4",
          "%EF%B7%BA",
          "\ufdfa",
          "%E2%84%A6",
          "\ufb03",
          "\u0130",
          "\u03a3",
          "\u00df",
          "\u1e9e",
          "\u0390",
          "\u01f0",
          "\u1f80",
          "\u200b",
          "%E2%80%8B",
          "\uff0e",
          "\uff0f",
          "\u066a",
          "\u00a5",
          "\u20a9",
          "\u2025",
          "\u2047",
          "%F0%9D%94%BB",
          "%F0%AF%A0%80",
          "e\u0301",
          "%CC%81",
          "\u1100\u1161\u11a8",
          "\uac01",
          "&",
          "&id=",
          "&id=a",
          "=",
          ",",
          "id=%41",
          "0",
          "-",
          "aaaaaaab",
          "/**",
          "*",
          "@",
          "\\",
          "//",
          "US",
          "203.0.113.7, ",
          "[::1]:80");

  /**
   * What an attacker chooses.
   *
   * @param put gives an event of its own what was chosen
   */
  record Input(String name, int longest, BiFunction<String, ObjectNode, ObjectNode> put) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Input> inputs() {
    return Stream.of(
        new Input("path", 8_192, (text, event) -> event.put("rawPath", "/" + text)),
        new Input(
            "path of what is exempt",
            8_170,
            (text, event) -> event.put("rawPath", "/threat-intelligence/" + text)),
        new Input("query", 8_192, (text, event) -> event.put("rawQueryString", text)),
        new Input("query with its parameters", 8_192, RequestCostTest::withParameters),
        header("x-agent-id"),
        header("user-agent"),
        header("accept"),
        header("cloudfront-viewer-country"),
        header("cloudfront-viewer-address"),
        header("x-forwarded-for"),
        new Input("many headers", 30_000, RequestCostTest::withManyHeaders),
        new Input("one header many times", 30_000, RequestCostTest::withOneHeaderManyTimes),
        new Input("method", 8_192, (text, event) -> Sent.method(event, text)));
  }

  private static Input header(String name) {
    return new Input(name, 30_000, (text, event) -> Sent.with(event, name, text));
  }

  private static ObjectNode withParameters(String query, ObjectNode event) {
    event.put("rawQueryString", query);
    ObjectNode parameters = event.putObject("queryStringParameters");
    for (String parameter : query.split("&", 200)) {
      parameters.put(parameter, parameter);
    }
    return event;
  }

  private static ObjectNode withManyHeaders(String text, ObjectNode event) {
    for (int i = 0; i < 126; i++) {
      Sent.with(event, "x-geo-country-" + i, text.substring(0, text.length() / 140));
    }
    return event;
  }

  private static ObjectNode withOneHeaderManyTimes(String text, ObjectNode event) {
    ArrayNode values = ((ObjectNode) event.path("headers")).putArray("a");
    // A line each: name, colon, space, value and the end of the line.
    for (int i = 0; i + 6 <= text.length(); i += 6) {
      values.add(text.substring(i, i + 1));
    }
    return event;
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void nothingCostsMoreThanAHundredTimesTheUsual(Input input) {
    SplittableRandom random = new SplittableRandom(input.name().hashCode());
    List<Sent> gateways =
        List.of(
            gateway(UpdateHandlerTest.shipped(), "header:x-agent-id"),
            gateway(UpdateHandlerTest.shipped(), "query:id"),
            gateway(UpdateHandlerTest.shipped(), "user-agent:(?:a|aa|[a-z]+)*UUID: ([0-9a-f-]+)"),
            gateway(Disguises.policy(EXPENSIVE_CATALOG), "header:x-agent-id"));
    for (Sent gateway : gateways) {
      for (String country : List.of("DE", "US", "")) {
        long usual = usual(gateway);
        ToLongFunction<String> cost =
            text ->
                cost(gateway, input.put.apply(text, Sent.get("/advisories/x.txt", country, AT)));
        String worst = search(random, input.longest(), cost);
        // Once more: what is remembered after the first time is not its cost.
        assertThat(cost.applyAsLong(worst))
            .as("%s from %s: %s… of %s characters", input, country, begin(worst), worst.length())
            .isLessThan(MOST * usual);
      }
    }
  }

  /** The most expensive of many random texts, made more expensive step by step. */
  private static String search(SplittableRandom random, int longest, ToLongFunction<String> cost) {
    String worst = "";
    long most = 0;
    for (int i = 0; i < RANDOM_INPUTS + MUTATIONS; i++) {
      String text =
          i < RANDOM_INPUTS || worst.isEmpty()
              ? text(random, longest)
              : mutated(random, worst, longest);
      long bytes = cost.applyAsLong(text);
      if (bytes > most) {
        most = bytes;
        worst = text;
      }
    }
    return worst;
  }

  private static String text(SplittableRandom random, int longest) {
    int length =
        switch (random.nextInt(3)) {
          case 0 -> longest;
          case 1 -> random.nextInt(1, longest);
          default -> random.nextInt(1, 300);
        };
    List<String> some = new ArrayList<>();
    for (int kinds = random.nextInt(1, 4); kinds > 0; kinds--) {
      some.add(atom(random));
    }
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(some.get(random.nextInt(some.size())));
    }
    return cut(text, longest);
  }

  private static String mutated(SplittableRandom random, String text, int longest) {
    StringBuilder other = new StringBuilder(text);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int at = random.nextInt(0, other.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> other.insert(at, atom(random).repeat(random.nextInt(1, 300)));
        case 1 -> other.delete(at, Math.min(other.length(), at + random.nextInt(1, 500)));
        case 2 -> other.append(other.substring(Math.max(0, other.length() - 500)));
        default -> other.insert(at, atom(random));
      }
    }
    return cut(other, longest);
  }

  private static String cut(StringBuilder text, int longest) {
    int end = Math.min(text.length(), longest);
    while (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    // No escape is cut in two, which would make it malformed and cheap.
    int percent = text.lastIndexOf("%", end);
    return text.substring(0, percent >= 0 && percent > end - 3 && end == longest ? percent : end);
  }

  private static String atom(SplittableRandom random) {
    return ATOMS.get(random.nextInt(ATOMS.size()));
  }

  private static long usual(Sent gateway) {
    ObjectNode event = Sent.get("/bases/main.cvd", "DE", AT);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      least = Math.min(least, cost(gateway, event));
    }
    return least;
  }

  private static long cost(Sent gateway, ObjectNode event) {
    byte[] bytes = event.toString().getBytes(StandardCharsets.UTF_8);
    long before = THREAD.getCurrentThreadAllocatedBytes();
    gateway.sendOnly(bytes);
    return THREAD.getCurrentThreadAllocatedBytes() - before;
  }

  private static String begin(String text) {
    return text.substring(0, Math.min(80, text.length()));
  }

  private static Sent gateway(Evaluator policy, String agentId) {
    return new Sent(ActivePolicySource.always(policy), NOBODY, Map.of("AGENT_ID_FROM", agentId));
  }

  private static String expensiveCatalog() {
    StringBuilder routes = new StringBuilder("routes:\n");
    String others = ", product: one, activity: signature-update}\n";
    routes.append("  - {path: \"/**/a/**/a/**/a/**/a/**/b\"").append(others);
    routes.append("  - {path: \"/**/a/*/*/*/*/*/*/*/*/c\"").append(others);
    routes.append("  - {path: \"/*a*a*a*a*a*a*a*a*b\"").append(others);
    routes.append("  - {path: \"/**/*%2f*a*a*a*b/**\"").append(others);
    for (int i = 0; i < 50; i++) {
      routes
          .append("  - {path: \"/**/*x")
          .append(i)
          .append("*/**/A*")
          .append(i)
          .append("/**/y\"")
          .append(others);
    }
    routes.append("  - {path: \"/advisories/*\", product: docs, activity: informational}\n");
    routes.append("  - {path: \"/bases/**\", product: docs, activity: informational}\n");
    routes.append(
        "  - {path: \"/threat-intelligence/**\", product: docs, activity: informational}\n");
    return routes.toString();
  }
}
