package updategateway.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import updategateway.gateway.decisionlog.Metric;
import updategateway.policy.parse.Suggestion;

/**
 * What must become of an event, as its member {@code expect} says: {@code status} and {@code
 * headers} of the response, any other member of the decision's log entry. An empty text expects
 * that there is no such member or header; a list is compared with a list.
 */
final class Expectation {
  private static final String STATUS = "status";
  private static final String HEADERS = "headers";

  private static final Set<String> MEMBERS = members();

  private final JsonNode expect;

  private Expectation(JsonNode expect) {
    this.expect = expect;
  }

  static Expectation of(RecordedEvent event) {
    return new Expectation(event.tree().path(RecordedEvent.EXPECT));
  }

  /** The members that an expectation may have, those that a log entry can have among them. */
  private static Set<String> members() {
    Set<String> members =
        new LinkedHashSet<>(
            List.of(
                STATUS,
                "outcome",
                "policy",
                "phase",
                "activity",
                "product",
                "region",
                HEADERS,
                "basis",
                "policies",
                "policiesInAll",
                "permits",
                "permitsInAll",
                "regionSource",
                "regionReason",
                "corrections",
                "correctionsInAll",
                "unknownSubdivisions",
                "unsetMapping",
                "conflict",
                "registered",
                "nextChange",
                "remark",
                "time",
                "method",
                "path",
                "pathLength",
                "pathSha256",
                "policySet",
                "network",
                "requestId",
                "evidence",
                "ignoredHeaders",
                "geoDatabaseBuiltAt",
                "geoDatabaseAgeDays",
                "coldStart",
                "fault"));
    Arrays.stream(Metric.values()).map(Metric::metricName).forEach(members::add);
    return members;
  }

  /** Whether there is something to compare. */
  boolean isPresent() {
    return !expect.isMissingNode() && !expect.isEmpty();
  }

  /** Returns status and outcome, as far as they are expected. */
  String summary() {
    return (text(expect.path(STATUS)) + " " + text(expect.path("outcome"))).strip();
  }

  /**
   * Returns in what the response or the log entry differs, and what cannot be compared; one
   * sentence each.
   */
  List<String> differences(JsonNode response, JsonNode logEntry) {
    List<String> differences = new ArrayList<>();
    if (!expect.isMissingNode() && !expect.isObject()) {
      differences.add("expect is no object: write {\"status\": 451, \"outcome\": \"refuse\"}");
    }
    for (Map.Entry<String, JsonNode> member : expect.properties()) {
      String name = member.getKey();
      JsonNode expected = member.getValue();
      if (!MEMBERS.contains(name)) {
        differences.add(unknown(name));
      } else if (name.equals(HEADERS)) {
        headers(expected, response, differences);
      } else {
        JsonNode got = name.equals(STATUS) ? response.path("statusCode") : logEntry.path(name);
        compare(name, expected, got, differences);
      }
    }
    return differences;
  }

  private static String unknown(String name) {
    return "expect."
        + name
        + " is not known: "
        + Suggestion.to(name, MEMBERS)
            .map(known -> "write " + known)
            .orElse("no response and no log entry has it");
  }

  private static void headers(JsonNode expected, JsonNode response, List<String> differences) {
    if (!expected.isObject()) {
      differences.add("expect.headers is no object: write {\"Sunset\": \"\"}");
    }
    for (Map.Entry<String, JsonNode> header : expected.properties()) {
      compare(header.getKey(), header.getValue(), header(response, header.getKey()), differences);
    }
  }

  /** A load balancer with multi-value headers gets lists of values. */
  private static JsonNode header(JsonNode response, String name) {
    for (String headers : List.of("headers", "multiValueHeaders")) {
      for (var header : response.path(headers).properties()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          return header.getValue();
        }
      }
    }
    return response.path("headers").path(name);
  }

  private static void compare(
      String what, JsonNode expected, JsonNode got, List<String> differences) {
    if (expected.isObject() || expected.isNull()) {
      differences.add(
          what
              + " cannot be compared with "
              + expected
              + ": write a text, a number, a list, or \"\" for what must be missing");
      return;
    }
    String expectedText = text(expected);
    String gotText = text(got);
    if (!expectedText.equals(gotText)) {
      differences.add(
          what
              + " is "
              + (gotText.isEmpty() ? "missing" : gotText)
              + ", not "
              + (expectedText.isEmpty() ? "missing" : expectedText));
    }
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      return value.valueStream().map(Expectation::text).collect(Collectors.joining(", "));
    }
    return value.isObject() ? value.toString() : value.asText();
  }
}
