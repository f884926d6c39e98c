package updategateway.system.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import updategateway.cli.deploy.CloudFormationTemplate;
import updategateway.commandline.UsageException;
import updategateway.gateway.decisionlog.Metric;
import updategateway.gateway.settings.SettingsReader;
import updategateway.policy.set.SizeLimits;
import updategateway.region.EdgeHeaders;
import updategateway.region.testing.MmdbWriter;

/** What the template deploys is what the code reads, counts and may do. */
final class TemplateTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final CloudFormationTemplate TEMPLATE = template();
  private static final JsonNode PARAMETERS = TEMPLATE.section("Parameters");
  private static final JsonNode RESOURCES = TEMPLATE.section("Resources");
  private static final JsonNode GATEWAY = TEMPLATE.properties("UpdateGateway");
  private static final JsonNode DEPLOYER = TEMPLATE.properties("PolicyDeployer");

  /** Set by Lambda, or of use on one machine only. */
  private static final Set<String> NOT_OF_THE_TEMPLATE =
      Set.of(
          SettingsReader.AWS_REGION,
          SettingsReader.AWS_LAMBDA_FUNCTION_NAME,
          SettingsReader.DYNAMODB_ENDPOINT);

  private static final Map<String, String> ASKED_FOR =
      Map.of(
          "OriginUrl", "https://updates.example/files",
          "OperatorName", "Example Antivirus Inc.",
          "OperatorUrl", "https://vendor.example/legal",
          "Contact", "legal@vendor.example");

  @TempDir private static Path folder = Path.of("");

  // ------------------------------------------------------------------ parameters

  @Test
  void everyParameterIsExplainedAndConstrained() {
    PARAMETERS
        .properties()
        .forEach(parameter -> {
          String name = parameter.getKey();
          JsonNode facts = parameter.getValue();
          assertThat(facts.path("Description").asText())
              .as(name)
              .hasSizeBetween(20, 450)
              .endsWith(".");
          if (facts.has("AllowedPattern")) {
            assertThat(facts.path("ConstraintDescription").asText()).as(name).isNotBlank();
          } else if (!facts.has("AllowedValues")) {
            assertThat(facts.has("MinValue") && facts.has("MaxValue")).as(name).isTrue();
          }
        });
  }

  @Test
  void everyParameterStandsInAGroupAndIsUsed() {
    Set<String> grouped = new TreeSet<>();
    for (JsonNode group :
        TEMPLATE
            .section("Metadata")
            .path("AWS::CloudFormation::Interface")
            .path("ParameterGroups")) {
      for (JsonNode name : group.path("Parameters")) {
        assertThat(grouped.add(name.asText())).as("%s stands twice", name).isTrue();
      }
    }
    assertThat(grouped).isEqualTo(names(PARAMETERS));
    String everythingElse =
        "" + TEMPLATE.section("Conditions") + TEMPLATE.section("Globals") + RESOURCES;
    for (String name : names(PARAMETERS)) {
      assertThat(everythingElse).contains("{\"Ref\":\"" + name + "\"}");
    }
  }

  @Test
  void everyDefaultIsAllowed() {
    Map<String, String> values = new TreeMap<>(ASKED_FOR);
    PARAMETERS
        .properties()
        .forEach(parameter -> {
          if (parameter.getValue().has("Default")) {
            values.put(parameter.getKey(), parameter.getValue().path("Default").asText());
          }
        });
    assertThat(values.keySet()).isEqualTo(names(PARAMETERS));
    values.forEach((name, value) ->
        assertThat(isAllowed(PARAMETERS.path(name), value)).as("%s: %s", name, value).isTrue());
  }

  // ------------------------------------------------------------------ settings

  @Test
  void everySettingOfTheGatewayIsWiredAndNoOther() throws IllegalAccessException {
    Set<String> read = constants(SettingsReader.class);
    read.removeAll(NOT_OF_THE_TEMPLATE);
    assertThat(names(GATEWAY.path("Environment").path("Variables"))).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloudfront", "own-cloudfront"})
  void whateverStandsInFrontTheGatewayTakesTheSettings(String front) {
    Map<String, String> values = new TreeMap<>(ASKED_FOR);
    values.put("Front", front);
    values.put("EdgeSecrets", "secret-number-one,secret-number-two");
    values.put("EdgeCaching", "on");
    Map<String, String> environment = new Resolved(TEMPLATE, values).environment("UpdateGateway");
    SettingsReader.read(environment);
    assertThat(environment.get(SettingsReader.EDGE_CACHING))
        .isEqualTo(front.equals("cloudfront") ? "on" : "off");
  }

  @ParameterizedTest
  @CsvSource({"http-api, address", "alb, alb"})
  void addressesAloneNeedADatabaseAndNothingElse(String front, String evidence) {
    Map<String, String> values = new TreeMap<>(ASKED_FOR);
    values.put("Front", front);
    values.put("TrustedHops", "2");
    values.put("GeoDatabase", "/opt/geo/country.mmdb");
    Map<String, String> environment = new Resolved(TEMPLATE, values).environment("UpdateGateway");
    assertThat(environment)
        .containsEntry(SettingsReader.REGION_EVIDENCE, evidence)
        .containsEntry(SettingsReader.TRUSTED_HOPS, "2");
    // Here is no such file; that is all that the gateway has to say of these settings.
    assertThatThrownBy(() -> SettingsReader.read(environment))
        .hasMessageContaining("GEO_DATABASE is /opt/geo/country.mmdb")
        .extracting(fault -> String.valueOf(fault.getMessage()).lines().count())
        .isEqualTo(2L);
  }

  /** With the longest name of a stack, and words of four bytes a character. */
  @Test
  void theLongestSettingsFitIntoAFunctionsEnvironment() {
    int bytes = 0;
    for (Map.Entry<String, JsonNode> variable :
        GATEWAY.path("Environment").path("Variables").properties()) {
      JsonNode facts = PARAMETERS.path(variable.getValue().path("Ref").asText());
      bytes += variable.getKey().length();
      if (variable.getKey().endsWith("_TABLE")) {
        // CloudFormation's: the stack's name, the resource's, and thirteen characters.
        bytes += 128 + 12 + 13;
      } else if (facts.has("MaxLength")) {
        boolean isAscii = !facts.path("AllowedPattern").asText().startsWith(".");
        bytes += facts.path("MaxLength").asInt() * (isAscii ? 1 : 4);
      } else {
        bytes +=
            switch (variable.getKey()) {
              case SettingsReader.EDGE_SECRETS -> 257;
              case SettingsReader.AGENT_ID_FROM -> 11 + 256;
              case SettingsReader.AGENT_ID_HEADER -> 64;
              default -> {
                assertThat(facts.path("Type").asText("choice")).isIn("Number", "choice");
                // The longest choice is cloudfront-secret.
                yield facts.has("MaxValue") ? facts.path("MaxValue").asText().length() : 17;
              }
            };
      }
    }
    assertThat(bytes).isLessThanOrEqualTo(SizeLimits.ENVIRONMENT);
  }

  @Test
  void theRangesOfTheParametersAreThoseOfTheGateway() {
    Set<String> checked = new HashSet<>();
    GATEWAY
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(variable -> {
          String parameter = variable.getValue().path("Ref").asText();
          JsonNode facts = PARAMETERS.path(parameter);
          if (!facts.path("Type").asText().equals("Number")) {
            return;
          }
          long least = facts.path("MinValue").asLong();
          long most = facts.path("MaxValue").asLong();
          SettingsReader.read(environment(parameter, least));
          SettingsReader.read(environment(parameter, most));
          for (long bad : List.of(least - 1, most + 1)) {
            assertThatThrownBy(() -> SettingsReader.read(environment(parameter, bad)))
                .as("%s = %s", variable.getKey(), bad)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable.getKey());
          }
          checked.add(parameter);
        });
    assertThat(checked).contains("PolicyRefreshSeconds", "CacheMaxAgeSeconds");
  }

  private static Map<String, String> environment(String parameter, long value) {
    Map<String, String> values = new TreeMap<>(ASKED_FOR);
    // The age of a policy is at least its refresh: each end is tried where the other fits.
    values.put("PolicyRefreshSeconds", "1");
    values.put("PolicyMaxAgeSeconds", "2592000");
    values.put(parameter, Long.toString(value));
    Map<String, String> environment = new Resolved(TEMPLATE, values).environment("UpdateGateway");
    if (parameter.equals("TrustedHops")) {
      // Read with a load balancer alone, which needs a database.
      environment.put(SettingsReader.REGION_EVIDENCE, "alb");
      environment.put(SettingsReader.GEO_DATABASE, database().toString());
    }
    return environment;
  }

  private static Path database() {
    try {
      return new MmdbWriter("Test-Country", 6)
          .flat("8.8.8.0/24", "US")
          .write(folder.resolve("country.mmdb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ------------------------------------------------------------------ functions

  @Test
  void theHandlersAreThere() throws Exception {
    for (JsonNode function : List.of(GATEWAY, DEPLOYER)) {
      Class<?> type = Class.forName(function.path("Handler").asText());
      assertThat(RequestStreamHandler.class).isAssignableFrom(type);
      assertThat(type.getConstructor()).isNotNull();
    }
    assertThat(TEMPLATE.section("Globals").path("Function").path("Runtime").asText())
        .isEqualTo("java25");
  }

  @Test
  void theGatewayCanWriteNothingButItsLogAndTheDeployerCanDeleteNothing() {
    Set<String> log = Set.of("logs:CreateLogStream", "logs:PutLogEvents");
    assertThat(actions("UpdateGatewayRole"))
        .isEqualTo(
            Map.of(
                "PolicySets.Arn",
                Set.of("dynamodb:GetItem", "dynamodb:Query"),
                "Agents.Arn",
                Set.of("dynamodb:GetItem"),
                "UpdateGatewayLog.Arn",
                log,
                "SecretsKeyArn",
                Set.of("kms:Decrypt")));
    // PutItem writes over an item too, but there is no DeleteItem, UpdateItem or BatchWriteItem.
    assertThat(actions("PolicyDeployerRole"))
        .isEqualTo(
            Map.of(
                "PolicySets.Arn",
                Set.of("dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"),
                "PolicyDeployerLog.Arn",
                log));
    for (String function : List.of("UpdateGateway", "PolicyDeployer")) {
      JsonNode properties = TEMPLATE.properties(function);
      assertThat(properties.path("Role").path("Fn::GetAtt").asText())
          .isEqualTo(function + "Role.Arn");
      assertThat(properties.has("Policies")).as("SAM would pass over them").isFalse();
    }
  }

  /** What a role may do, by the attribute that names the resource. */
  private static Map<String, Set<String>> actions(String role) {
    Map<String, Set<String>> actions = new TreeMap<>();
    assertThat(TEMPLATE.properties(role).has("ManagedPolicyArns")).isFalse();
    for (JsonNode listed : TEMPLATE.properties(role).path("Policies")) {
      JsonNode policy = listed.has("Fn::If") ? listed.path("Fn::If").path(1) : listed;
      for (JsonNode statement : policy.path("PolicyDocument").path("Statement")) {
        assertThat(names(statement)).containsExactly("Action", "Effect", "Resource");
        assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
        Set<String> allowed =
            actions.computeIfAbsent(
                statement.path("Resource").path("Fn::GetAtt").asText()
                    + statement.path("Resource").path("Ref").asText(),
                _ -> new TreeSet<>());
        JsonNode action = statement.path("Action");
        if (action.isTextual()) {
          allowed.add(action.asText());
        }
        action.forEach(one -> allowed.add(one.asText()));
      }
    }
    return actions;
  }

  @Test
  void theSetIsInForceBeforeAVersionIsPublished() {
    assertThat(RESOURCES.path("UpdateGateway").path("DependsOn").asText())
        .isEqualTo("PolicyInForce");
    assertThat(GATEWAY.path("AutoPublishAlias").asText()).isEqualTo("live");
    assertThat(GATEWAY.path("AutoPublishAliasAllProperties").asText()).isEqualTo("true");
    assertThat(GATEWAY.path("AutoPublishCodeSha256").path("Ref").asText()).isEqualTo("Release");
    JsonNode alarms = GATEWAY.path("DeploymentPreference").path("Alarms");
    assertThat(alarms).hasSizeGreaterThan(2);
    alarms.forEach(
        alarm -> assertThat(RESOURCES.has(alarm.path("Ref").asText())).as("%s", alarm).isTrue());
  }

  /** Nothing else may change with it: every deployment would publish a version. */
  @Test
  void everyDeploymentAsksForThePolicySetAndForNothingElse() {
    String reference = "{\"Ref\":\"Deployment\"}";
    assertThat(TEMPLATE.properties("PolicyInForce").path("Deployment").toString())
        .isEqualTo(reference);
    String all = "" + TEMPLATE.section("Conditions") + TEMPLATE.section("Globals") + RESOURCES;
    assertThat(all.split(Pattern.quote(reference), -1)).hasSize(2);
  }

  @Test
  void eitherPackageCanBeDeployed() {
    Resolved managed = new Resolved(TEMPLATE, Map.of());
    assertThat(managed.text(GATEWAY.path("Runtime"))).isEqualTo("java25");
    assertThat(managed.chosen(GATEWAY.path("SnapStart")).path("ApplyOn").asText())
        .isEqualTo("PublishedVersions");
    Resolved own = new Resolved(TEMPLATE, Map.of("Package", "self-contained"));
    assertThat(own.text(GATEWAY.path("Runtime"))).isEqualTo("provided.al2023");
    // SnapStart is not available for OS-only runtimes.
    assertThat(own.text(GATEWAY.path("SnapStart"))).isEqualTo("AWS::NoValue");
  }

  @Test
  void theDeployerAnswersBeforeCloudFormationStopsListening() {
    int limit = TEMPLATE.properties("PolicyInForce").path("ServiceTimeout").asInt();
    int timeout = DEPLOYER.path("Timeout").asInt();
    // A second attempt after one that failed at once is over in time: Lambda waits a minute.
    assertThat(timeout + 60).isLessThanOrEqualTo(limit);
    JsonNode asynchronous = DEPLOYER.path("EventInvokeConfig");
    assertThat(asynchronous.path("MaximumRetryAttempts").asInt(9)).isLessThanOrEqualTo(1);
    // What lay in Lambda's queue as long as it may is over, too, before a rollback begins.
    assertThat(asynchronous.path("MaximumEventAgeInSeconds").asInt(9999) + timeout)
        .isLessThanOrEqualTo(limit);
  }

  @Test
  void dataAndProofOutliveTheStack() {
    for (Map.Entry<String, JsonNode> resource : RESOURCES.properties()) {
      String type = resource.getValue().path("Type").asText();
      if (type.equals("AWS::DynamoDB::Table") || type.equals("AWS::Logs::LogGroup")) {
        for (String policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
          assertThat(resource.getValue().path(policy).asText())
              .as(resource.getKey())
              .isEqualTo("Retain");
        }
      }
      if (type.equals("AWS::Logs::LogGroup")) {
        JsonNode group = TEMPLATE.properties(resource.getKey());
        assertThat(group.path("DeletionProtectionEnabled").asText()).isEqualTo("true");
        assertThat(group.path("RetentionInDays").path("Ref").asText())
            .isEqualTo("LogRetentionDays");
      }
      if (type.equals("AWS::DynamoDB::Table")) {
        JsonNode table = TEMPLATE.properties(resource.getKey());
        assertThat(table.path("DeletionProtectionEnabled").asText()).isEqualTo("true");
        assertThat(table.findValue("PointInTimeRecoveryEnabled").asText()).isEqualTo("true");
      }
    }
  }

  @Test
  void theDeployerHasAPlaceOfItsOwnWhereOneIsAskedFor() {
    JsonNode reserved = DEPLOYER.path("ReservedConcurrentExecutions");
    assertThat(new Resolved(TEMPLATE, Map.of()).text(reserved)).isEqualTo("AWS::NoValue");
    assertThat(new Resolved(TEMPLATE, Map.of("DeployerReservedConcurrency", "1")).text(reserved))
        .isEqualTo("1");
  }

  @Test
  void aKeyOfOnesOwnEncryptsTheSettingsAndTheGatewayMayUseIt() {
    String key = "arn:aws:kms:eu-central-1:123456789012:key/0e1f2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    assertThat(isAllowed(PARAMETERS.path("SecretsKeyArn"), key)).isTrue();
    JsonNode policy = TEMPLATE.properties("UpdateGatewayRole").path("Policies").path(2);
    for (boolean given : new boolean[] {false, true}) {
      Resolved resolved = new Resolved(TEMPLATE, Map.of("SecretsKeyArn", given ? key : ""));
      assertThat(resolved.text(GATEWAY.path("KmsKeyArn"))).isEqualTo(given ? key : "AWS::NoValue");
      assertThat(resolved.chosen(policy).has("PolicyDocument")).isEqualTo(given);
    }
  }

  /** In China and GovCloud there is no CloudFront that could call the function. */
  @Test
  void noArnOfAnotherPartitionIsTaken() {
    int checked = 0;
    for (Map.Entry<String, JsonNode> parameter : PARAMETERS.properties()) {
      String pattern = parameter.getValue().path("AllowedPattern").asText();
      if (pattern.contains("arn:")) {
        checked++;
        assertThat(pattern).as(parameter.getKey()).startsWith("|arn:aws:");
      }
    }
    assertThat(checked).isGreaterThan(5);
  }

  // ------------------------------------------------------------------ the edge

  @Test
  void everyHeaderThatTheGatewayReadsReachesIt() throws IllegalAccessException {
    Set<String> read = new TreeSet<>(Set.of("accept", "user-agent", "AgentIdHeader"));
    constants(EdgeHeaders.class).stream()
        .filter(name -> name.startsWith("cloudfront-"))
        .forEach(read::add);
    JsonNode policy = TEMPLATE.properties("WhatTheGatewayReads").path("OriginRequestPolicyConfig");
    assertThat(headers(policy)).isEqualTo(read);
    assertThat(read).as("CloudFront takes ten").hasSizeLessThanOrEqualTo(10);
    assertThat(policy.findValue("QueryStringBehavior").asText()).isEqualTo("all");
    assertThat(policy.findValue("CookieBehavior").asText()).isEqualTo("none");
  }

  @Test
  void theCacheIsKeyedOnAllThatAPublicAnswerRestsOn() {
    JsonNode policy = TEMPLATE.properties("CachedByPlace").path("CachePolicyConfig");
    assertThat(headers(policy.path("ParametersInCacheKeyAndForwardedToOrigin")))
        .containsExactly(EdgeHeaders.VIEWER_COUNTRY, EdgeHeaders.VIEWER_COUNTRY_REGION);
    assertThat(policy.findValue("QueryStringBehavior").asText()).isEqualTo("all");
    // The gateway alone says how long.
    assertThat(policy.path("MinTTL").asText()).isEqualTo("0");
    assertThat(policy.path("DefaultTTL").asText()).isEqualTo("0");
  }

  private static Set<String> headers(JsonNode policy) {
    JsonNode headers = policy.path("HeadersConfig");
    assertThat(headers.path("HeaderBehavior").asText()).isEqualTo("whitelist");
    return stream(headers.path("Headers"))
        .map(header ->
            header.isTextual()
                ? header.asText().toLowerCase(Locale.ROOT)
                : header.path("Ref").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theEdgeKeepsNoErrorAndHasNoWordOnRefusals() {
    List<String> codes = new ArrayList<>();
    for (JsonNode response : distribution().path("CustomErrorResponses")) {
      // Without a page and a code of its own the answer stays the gateway's.
      assertThat(names(response)).containsExactly("ErrorCachingMinTTL", "ErrorCode");
      assertThat(response.path("ErrorCachingMinTTL").asText()).isEqualTo("0");
      codes.add(response.path("ErrorCode").asText());
    }
    assertThat(codes)
        .containsExactly("400", "403", "404", "405", "414", "500", "501", "502", "503", "504");
  }

  @Test
  void onlyTheDistributionMayCallTheAddressAndOnlyTheAliasIsCalled() {
    assertThat(GATEWAY.path("FunctionUrlConfig").path("AuthType").asText()).isEqualTo("AWS_IAM");
    List<String> ofTheEdge = new ArrayList<>();
    for (String name : ofType("AWS::Lambda::Permission")) {
      JsonNode permission = TEMPLATE.properties(name);
      assertThat(permission.path("FunctionName").path("Ref").asText())
          .isEqualTo("UpdateGateway.Alias");
      String source = permission.path("SourceArn").path("Fn::Sub").asText();
      if (permission.path("Principal").asText().equals("cloudfront.amazonaws.com")) {
        assertThat(source).endsWith(":distribution/${Distribution}");
        ofTheEdge.add(
            permission.path("Action").asText()
                + permission.path("FunctionUrlAuthType").asText()
                + permission.path("InvokedViaFunctionUrl").asText());
      } else if (permission.path("Principal").asText().startsWith("elasticloadbalancing")) {
        JsonNode group = permission.path("SourceArn").path("Fn::Sub");
        assertThat(group.path(0).asText()).endsWith(":targetgroup/" + targetGroupName() + "/*");
        assertThat(group.path(1))
            .isEqualTo(TEMPLATE.properties("LoadBalancerTarget").at("/Name/Fn::Sub/1"));
      } else {
        assertThat(source).contains("${HttpApi}");
      }
    }
    assertThat(ofTheEdge)
        .containsExactlyInAnyOrder("lambda:InvokeFunctionUrlAWS_IAM", "lambda:InvokeFunctiontrue");
    JsonNode access = TEMPLATE.properties("OriginAccess").path("OriginAccessControlConfig");
    assertThat(access.path("SigningBehavior").asText()).isEqualTo("always");
    assertThat(access.path("OriginAccessControlOriginType").asText()).isEqualTo("lambda");
  }

  /** A target group takes a function only when it may be called, so that its name is given. */
  private static String targetGroupName() {
    return TEMPLATE.properties("LoadBalancerTarget").path("Name").path("Fn::Sub").path(0).asText();
  }

  @Test
  void aLoadBalancerHandsOnEveryValueOfAHeaderAndCallsOnlyWhatItMay() {
    JsonNode group = TEMPLATE.properties("LoadBalancerTarget");
    assertThat(group.path("TargetType").asText()).isEqualTo("lambda");
    assertThat(group.path("Targets").toString())
        .isEqualTo("[{\"Id\":{\"Ref\":\"UpdateGateway.Alias\"}}]");
    assertThat(group.path("TargetGroupAttributes").toString())
        .isEqualTo("[{\"Key\":\"lambda.multi_value_headers.enabled\",\"Value\":\"true\"}]");
    assertThat(RESOURCES.path("LoadBalancerTarget").path("DependsOn").asText())
        .isEqualTo("LoadBalancerMayCall");
    JsonNode rule = TEMPLATE.properties("LoadBalancerRule");
    assertThat(rule.path("ListenerArn").path("Ref").asText()).isEqualTo("ListenerArn");
    assertThat(rule.at("/Actions/0/TargetGroupArn/Ref").asText()).isEqualTo("LoadBalancerTarget");
    // 32 characters are all that a name may have: the part that is put in has twelve.
    assertThat(targetGroupName().replace("${Stack}", "0123456789ab")).hasSizeLessThanOrEqualTo(32);
  }

  @Test
  void anHttpApiIsLimitedAndLogsWhatTheFunctionNeverSaw() throws Exception {
    JsonNode stage = TEMPLATE.properties("HttpApiStage");
    assertThat(stage.at("/DefaultRouteSettings/ThrottlingRateLimit/Ref").asText())
        .isEqualTo("HttpApiRequestsPerSecond");
    assertThat(stage.at("/DefaultRouteSettings/ThrottlingBurstLimit/Ref").asText())
        .isEqualTo("HttpApiBurst");
    assertThat(stage.at("/AccessLogSettings/DestinationArn/Fn::GetAtt").asText())
        .isEqualTo("HttpApiLog.Arn");
    Set<String> logged = new TreeSet<>();
    JSON.readTree(stage.at("/AccessLogSettings/Format").asText())
        .forEach(value -> logged.add(value.asText()));
    // No address, path, query, user agent or header of a client.
    assertThat(logged)
        .containsExactly(
            "$context.error.message",
            "$context.httpMethod",
            "$context.integrationErrorMessage",
            "$context.integrationLatency",
            "$context.integrationStatus",
            "$context.protocol",
            "$context.requestId",
            "$context.requestTime",
            "$context.responseLength",
            "$context.status");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloudfront", "own-cloudfront", "http-api", "alb"})
  void everyFrontHasItsOwnResourcesAndNoOthers(String front) {
    Resolved resolved = new Resolved(TEMPLATE, Map.of("Front", front));
    Map<String, Boolean> made = new TreeMap<>();
    made.put("Distribution", front.equals("cloudfront"));
    made.put("EdgeMayCallTheAddress", front.equals("cloudfront"));
    made.put("HttpApi", front.equals("own-cloudfront") || front.equals("http-api"));
    made.put("HttpApiLog", front.equals("own-cloudfront") || front.equals("http-api"));
    made.put("HttpApiMayCall", front.equals("own-cloudfront") || front.equals("http-api"));
    made.put("LoadBalancerTarget", front.equals("alb"));
    made.put("LoadBalancerRule", front.equals("alb"));
    made.put("LoadBalancerMayCall", front.equals("alb"));
    made.put("EdgeUnprovenAlarm", front.endsWith("cloudfront"));
    made.forEach(
        (name, is) -> assertThat(resolved.isMade(RESOURCES.path(name))).as(name).isEqualTo(is));
    assertThat(resolved.isMade(TEMPLATE.section("Outputs").path("Address")))
        .isEqualTo(!front.equals("alb"));
  }

  private static JsonNode distribution() {
    return TEMPLATE.properties("Distribution").path("DistributionConfig");
  }

  // ------------------------------------------------------------------ metrics

  @Test
  void theDashboardShowsExactlyTheMetricsThatTheGatewayWrites() throws Exception {
    Map<String, String> written = new TreeMap<>();
    for (Metric metric : Metric.values()) {
      written.put(metric.metricName(), metric.unit().equals("Count") ? "Sum" : "Maximum");
    }
    assertThat(onTheDashboard()).isEqualTo(written);
  }

  /** Each of the gateway's metrics, and which statistic of it is drawn. */
  private static Map<String, String> onTheDashboard() throws JsonProcessingException {
    String body = TEMPLATE.properties("Dashboard").path("DashboardBody").path("Fn::Sub").asText();
    Map<String, String> drawn = new TreeMap<>();
    for (JsonNode widget : JSON.readTree(body).path("widgets")) {
      List<String> before = List.of();
      for (JsonNode metric : widget.path("properties").path("metrics")) {
        List<String> words = new ArrayList<>();
        String statistic = widget.path("properties").path("stat").asText();
        for (JsonNode word : metric) {
          if (word.isTextual()) {
            words.add(word.asText().equals(".") ? before.get(words.size()) : word.asText());
          } else {
            statistic = word.path("stat").asText(statistic);
          }
        }
        before = words.getFirst().equals("...") ? before : words;
        if (!before.getFirst().equals("AWS/Lambda")) {
          assertThat(before.getFirst()).isEqualTo(Metric.NAMESPACE);
          assertThat(drawn.put(before.get(1), statistic)).as(before.get(1)).isNull();
          assertThat(before.subList(2, before.size()))
              .containsExactly(Metric.DIMENSION, "${UpdateGateway}");
        }
      }
    }
    return drawn;
  }

  // ------------------------------------------------------------------

  private static List<String> ofType(String type) {
    return RESOURCES.properties().stream()
        .filter(resource -> resource.getValue().path("Type").asText().equals(type))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isAllowed(JsonNode facts, String value) {
    if (facts.has("AllowedValues")) {
      return stream(facts.path("AllowedValues")).map(JsonNode::asText).anyMatch(value::equals);
    }
    if (facts.has("AllowedPattern")) {
      return Pattern.matches(facts.path("AllowedPattern").asText(), value);
    }
    long number = Long.parseLong(value);
    return number >= facts.path("MinValue").asLong() && number <= facts.path("MaxValue").asLong();
  }

  private static Set<String> constants(Class<?> type) throws IllegalAccessException {
    Set<String> values = new TreeSet<>();
    for (Field field : type.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        values.add(String.valueOf(field.get(null)));
      }
    }
    return values;
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static CloudFormationTemplate template() {
    try {
      return CloudFormationTemplate.read(Path.of("..", "..", "template.yaml"));
    } catch (UsageException e) {
      throw new IllegalStateException(e);
    }
  }
}
