package updategateway.dynamodb;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Endpoint and credentials of DynamoDB, taken from environment variables.
 *
 * @param endpoint without a path
 */
record ClientEnvironment(URI endpoint, Credentials credentials) {
  private static final String ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_ACCESS_KEY = "AWS_SECRET_ACCESS_KEY";
  private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";

  /**
   * What the SDK's client knows how to follow. The first two stand for credentials that change in
   * the life of a process, as they do in one that Lambda restores from a snapshot.
   */
  private static final List<String> FOR_THE_SDK =
      List.of(
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_ENDPOINT_URL",
          "AWS_ENDPOINT_URL_DYNAMODB",
          "AWS_USE_DUALSTACK_ENDPOINT",
          "AWS_USE_FIPS_ENDPOINT");

  /**
   * The areas whose regions are at {@code amazonaws.com}; others are in partitions of their own.
   */
  private static final List<String> AREAS =
      List.of("us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx");

  /**
   * Returns the endpoint and credentials; empty if only the SDK's client can find them: the
   * credentials are not in environment variables, or the environment or the region needs a special
   * endpoint.
   *
   * @param region AWS region, such as {@code us-east-1}
   * @param endpoint another than the region's own; null for that
   */
  static Optional<ClientEnvironment> detect(
      Map<String, String> environment, String region, @Nullable URI endpoint) {
    String key = environment.getOrDefault(ACCESS_KEY_ID, "").strip();
    String secret = environment.getOrDefault(SECRET_ACCESS_KEY, "").strip();
    String token = environment.getOrDefault(SESSION_TOKEN, "").strip();
    URI address = endpoint == null ? regional(region) : rooted(endpoint);
    if (address == null || key.isEmpty() || secret.isEmpty() || isForTheSdk(environment)) {
      return Optional.empty();
    }
    return Optional.of(
        new ClientEnvironment(
            address, new Credentials(key, secret, token.isEmpty() ? null : token)));
  }

  private static boolean isForTheSdk(Map<String, String> environment) {
    for (String name : FOR_THE_SDK) {
      if (environment.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable URI regional(String region) {
    String[] parts = region.split("-", -1);
    boolean usual =
        parts.length == 3
            && AREAS.contains(parts[0])
            && isWord(parts[1], 'a', 'z')
            && isWord(parts[2], '0', '9');
    return usual ? URI.create("https://dynamodb." + region + ".amazonaws.com/") : null;
  }

  private static boolean isWord(String part, char first, char last) {
    for (int i = 0; i < part.length(); i++) {
      if (part.charAt(i) < first || part.charAt(i) > last) {
        return false;
      }
    }
    return !part.isEmpty();
  }

  private static @Nullable URI rooted(URI endpoint) {
    String path = endpoint.getRawPath();
    boolean root =
        (path == null || path.isEmpty() || path.equals("/"))
            && endpoint.getRawQuery() == null
            && endpoint.getHost() != null
            && ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()));
    return root ? endpoint.resolve("/") : null;
  }
}
