package updategateway.updategateway.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import updategateway.policystore.Patience;
import updategateway.policystore.StoreSettings;
import updategateway.region.EdgeProof;

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
  public static final String AGENT_ID_HEADER = "AGENT_ID_HEADER";
  public static final String CACHE_MAX_AGE_SECONDS = "CACHE_MAX_AGE_SECONDS";
  public static final String EDGE_CACHING = "EDGE_CACHING";
  public static final String MAX_CLOCK_SKEW_SECONDS = "MAX_CLOCK_SKEW_SECONDS";
  public static final String POLICY_REFRESH_SECONDS = "POLICY_REFRESH_SECONDS";
  public static final String POLICY_MAX_AGE_SECONDS = "POLICY_MAX_AGE_SECONDS";
  public static final String POLICY_LOAD_MILLIS = "POLICY_LOAD_MILLIS";
  public static final String DYNAMODB_BUDGET_MILLIS = "DYNAMODB_BUDGET_MILLIS";
  public static final String POLICY_TABLE = "POLICY_TABLE";
  public static final String AGENTS_TABLE = "AGENTS_TABLE";
  public static final String DYNAMODB_ENDPOINT = "DYNAMODB_ENDPOINT";
  public static final String AWS_REGION = "AWS_REGION";

  /** Set by Lambda itself. */
  public static final String AWS_LAMBDA_FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME";

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
  private static final Pattern TABLE = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
  private static final int DAY = 86_400;

  private final Map<String, String> variables;
  private final List<String> wrong = new ArrayList<>();

  private Environment(Map<String, String> variables) {
    this.variables = variables;
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
    String operatorName = required(OPERATOR_NAME, "who refuses, in words", Environment::line);
    URI operatorUrl =
        required(OPERATOR_URL, "the address of whoever refuses", Environment::webAddress);
    String contact = required(CONTACT, "whom the refused write to", Environment::line);
    EdgeProof proof = edgeProof();
    String agentIdHeader = optional(AGENT_ID_HEADER, "x-agent-id", Environment::headerName);
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
    StoreSettings store = store();
    if (!wrong.isEmpty()
        || origin == null
        || operatorName == null
        || operatorUrl == null
        || contact == null
        || proof == null
        || agentIdHeader == null
        || cacheMaxAge == null
        || edgeCaching == null
        || maxClockSkew == null
        || refresh == null
        || maxAge == null
        || store == null) {
      throw new IllegalArgumentException("The settings are wrong:\n" + String.join("\n", wrong));
    }
    return new GatewaySettings(
        origin,
        operatorName,
        operatorUrl,
        contact,
        proof,
        agentIdHeader,
        cacheMaxAge,
        edgeCaching,
        maxClockSkew,
        refresh,
        maxAge,
        store,
        functionName());
  }

  private String functionName() {
    String name = variables.getOrDefault(AWS_LAMBDA_FUNCTION_NAME, "");
    return name.isEmpty() ? "update-gateway" : name;
  }

  private @Nullable EdgeProof edgeProof() {
    String mode = variables.getOrDefault(REGION_EVIDENCE, "");
    return switch (mode) {
      case "", "cloudfront" -> new EdgeProof.SignedRequest();
      case "cloudfront-secret" ->
          required(
              EDGE_SECRETS,
              "one or two secrets of at least "
                  + EdgeProof.SharedSecret.SHORTEST
                  + " characters, comma-separated",
              text -> new EdgeProof.SharedSecret(List.of(text.split(",", -1))));
      default -> {
        wrong.add(REGION_EVIDENCE + " is " + mode + ": it is cloudfront or cloudfront-secret");
        yield null;
      }
    };
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
    Patience patience = patience();
    return patience == null
        ? null
        : new StoreSettings(policySets, agents, region, address, patience);
  }

  private @Nullable Patience patience() {
    Patience usual = Patience.OF_A_READER;
    Duration budget = millis(DYNAMODB_BUDGET_MILLIS, usual.budget().toMillis(), 20, 10_000);
    Duration load = millis(POLICY_LOAD_MILLIS, usual.firstLoad().toMillis(), 100, 25_000);
    return budget == null || load == null
        ? null
        : new Patience(usual.attempt(), usual.call(), usual.attempts(), budget, load);
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
    return duration(name, ChronoUnit.SECONDS, otherwise, least, most);
  }

  private @Nullable Duration millis(String name, long otherwise, long least, long most) {
    return duration(name, ChronoUnit.MILLIS, otherwise, least, most);
  }

  private @Nullable Duration duration(
      String name, ChronoUnit unit, long otherwise, long least, long most) {
    return optional(
        name,
        Long.toString(otherwise),
        text -> {
          try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
              return Duration.of(number, unit);
            }
          } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
          }
          String units = unit == ChronoUnit.SECONDS ? "seconds" : "milliseconds";
          throw new IllegalArgumentException(
              "is a whole number of " + units + " from " + least + " to " + most);
        });
  }

  private static String line(String text) {
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("is one line of text");
    }
    return text;
  }

  private static String headerName(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw new IllegalArgumentException("is the name of a header");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static Boolean onOrOff(String text) {
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("is on or off");
    };
  }

  private static String tableName(String text) {
    if (!TABLE.matcher(text).matches()) {
      throw new IllegalArgumentException("is a table's name: 3 to 255 letters, digits, _ . -");
    }
    return text;
  }

  private static URI webAddress(String text) {
    try {
      URI uri = new URI(text);
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"')) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Answered below, like any other text that is no address.
    }
    throw new IllegalArgumentException("is a web address like https://vendor.example/legal");
  }
}
