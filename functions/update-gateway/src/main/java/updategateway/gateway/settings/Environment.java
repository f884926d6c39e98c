package updategateway.gateway.settings;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import updategateway.gateway.registration.AgentIdSource;
import updategateway.gateway.text.AsciiText;
import updategateway.region.EdgeAuthentication;
import updategateway.region.GeoIpDatabase;
import updategateway.region.LocationSource;
import updategateway.store.agents.AgentCacheSettings;
import updategateway.store.dynamodb.StoreSettings;
import updategateway.store.dynamodb.Timeouts;

/**
 * Reads the settings from environment variables. Everything that is wrong with them is said at
 * once.
 */
public final class Environment {
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

  private static final int SHORTEST_TABLE = 3;
  private static final int LONGEST_TABLE = 255;
  private static final int DAY = 86_400;

  private final Map<String, String> variables;
  private final List<String> wrong = new ArrayList<>();

  private Environment(Map<String, String> variables) {
    this.variables = variables;
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
    return new Environment(variables).settings();
  }

  private GatewaySettings settings() {
    Origin origin = required(ORIGIN_URL, "the address where artifacts are", Origin::parse);
    String operatorName =
        required(OPERATOR_NAME, "who refuses, in words", Environment::sayableLine);
    URI operatorUrl =
        required(OPERATOR_URL, "the address of whoever refuses", Environment::webAddress);
    String contact = required(CONTACT, "whom the refused write to", Environment::reachableLine);
    LocationSource trust = trust();
    ApiMapping apiMapping = optional(API_MAPPING, "", ApiMapping::parse);
    GeoIpDatabase geoDatabase = geoDatabase(trust);
    Long geoMaxAgeDays = number(GEO_MAX_AGE_DAYS, "of days", 30, 1, 3_650);
    AgentIdSource agentId = agentId(trust);
    AgentCacheSettings agentsCache = agentsCache();
    Duration cacheMaxAge = seconds(CACHE_MAX_AGE_SECONDS, 3_600, 0, 365 * DAY);
    Boolean edgeCaching = optional(EDGE_CACHING, "off", Environment::onOrOff);
    Duration maxClockSkew = seconds(MAX_CLOCK_SKEW_SECONDS, 300, 0, DAY);
    Duration refresh = seconds(POLICY_REFRESH_SECONDS, 30, 1, DAY);
    Duration maxAge = seconds(POLICY_MAX_AGE_SECONDS, DAY, 1, 30 * DAY);
    if (refresh != null && maxAge != null && maxAge.compareTo(refresh) < 0) {
      wrong.add(
          POLICY_MAX_AGE_SECONDS
              + " is shorter than "
              + POLICY_REFRESH_SECONDS
              + ": it is at least as long");
    }
    Long recorded = number(RECORD_EVENTS_PER_MILLION, "of requests in a million", 0, 0, 1_000_000);
    StoreSettings store = store();
    if (!wrong.isEmpty()
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
      throw new IllegalArgumentException("The settings are wrong:\n" + String.join("\n", wrong));
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
    String name = variables.getOrDefault(AWS_LAMBDA_FUNCTION_NAME, "");
    return name.isEmpty() ? "update-gateway" : name;
  }

  private @Nullable LocationSource trust() {
    String mode = variables.getOrDefault(REGION_EVIDENCE, "");
    return switch (mode) {
      case "", "cloudfront" -> new LocationSource.Edge(new EdgeAuthentication.SignedRequest());
      case "cloudfront-secret" ->
          required(
              EDGE_SECRETS,
              "one or two secrets of at least "
                  + EdgeAuthentication.SharedSecret.MIN_LENGTH
                  + " characters, with a comma and no space between them",
              text ->
                  new LocationSource.Edge(
                      new EdgeAuthentication.SharedSecret(List.of(text.split(",", -1)))));
      case "address" -> new LocationSource.SourceAddress();
      case "alb" -> {
        Long hops = number(TRUSTED_HOPS, "of proxies", 1, 1, LocationSource.LoadBalancer.MAX_HOPS);
        yield hops == null ? null : new LocationSource.LoadBalancer(hops.intValue());
      }
      default -> {
        wrong.add(
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
    String file = variables.getOrDefault(GEO_DATABASE, "");
    if (file.isEmpty()) {
      if (trust != null && !(trust instanceof LocationSource.Edge)) {
        wrong.add(
            GEO_DATABASE
                + " is not set: it is the file of an address database, on which "
                + REGION_EVIDENCE
                + "="
                + variables.get(REGION_EVIDENCE)
                + " rests");
      }
      return null;
    }
    return read(
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

  private @Nullable AgentIdSource agentId(@Nullable LocationSource trust) {
    AgentIdSource source = agentIdSource();
    if (source instanceof AgentIdSource.BasicUser
        && trust instanceof LocationSource.Edge edge
        && edge.proof() instanceof EdgeAuthentication.SignedRequest) {
      wrong.add(
          AGENT_ID_FROM
              + " is basic: with "
              + REGION_EVIDENCE
              + "=cloudfront the edge signs in the header of basic authentication, so that no"
              + " agent's name comes through; it is header:NAME, query:NAME or user-agent:PATTERN"
              + " there");
    }
    return source;
  }

  private @Nullable AgentIdSource agentIdSource() {
    if (variables.getOrDefault(AGENT_ID_FROM, "").isEmpty()) {
      return optional(AGENT_ID_HEADER, AgentIdSource.DEFAULT_HEADER, AgentIdSource.Header::new);
    }
    return optional(AGENT_ID_FROM, "", AgentIdSource::parse);
  }

  private @Nullable AgentCacheSettings agentsCache() {
    AgentCacheSettings otherwise = AgentCacheSettings.DEFAULT;
    Duration found =
        seconds(
            AGENTS_CACHE_SECONDS,
            otherwise.positiveTtl().toSeconds(),
            0,
            AgentCacheSettings.MAX_TTL_SECONDS);
    Duration absent =
        seconds(
            AGENTS_ABSENT_CACHE_SECONDS,
            otherwise.negativeTtl().toSeconds(),
            0,
            AgentCacheSettings.MAX_TTL_SECONDS);
    Long entries =
        number(
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
    String policySets = optional(POLICY_TABLE, StoreSettings.POLICY_SETS, Environment::tableName);
    String agents = optional(AGENTS_TABLE, StoreSettings.AGENTS, Environment::tableName);
    String region = optional(AWS_REGION, "us-east-1", Environment::line);
    String endpoint = variables.getOrDefault(DYNAMODB_ENDPOINT, "");
    URI address =
        endpoint.isEmpty() ? null : read(DYNAMODB_ENDPOINT, endpoint, Environment::webAddress);
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
    Duration budget = millis(DYNAMODB_BUDGET_MILLIS, usual.budget().toMillis(), 20, 10_000);
    Duration load = millis(POLICY_LOAD_MILLIS, usual.firstLoad().toMillis(), 100, 25_000);
    return budget == null || load == null
        ? null
        : new Timeouts(usual.attempt(), usual.call(), usual.attempts(), budget, load);
  }

  private <T> @Nullable T required(String name, String what, Function<String, T> reading) {
    String text = variables.getOrDefault(name, "");
    if (text.isEmpty()) {
      wrong.add(name + " is not set: it is " + what);
      return null;
    }
    return read(name, text, reading);
  }

  private <T> @Nullable T optional(String name, String otherwise, Function<String, T> reading) {
    String text = variables.getOrDefault(name, "");
    return read(name, text.isEmpty() ? otherwise : text, reading);
  }

  private <T> @Nullable T read(String name, String text, Function<String, T> reading) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      // Secrets are the one value that must not reach a log.
      wrong.add(name + (name.equals(EDGE_SECRETS) ? "" : " is " + text) + ": it " + e.getMessage());
      return null;
    }
  }

  private @Nullable Duration seconds(String name, long otherwise, long least, long most) {
    Long seconds = number(name, "of seconds", otherwise, least, most);
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  private @Nullable Duration millis(String name, long otherwise, long least, long most) {
    Long millis = number(name, "of milliseconds", otherwise, least, most);
    return millis == null ? null : Duration.ofMillis(millis);
  }

  /**
   * @param unit completing "a whole number …"
   */
  private @Nullable Long number(String name, String unit, long otherwise, long least, long most) {
    return optional(
        name,
        Long.toString(otherwise),
        text -> {
          try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
              return number;
            }
          } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
          }
          throw new IllegalArgumentException(
              "is a whole number " + unit + " from " + least + " to " + most);
        });
  }

  private static String line(String text) {
    if (text.isBlank() || hasControls(text)) {
      throw new IllegalArgumentException("is one line of text");
    }
    return text;
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static String sayableLine(String text) {
    if (!AsciiText.canSay(line(text))) {
      throw new IllegalArgumentException(
          "has letters for which ASCII has no form, and agents print refusals in ASCII: write it in"
              + " Latin letters");
    }
    return text;
  }

  /** In a mail or web address, a letter without its accent is another address. */
  private static String reachableLine(String text) {
    boolean address = text.indexOf('@') >= 0 || text.contains("://");
    if (address && !AsciiText.isPlain(line(text))) {
      throw new IllegalArgumentException(
          "has letters that are not in ASCII, and agents print refusals in ASCII: write an address"
              + " of ASCII alone, a domain in its punycode form (xn--...)");
    }
    return sayableLine(text);
  }

  private static Boolean onOrOff(String text) {
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("is on or off");
    };
  }

  private static String tableName(String text) {
    boolean fits = text.length() >= SHORTEST_TABLE && text.length() <= LONGEST_TABLE;
    for (int i = 0; i < text.length() && fits; i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      fits = letterOrDigit || c == '_' || c == '.' || c == '-';
    }
    if (!fits) {
      throw new IllegalArgumentException("is a table's name: 3 to 255 letters, digits, _ . -");
    }
    return text;
  }

  private static URI webAddress(String text) {
    try {
      URI uri = new URI(text);
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && AsciiText.isPlain(text)
          && text.indexOf(' ') < 0
          && text.indexOf('<') < 0
          && text.indexOf('>') < 0
          && text.indexOf('"') < 0) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Answered below, like any other text that is no address.
    }
    throw new IllegalArgumentException("is a web address like https://vendor.example/legal");
  }
}
