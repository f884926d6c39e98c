package updategateway.system.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import updategateway.cli.deploy.CloudFormationTemplate;
import updategateway.commandline.UsageException;

/**
 * Every text of the template that contains the stack's name or id is short enough for the service
 * that gets it, with the longest name that CloudFormation allows.
 */
final class StackNamesTest {
  /** CloudFormation's limit. */
  private static final String STACK_NAME = "s".repeat(128);

  private static final String STACK_ID =
      "arn:aws:cloudformation:us-east-1:123456789012:stack/"
          + STACK_NAME
          + "/0e1f2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

  /**
   * Where such a text stands, and how many characters AWS allows there: CloudFront's API reference
   * (a distribution's comment and log prefix, access controls, policies), and those of API Gateway,
   * CloudWatch Logs and Elastic Load Balancing.
   */
  private static final Map<String, Integer> LIMITS =
      Map.of(
          "Distribution/DistributionConfig/Comment",
          128,
          "Distribution/DistributionConfig/Logging/Prefix",
          256,
          "OriginAccess/OriginAccessControlConfig/Name",
          64,
          "WhatTheGatewayReads/OriginRequestPolicyConfig/Name",
          128,
          "CachedByPlace/CachePolicyConfig/Name",
          128,
          "HttpApi/Name",
          128,
          "HttpApiLog/LogGroupName",
          512,
          "LoadBalancerTarget/Name",
          32);

  private static final Map<String, String> TEXTS = new TreeMap<>();

  @BeforeAll
  static void collect() throws UsageException {
    CloudFormationTemplate.read(Path.of("..", "..", "template.yaml"))
        .section("Resources")
        .properties()
        .forEach(resource -> collect(resource.getValue().path("Properties"), resource.getKey()));
    // A permission's source is an ARN of what has its name elsewhere in the template.
    TEXTS.keySet().removeIf(place -> place.endsWith("/SourceArn"));
  }

  @Test
  void everyTextMadeOfTheStackIsShortEnough() {
    assertThat(TEXTS.keySet()).isEqualTo(new TreeMap<>(LIMITS).keySet());
    TEXTS.forEach((place, text) ->
        assertThat(text)
            .as(place)
            .doesNotContain("${")
            .hasSizeBetween(1, LIMITS.getOrDefault(place, 0)));
  }

  private static void collect(JsonNode node, String place) {
    if (isText(node)) {
      if (node.toString().matches(".*AWS::Stack(Name|Id).*")) {
        TEXTS.put(place, text(node));
      }
    } else if (node.has("Fn::If")) {
      collect(node.path("Fn::If").path(1), place);
      collect(node.path("Fn::If").path(2), place);
    } else {
      node.properties().forEach(field -> collect(field.getValue(), place + "/" + field.getKey()));
      for (int i = 0; node.isArray() && i < node.size(); i++) {
        collect(node.path(i), place + "/" + i);
      }
    }
  }

  private static boolean isText(JsonNode node) {
    return node.has("Ref") || node.has("Fn::Sub") || node.has("Fn::Select") || node.has("Fn::Join");
  }

  private static String text(JsonNode node) {
    if (node.isTextual()) {
      return node.asText();
    }
    if (node.has("Ref")) {
      return pseudo(node.path("Ref").asText());
    }
    if (node.has("Fn::Select")) {
      JsonNode select = node.path("Fn::Select");
      JsonNode split = select.path(1).path("Fn::Split");
      return text(split.path(1)).split(split.path(0).asText(), -1)[select.path(0).asInt()];
    }
    JsonNode sub = node.path("Fn::Sub");
    String text = (sub.isArray() ? sub.path(0) : sub).asText();
    for (Map.Entry<String, JsonNode> variable : sub.path(1).properties()) {
      text = text.replace("${" + variable.getKey() + "}", text(variable.getValue()));
    }
    for (String name : new String[] {"AWS::StackName", "AWS::StackId", "AWS::Region"}) {
      text = text.replace("${" + name + "}", pseudo(name));
    }
    return text;
  }

  private static String pseudo(String name) {
    return switch (name) {
      case "AWS::StackName" -> STACK_NAME;
      case "AWS::StackId" -> STACK_ID;
      case "AWS::Region" -> "ap-southeast-1";
      default -> throw new IllegalArgumentException("beside the stack's name: " + name);
    };
  }
}
