package updategateway.gateway.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.registration.AgentIdExtractor;
import updategateway.region.EdgeAuthentication;
import updategateway.region.GeoIpDatabase;
import updategateway.region.LocationSource;
import updategateway.store.agents.AgentCacheSettings;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;

/**
 * Reader of the gateway's settings in environment variables. Its exception names every variable
 * that is wrong.
 */
public final class SettingsReader {
  public static final String ORIGIN_URL = "ORIGIN_URL";
  public static final String OPERATOR_NAME = "OPERATOR_NAME";
  public static final String OPERATOR_URL = "OPERATOR_URL";
  public static final String CONTACT = "CONTACT";
  public static final String REGION_EVIDENCE = "REGION_EVIDENCE";
  public static final String EDGE_SECRETS = "EDGE_SECRETS";
  public static final String TRUSTED_HOPS = "TRUSTED_HOPS";
  public static final String API_MAPPING = "API_MAPPING";
  public static final String GEO_DATABASE = "GEO_DATABASE";
  public static final String GEO_MAX_AGE_DAYS = "GEO_MAX_AGE_DAYS";
  public static final String AGENT_ID_FROM = "AGENT_ID_FROM";
  public static final String AGENT_ID_HEADER = "AGENT_ID_HEADER";
  public static final String AGENTS_CACHE_SECONDS = "AGENTS_CACHE_SECONDS";
  public static final String AGENTS_ABSENT_CACHE_SECONDS = "AGENTS_ABSENT_CACHE_SECONDS";
  public static final String AGENTS_CACHE_ENTRIES = "AGENTS_CACHE_ENTRIES";
  public static final String CACHE_MAX_AGE_SECONDS = "CACHE_MAX_AGE_SECONDS";
  public static final String EDGE_CACHING = "EDGE_CACHING";
  public static final String MAX_CLOCK_SKEW_SECONDS = "MAX_CLOCK_SKEW_SECONDS";
  public static final String POLICY_REFRESH_SECONDS = "POLICY_REFRESH_SECONDS";
  public static final String POLICY_MAX_AGE_SECONDS = "POLICY_MAX_AGE_SECONDS";
  public static final String POLICY_LOAD_MILLIS = "POLICY_LOAD_MILLIS";
  public static final String DYNAMODB_BUDGET_MILLIS = "DYNAMODB_BUDGET_MILLIS";
  public static final String RECORD_EVENTS_PER_MILLION = "RECORD_EVENTS_PER_MILLION";
  public static final String POLICY_TABLE = "POLICY_TABLE";
  public static final String AGENTS_TABLE = "AGENTS_TABLE";
  public static final String DYNAMODB_ENDPOINT = "DYNAMODB_ENDPOINT";
  public static final String AWS_REGION = "AWS_REGION";

  /** Set by Lambda itself. */
  public static final String AWS_LAMBDA_FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME";

  /** Set by Lambda itself: how the process was begun. */
  private static final String AWS_LAMBDA_INITIALIZATION_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";

  private static final int DAY = 86_400;

  private final VariableReader variables;

  private SettingsReader(Map<String, String> variables) {
    this.variables = new VariableReader(variables);
  }

  /** Whether a snapshot of this process will be taken (SnapStart). */
  public static boolean isForSnapshot(Map<String, String> variables) {
    return "snap-start".equals(variables.get(AWS_LAMBDA_INITIALIZATION_TYPE));
  }

  /**
   * The settings that these variables make. A variable that is empty counts as not set.
   *
   * @throws IllegalArgumentException with a line for each variable that is wrong or missing
   */
  public static GatewaySettings read(Map<String, String> variables) {
    return new SettingsReader(variables).settings();
  }

  private GatewaySettings settings() {
    Origin origin =
        variables.required(ORIGIN_URL, "the address where artifacts are", Origin::parse);
    String operatorName =
        variables.required(OPERATOR_NAME, "who refuses, in words", VariableFormat::sayableLine);
    URI operatorUrl =
        variables.required(
            OPERATOR_URL, "the address of whoever refuses", VariableFormat::webAddress);
    String contact =
        variables.required(CONTACT, "whom the refused write to", VariableFormat::reachableLine);
    LocationSource trust = trust();
    ApiMapping apiMapping = variables.optional(API_MAPPING, "", ApiMapping::parse);
    GeoIpDatabase geoDatabase = geoDatabase(trust);
    Long geoMaxAgeDays = variables.number(GEO_MAX_AGE_DAYS, "of days", 30, 1, 3_650);
    AgentIdExtractor agentId = agentId(trust);
    AgentCacheSettings agentsCache = agentsCache();
    Duration cacheMaxAge = variables.seconds(CACHE_MAX_AGE_SECONDS, 3_600, 0, 365 * DAY);
    Boolean edgeCaching = variables.optional(EDGE_CACHING, "off", VariableFormat::onOrOff);
    Duration maxClockSkew = variables.seconds(MAX_CLOCK_SKEW_SECONDS, 300, 0, DAY);
    Duration refresh = variables.seconds(POLICY_REFRESH_SECONDS, 30, 1, DAY);
    Duration maxAge = variables.seconds(POLICY_MAX_AGE_SECONDS, DAY, 1, 30 * DAY);
    if (refresh != null && maxAge != null && maxAge.compareTo(refresh) < 0) {
      variables.addProblem(
          POLICY_MAX_AGE_SECONDS
              + " is shorter than "
              + POLICY_REFRESH_SECONDS
              + ": it is at least as long");
    }
    Long recorded =
        variables.number(RECORD_EVENTS_PER_MILLION, "of requests in a million", 0, 0, 1_000_000);
    StoreSettings store = store();
    if (!variables.problems().isEmpty()
        || origin == null
        || operatorName == null
        || operatorUrl == null
        || contact == null
        || trust == null
        || apiMapping == null
        || geoMaxAgeDays == null
        || agentId == null
        || agentsCache == null
        || cacheMaxAge == null
        || edgeCaching == null
        || maxClockSkew == null
        || refresh == null
        || maxAge == null
        || recorded == null
        || store == null) {
      throw new IllegalArgumentException(
          "The settings are wrong:\n" + String.join("\n", variables.problems()));
    }
    return new GatewaySettings(
        origin,
        operatorName,
        operatorUrl,
        contact,
        trust,
        apiMapping,
        geoDatabase,
        Duration.ofDays(geoMaxAgeDays),
        agentId,
        agentsCache,
        cacheMaxAge,
        edgeCaching,
        maxClockSkew,
        refresh,
        maxAge,
        store,
        recorded.intValue(),
        functionName());
  }

  private String functionName() {
    String name = variables.text(AWS_LAMBDA_FUNCTION_NAME);
    return name.isEmpty() ? "update-gateway" : name;
  }

  private @Nullable LocationSource trust() {
    String mode = variables.text(REGION_EVIDENCE);
    return switch (mode) {
      case "", "cloudfront" -> new LocationSource.Edge(new EdgeAuthentication.SignedRequest());
      case "cloudfront-secret" ->
          variables.required(
              EDGE_SECRETS,
              "one or two secrets of at least "
                  + EdgeAuthentication.SharedSecret.MIN_LENGTH
                  + " characters, with a comma and no space between them",
              text ->
                  new LocationSource.Edge(
                      new EdgeAuthentication.SharedSecret(List.of(text.split(",", -1)))));
      case "address" -> new LocationSource.SourceAddress();
      case "alb" -> {
        Long hops =
            variables.number(
                TRUSTED_HOPS, "of proxies", 1, 1, LocationSource.LoadBalancer.MAX_HOPS);
        yield hops == null ? null : new LocationSource.LoadBalancer(hops.intValue());
      }
      default -> {
        variables.addProblem(
            REGION_EVIDENCE
                + " is "
                + mode
                + ": it is cloudfront, cloudfront-secret, address or alb");
        yield null;
      }
    };
  }

  /** Null when there is none; one that cannot be used is named among what is wrong. */
  private @Nullable GeoIpDatabase geoDatabase(@Nullable LocationSource trust) {
    String file = variables.text(GEO_DATABASE);
    if (file.isEmpty()) {
      if (trust != null && !(trust instanceof LocationSource.Edge)) {
        variables.addProblem(
            GEO_DATABASE
                + " is not set: it is the file of an address database, on which "
                + REGION_EVIDENCE
                + "="
                + variables.text(REGION_EVIDENCE)
                + " rests");
      }
      return null;
    }
    return variables.read(
        GEO_DATABASE,
        file,
        text -> {
          try {
            return GeoIpDatabase.open(Path.of(text));
          } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
          }
        });
  }

  private @Nullable AgentIdExtractor agentId(@Nullable LocationSource trust) {
    AgentIdExtractor source = agentIdSource();
    if (source instanceof AgentIdExtractor.BasicUser
        && trust instanceof LocationSource.Edge edge
        && edge.proof() instanceof EdgeAuthentication.SignedRequest) {
      variables.addProblem(
          AGENT_ID_FROM
              + " is basic: with "
              + REGION_EVIDENCE
              + "=cloudfront the edge signs in the header of basic authentication, so that no"
              + " agent's name comes through; it is header:NAME, query:NAME or user-agent:PATTERN"
              + " there");
    }
    return source;
  }

  private @Nullable AgentIdExtractor agentIdSource() {
    if (variables.text(AGENT_ID_FROM).isEmpty()) {
      return variables.optional(
          AGENT_ID_HEADER, AgentIdExtractor.DEFAULT_HEADER, AgentIdExtractor.Header::new);
    }
    return variables.optional(AGENT_ID_FROM, "", AgentIdExtractor::parse);
  }

  private @Nullable AgentCacheSettings agentsCache() {
    AgentCacheSettings otherwise = AgentCacheSettings.DEFAULT;
    Duration found =
        variables.seconds(
            AGENTS_CACHE_SECONDS,
            otherwise.positiveTtl().toSeconds(),
            0,
            AgentCacheSettings.MAX_TTL_SECONDS);
    Duration absent =
        variables.seconds(
            AGENTS_ABSENT_CACHE_SECONDS,
            otherwise.negativeTtl().toSeconds(),
            0,
            AgentCacheSettings.MAX_TTL_SECONDS);
    Long entries =
        variables.number(
            AGENTS_CACHE_ENTRIES,
            "of accounts",
            otherwise.entries(),
            0,
            AgentCacheSettings.MAX_ENTRIES);
    return found == null || absent == null || entries == null
        ? null
        : new AgentCacheSettings(entries.intValue(), found, absent);
  }

  private @Nullable StoreSettings store() {
    String policySets =
        variables.optional(POLICY_TABLE, StoreSettings.POLICY_SETS, VariableFormat::tableName);
    String agents =
        variables.optional(AGENTS_TABLE, StoreSettings.AGENTS, VariableFormat::tableName);
    String region = variables.optional(AWS_REGION, "us-east-1", VariableFormat::line);
    String endpoint = variables.text(DYNAMODB_ENDPOINT);
    URI address =
        endpoint.isEmpty()
            ? null
            : variables.read(DYNAMODB_ENDPOINT, endpoint, VariableFormat::webAddress);
    if (policySets == null
        || agents == null
        || region == null
        || (address == null && !endpoint.isEmpty())) {
      return null;
    }
    Timeouts timeouts = timeouts();
    return timeouts == null
        ? null
        : new StoreSettings(policySets, agents, region, address, timeouts);
  }

  private @Nullable Timeouts timeouts() {
    Timeouts usual = Timeouts.READ;
    Duration budget =
        variables.millis(DYNAMODB_BUDGET_MILLIS, usual.budget().toMillis(), 20, 10_000);
    Duration load = variables.millis(POLICY_LOAD_MILLIS, usual.firstLoad().toMillis(), 100, 25_000);
    return budget == null || load == null
        ? null
        : new Timeouts(usual.attempt(), usual.call(), usual.attempts(), budget, load);
  }
}
